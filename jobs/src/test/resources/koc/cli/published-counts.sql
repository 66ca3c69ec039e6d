-- The counts of the published tables, computed by DuckDB from the landing folder of data-samples, or from other tables
-- where a table puts together what they have.
-- PublishedCounts runs the part before the first check, and then compares each check with the published table that it
-- names: the columns of the query, of all rows or of those after "where".
-- It fills in the folders and the day; events are the accepted ones, as DuckClean writes them.

CREATE MACRO landed(source) AS TABLE
SELECT * FROM read_csv('${landing}/' || source || '/*.csv', all_varchar = true, header = true, ignore_errors = true);
CREATE MACRO filled(value) AS nullif(trim(value), '');
CREATE MACRO is_date(value) AS filled(value) IS NULL OR try_cast(filled(value) AS TIMESTAMP) IS NOT NULL;
CREATE MACRO run_day() AS DATE '${day}';
CREATE MACRO in_last_days(day, days) AS day > run_day() - days AND day <= run_day();

CREATE TABLE events AS SELECT * FROM read_parquet('${events}') WHERE day <= run_day();

CREATE TABLE users AS
SELECT DISTINCT filled(user_id) AS user_id, coalesce(filled(role), 'consumer') AS role,
       try_cast(filled(registered_at) AS TIMESTAMP)::DATE AS registered_on, filled(province) AS province,
       filled(city) AS city, filled(county) AS county, filled(acquired_via) AS acquired_via,
       filled(team_id) AS team_id, filled(store_id) AS store_id, filled(life_stage) AS life_stage,
       filled(gender) AS gender, coalesce(filled(nickname), filled(user_id)) AS name,
       filled(tags) AS labels, coalesce(try_cast(filled(marketing_opt_out) AS BOOLEAN), false) AS is_opted_out
FROM landed('users')
WHERE filled(user_id) IS NOT NULL AND is_date(registered_at)
  AND (filled(birth_year) IS NULL OR try_cast(birth_year AS INT) IS NOT NULL);

-- Users and buyers are persons; who is only known by events of a robot is not, even with a purchase.
CREATE TABLE persons AS
SELECT user_id FROM users
UNION SELECT user_id FROM events WHERE event_type = 'purchase' AND user_id NOT IN (
    SELECT json_extract_string(raw, '$.user_id') FROM read_parquet('${rejects}') WHERE verdict = 'robot');

CREATE TABLE products AS
SELECT DISTINCT filled(product_id) AS product_id, filled(category) AS category, try_cast(stock AS BIGINT) AS stock,
       try_cast(filled(unit_cost) AS DECIMAL(18,2)) AS unit_cost, try_cast(filled(price) AS DECIMAL(18,2)) AS price,
       coalesce(filled(title), filled(product_id)) AS name
FROM landed('products')
WHERE filled(product_id) IS NOT NULL AND is_date(launched_on)
  AND (filled(stock) IS NULL OR try_cast(stock AS BIGINT) IS NOT NULL);

CREATE TABLE ties AS
SELECT DISTINCT filled(koc_id) AS koc_id, filled(user_id) AS user_id, filled(tie_type) AS tie_type,
       coalesce(try_cast(filled(since) AS DATE), DATE '1900-01-01') AS since,
       coalesce(try_cast(filled(until) AS DATE), DATE '9999-12-31') AS until,
       filled(group_id) AS group_id, filled(scene) AS scene
FROM landed('ties')
WHERE filled(koc_id) IS NOT NULL AND filled(user_id) IS NOT NULL AND is_date(since) AND is_date(until)
  AND filled(tie_type) IN ('friend', 'group', 'follow', 'served');

-- A leave ends the ties of its group, or all ties, on the day before it.
CREATE TABLE spans AS
WITH ended AS (
    SELECT koc_id, user_id, since, scene, least(until, (
        SELECT min(day) - 1 FROM events left_events
        WHERE event_type = 'leave' AND sharer_id = ties.koc_id AND left_events.user_id = ties.user_id
          AND day >= ties.since
          AND (left_events.group_id IS NULL OR ties.group_id IS NULL OR left_events.group_id = ties.group_id))) AS until
    FROM ties WHERE koc_id <> user_id)
SELECT koc_id, user_id, min(since) AS since, max(until) AS until, arg_min(scene, (since, scene)) AS scene
FROM ended GROUP BY koc_id, user_id;

CREATE TABLE pools AS SELECT koc_id, user_id FROM spans WHERE run_day() BETWEEN since AND until;

-- A refund belongs to the purchase of its order, or else to the latest earlier purchase of the product.
CREATE TABLE refunds AS
SELECT returned.event_id AS refund_id, returned.user_id, returned.product_id, returned.day, returned.quantity,
       returned.amount, (
           SELECT event_id FROM events bought
           WHERE event_type = 'purchase' AND bought.user_id = returned.user_id
             AND bought.product_id = returned.product_id
             AND (bought.order_id = returned.order_id OR bought.occurred_at <= returned.occurred_at)
           ORDER BY bought.order_id IS NOT DISTINCT FROM returned.order_id DESC, occurred_at DESC LIMIT 1) AS event_id
FROM events returned WHERE event_type = 'refund';

CREATE TABLE lines AS
SELECT user_id, product_id, day, quantity::BIGINT AS units,
       coalesce((SELECT sum(quantity) FROM refunds WHERE refunds.event_id = events.event_id), 0)::BIGINT AS returned,
       amount - coalesce((SELECT sum(amount) FROM refunds WHERE refunds.event_id = events.event_id), 0) AS net
FROM events WHERE event_type = 'purchase';

-- A refund without a purchase counts on its own day.
CREATE TABLE sales AS
SELECT user_id, product_id, day, net FROM lines
UNION ALL SELECT user_id, product_id, day, -amount FROM refunds WHERE event_id IS NULL;

CREATE TABLE owned AS
SELECT user_id, product_id FROM lines GROUP BY user_id, product_id HAVING sum(units - returned) > 0;

CREATE TABLE kept_days AS SELECT DISTINCT user_id, day FROM lines WHERE units > returned;

-- Purchases of one day are one order; products without a unit cost have a margin of 30% of their net sales.
CREATE TABLE orders AS
SELECT user_id, day, round(sum(coalesce(net - (units - returned) * unit_cost, net * 0.3)), 2)::DECIMAL(18,2) AS margin
FROM lines JOIN products USING (product_id) GROUP BY user_id, day HAVING bool_or(units > returned);

CREATE TABLE costs AS
SELECT filled(koc_id) AS koc_id, filled(channel) AS channel, filled(cost_type) AS cost_type,
       try_cast(amount AS DECIMAL(18,2)) AS amount
FROM landed('costs')
WHERE in_last_days(try_cast(filled(day) AS DATE), 90) AND try_cast(amount AS DECIMAL(18,2)) >= 0
  AND filled(cost_type) IN ('ad', 'gift', 'coupon', 'bonus', 'training', 'sample');

CREATE TABLE valued AS
SELECT user_id, p_alive, margin_to_date, ltv FROM read_parquet('${published}/user_value/*.parquet');

-- The first order of a customer, if it is in the window and certainly their first ever, and the KOC with most of its credit.
CREATE TABLE brought AS
WITH firsts AS (
    SELECT user_id, min(day) AS day FROM orders GROUP BY user_id HAVING in_last_days(min(day), 90)),
credits AS (
    SELECT found.user_id, koc_id,
           row_number() OVER (PARTITION BY found.user_id ORDER BY sum(credited_amount) DESC, koc_id) AS place
    FROM read_parquet('${warehouse}/purchase_credits/*/*.parquet') found
    JOIN events ON events.event_id = purchase_event_id
    JOIN firsts ON firsts.user_id = found.user_id AND firsts.day = events.day
    WHERE credited_amount > 0 AND koc_id <> found.user_id GROUP BY found.user_id, koc_id)
SELECT firsts.user_id, credits.koc_id, coalesce(registered_on >= (SELECT min(day) FROM events), false) AS is_new,
       margin_to_date + ltv AS customer_value
FROM firsts JOIN persons USING (user_id) LEFT JOIN users USING (user_id) LEFT JOIN valued USING (user_id)
LEFT JOIN credits ON credits.user_id = firsts.user_id AND place = 1;

CREATE TABLE window_buyers AS
SELECT user_id, product_id, portrait_id
FROM lines JOIN read_parquet('${warehouse}/holdout_portraits/*/*.parquet') holdout USING (user_id)
WHERE lines.day > holdout.as_of
GROUP BY user_id, product_id, portrait_id HAVING sum(units - returned) > 0;

CREATE TABLE portraits AS SELECT user_id, portrait_id FROM read_parquet('${published}/user_portraits/*.parquet');
CREATE TABLE ranked AS SELECT koc_id, level, rank FROM read_parquet('${published}/koc_ranking/*.parquet');

CREATE TABLE active AS
SELECT koc_id, role, province, city, county FROM ranked LEFT JOIN users ON koc_id = user_id
WHERE level <> 'revoked' AND koc_id IN (SELECT koc_id FROM pools)
  AND koc_id IN (SELECT user_id FROM events WHERE event_type IN ('share', 'post') AND in_last_days(day, 90));

-- Events cover at most these days of a year.
CREATE MACRO history_days() AS least(365, date_diff('day', (SELECT min(day) FROM events), run_day()) + 1)::INT;

CREATE MACRO is_look(event_type) AS event_type IN ('view', 'click', 'favorite', 'cart', 'share_open');

CREATE TABLE habits AS
WITH done AS (
    SELECT user_id,
           count(*) FILTER (event_type = 'purchase' OR (is_look(event_type) AND product_id IS NOT NULL))
               AS product_actions,
           count(*) FILTER (event_type IN ('share', 'post') AND in_last_days(day, 90)) AS shares_90d,
           count(*) FILTER (event_type = 'inquiry' AND in_last_days(day, 90)) AS inquiries_90d,
           count(DISTINCT (day, coalesce(order_id, event_id))) FILTER (event_type = 'purchase') AS orders_365d,
           count(DISTINCT (day, coalesce(order_id, event_id)))
               FILTER (event_type = 'purchase' AND in_last_days(day, 90)) AS orders_90d,
           date_diff('day', max(day) FILTER (event_type = 'purchase'), run_day())::INT AS recency_days
    FROM events WHERE in_last_days(day, 365) GROUP BY user_id),
spent AS (SELECT user_id, sum(net) AS net_spend FROM sales WHERE in_last_days(day, 365) GROUP BY user_id),
saved AS (
    SELECT user_id, sum(greatest(round(price * quantity, 2) - amount, 0)) / sum(round(price * quantity, 2)) AS rate
    FROM events JOIN products USING (product_id)
    WHERE event_type = 'purchase' AND price IS NOT NULL AND in_last_days(day, 365) GROUP BY user_id)
SELECT user_id, coalesce(product_actions, 0) AS product_actions, coalesce(shares_90d, 0) AS shares_90d,
       coalesce(inquiries_90d, 0) AS inquiries_90d, coalesce(orders_365d, 0) AS orders_365d,
       coalesce(orders_90d, 0) AS orders_90d, recency_days, coalesce(net_spend, 0)::DECIMAL(18,2) AS net_spend_365d,
       rate AS discount_rate
FROM persons LEFT JOIN done USING (user_id) LEFT JOIN spent USING (user_id) LEFT JOIN saved USING (user_id);

-- Attention in fifths: a purchase that is not refunded counts five times as much as a look.
CREATE TABLE attention AS
WITH done AS (
    SELECT user_id, product_id, day, 1 AS weight FROM events
    WHERE is_look(event_type) AND product_id IS NOT NULL
    UNION ALL SELECT user_id, product_id, day, if(returned > 0, 0, 5) FROM lines)
SELECT user_id, product_id, day, sum(weight) AS weight FROM done
WHERE in_last_days(day, 365) GROUP BY ALL HAVING sum(weight) > 0;

CREATE TABLE category_attention AS
SELECT user_id, array_to_string(string_split(category, ' > ')[1:2], ' > ') AS category,
       sum(weight) / sum(sum(weight)) OVER (PARTITION BY user_id) AS fraction
FROM attention JOIN products USING (product_id) GROUP BY 1, 2;

-- The rules of commission are those of docs/models/commissions.md. The first run posts in every month.
CREATE MACRO is_closed(month) AS last_day(month) + 5 <= run_day();

CREATE TABLE positions AS
SELECT product_id, month, row_number() OVER (PARTITION BY month ORDER BY net DESC, product_id)
       / count(*) OVER (PARTITION BY month) AS position
FROM (SELECT product_id, date_trunc('month', day)::DATE AS month, sum(net) AS net FROM sales GROUP BY ALL)
WHERE net > 0;

CREATE TABLE credited AS
WITH fractions AS (
    SELECT purchase_event_id AS event_id, koc_id, max(fraud_reason) AS fraud_reason,
           least(1, sum(touch_fraction::DECIMAL(10,9))) AS fraction
    FROM read_parquet('${warehouse}/purchase_credits/*/*.parquet') GROUP BY ALL HAVING fraction > 0),
margins AS (
    SELECT event_id, product_id, date_trunc('month', day)::DATE AS month, amount,
           coalesce(round((amount - unit_cost * quantity)::DOUBLE / amount, 6), .3) AS margin
    FROM events JOIN products USING (product_id) WHERE event_type = 'purchase' AND amount > 0)
SELECT event_id, koc_id, margins.month, amount, (fraction * 1e9)::HUGEINT AS credit,
       fraud_reason IS NULL AND coalesce(level <> 'revoked', false) AS is_earned,
       CASE WHEN margin >= .5 THEN .12 WHEN margin >= .3 THEN .08 WHEN margin >= 0 THEN .05 ELSE 0 END
           * CASE WHEN position <= .05 THEN 1.3 WHEN position <= .2 THEN 1.15 ELSE 1 END AS rule_rate,
       round(greatest(0, least(rule_rate, margin - .1)), 6) AS rate
FROM fractions JOIN margins USING (event_id) LEFT JOIN ranked USING (koc_id)
LEFT JOIN positions ON positions.product_id = margins.product_id
    AND positions.month = margins.month - INTERVAL 1 MONTH;

-- The cents of a line are divided by credit. Those that are left after rounding down go to the largest remainders.
CREATE TABLE ledger AS
WITH totals AS (
    SELECT *, 'commission' AS kind, round(amount::DOUBLE * rate * 100)::HUGEINT AS cents FROM credited
    UNION ALL SELECT *, 'sales', (amount * 100)::HUGEINT FROM credited),
parts AS (
    SELECT *, cents * credit // sum(credit) OVER of_line AS whole,
           cents * credit % sum(credit) OVER of_line AS remainder
    FROM totals WINDOW of_line AS (PARTITION BY event_id, kind)),
lefts AS (
    SELECT *, cents - sum(whole) OVER (PARTITION BY event_id, kind) AS cents_left,
           row_number() OVER (PARTITION BY event_id, kind ORDER BY remainder DESC, koc_id) AS position
    FROM parts)
SELECT event_id, koc_id, month, is_earned, kind, amount AS line_amount,
       ((whole + if(position <= cents_left, 1, 0)) / 100)::DECIMAL(18,2) AS value
FROM lefts;

CREATE TABLE taken_back AS
WITH refunded AS (
    SELECT koc_id, kind, event_id, refund_id, refunds.day,
           round(value * sum(refunds.amount) OVER in_order / line_amount, 2)::DECIMAL(18,2) AS so_far
    FROM ledger JOIN refunds USING (event_id) WHERE is_earned
    WINDOW in_order AS (PARTITION BY koc_id, kind, event_id ORDER BY refunds.day, refund_id))
SELECT koc_id, kind, date_trunc('month', day)::DATE AS month,
       so_far - lag(so_far, 1, 0) OVER (PARTITION BY koc_id, kind, event_id ORDER BY day, refund_id) AS value
FROM refunded;

CREATE TABLE statements AS SELECT * FROM read_parquet('${published}/commission_statement/*.parquet');
CREATE TABLE sellers AS SELECT month, koc_id, net_sales FROM statements WHERE net_sales > 0;

-- The bars of a month are quantiles of what single KOCs sold in up to three whole months before.
CREATE TABLE bars AS
WITH whole AS (
    SELECT month, net_sales FROM sellers
    WHERE month >= (SELECT min(day) FROM events JOIN credited USING (event_id))),
quantiles AS (
    SELECT months.month, count(*) AS koc_months, quantile_cont(net_sales::DOUBLE, [.7, .9, .97]) AS bars
    FROM (SELECT DISTINCT month FROM sellers) months
    JOIN whole ON whole.month < months.month AND whole.month >= months.month - INTERVAL 3 MONTH
    GROUP BY months.month HAVING count(*) >= 20)
SELECT month, koc_months, unnest(['bronze', 'silver', 'gold']) AS tier, unnest([.3, .1, .03])::DOUBLE AS reachable_by,
       unnest([50, 150, 500])::DECIMAL(18,2) AS prize, round(unnest(bars), 2)::DECIMAL(18,2) AS bar
FROM quantiles;

-- check data_quality where failed > 0 AND check_name IN (SELECT reason FROM read_csv('${landing}/_truth/dirt.csv'))
SELECT source, reason AS check_name, count(*) AS failed
FROM read_csv('${landing}/_truth/dirt.csv', all_varchar = true) WHERE reason <> 'later' GROUP BY ALL;

-- check data_quality where check_name = 'counts_close'
SELECT source, check_name.replace('read', 'counts_close') AS check_name, rows
FROM read_csv('${landing}/_truth/counts.csv') WHERE check_name = 'read';

-- check user_portraits
SELECT user_id FROM persons;

-- check portraits
SELECT portrait_id, count(*) AS users FROM portraits GROUP BY portrait_id;

-- check koc_ranking
WITH done AS (
    SELECT user_id AS koc_id, day, order_id, event_id, event_type, group_id, event_type IN ('share', 'post') AS is_post,
           event_type = 'reply' AND sharer_id <> user_id AS is_answer
    FROM events WHERE in_last_days(day, 365)),
own AS (
    SELECT koc_id, count(*) FILTER (is_post AND in_last_days(day, 90)) AS shares,
           count(*) FILTER (is_post AND group_id IS NOT NULL AND in_last_days(day, 90)) AS group_shares,
           count(*) FILTER (is_answer AND in_last_days(day, 90)) AS replies,
           count(DISTINCT day) FILTER ((is_post OR is_answer) AND in_last_days(day, 30)) AS days_30d,
           count(DISTINCT day) FILTER ((is_post OR is_answer) AND in_last_days(day, 90)) AS days_90d,
           count(*) FILTER (event_type = 'train') AS courses,
           count(DISTINCT coalesce(order_id, event_id)) FILTER (event_type = 'purchase') AS orders
    FROM done GROUP BY koc_id),
received AS (
    SELECT sharer_id AS koc_id,
           count(DISTINCT (user_id, day)) FILTER (event_type IN ('share_open', 'inquiry')) AS responses,
           count(*) FILTER (event_type = 'inquiry') AS inquiries,
           count(*) FILTER (event_type = 'inquiry' AND EXISTS (
               SELECT 1 FROM events answers WHERE answers.event_type = 'reply' AND answers.user_id = asked.sharer_id
               AND answers.sharer_id = asked.user_id AND answers.day BETWEEN asked.day AND asked.day + 2)) AS answered,
           count(DISTINCT user_id) FILTER (event_type IN ('mute', 'leave')) AS lost
    FROM events asked WHERE in_last_days(day, 90) AND sharer_id <> user_id GROUP BY sharer_id)
SELECT koc_id, (SELECT count(*) FROM pools WHERE pools.koc_id = ranked.koc_id) AS pool_size,
       coalesce(shares, 0) AS shares_90d, coalesce(group_shares, 0) AS group_shares_90d,
       coalesce(responses, 0) AS responses_90d, coalesce(inquiries, 0) AS inquiries_90d,
       coalesce(answered, 0) AS answered_inquiries_90d, coalesce(replies, 0) AS replies_90d,
       coalesce(lost, 0) AS muted_or_left_90d, coalesce(days_30d, 0) AS active_days_30d,
       coalesce(days_90d, 0) AS active_days_90d, coalesce(courses, 0) AS courses_365d,
       coalesce(orders, 0) AS own_orders_365d, date_diff('day', registered_on, run_day())::INT AS tenure_days
FROM ranked LEFT JOIN own USING (koc_id) LEFT JOIN received USING (koc_id) LEFT JOIN users ON koc_id = users.user_id;

-- check koc_lifecycle
SELECT koc_id, first_share_on, first_purchase_on,
       CASE WHEN registered_on >= (SELECT min(day) FROM events)
            THEN date_diff('day', first_purchase_on, first_share_on)::INT END AS days_to_share
FROM (SELECT koc_id FROM read_parquet('${published}/koc_lifecycle/*.parquet'))
LEFT JOIN users ON koc_id = users.user_id
LEFT JOIN (SELECT user_id AS koc_id, min(day) AS first_share_on FROM events WHERE event_type IN ('share', 'post')
           GROUP BY user_id) USING (koc_id)
LEFT JOIN (SELECT user_id AS koc_id, min(day) AS first_purchase_on FROM kept_days GROUP BY user_id) USING (koc_id);

-- check county_coverage
WITH reach AS (
    SELECT pools.user_id, count(*) AS kocs, bool_or(role = 'employee') AS employee, bool_or(role = 'guide') AS guide,
           bool_or(role = 'external') AS external, bool_or(role = 'consumer') AS consumer
    FROM pools JOIN active USING (koc_id) GROUP BY pools.user_id)
SELECT province, city, county, count(*) AS users,
       (SELECT count(*) FROM active WHERE active.county = users.county AND active.city = users.city) AS kocs,
       count(kocs) AS users_reached, count(*) FILTER (kocs >= 2) AS users_reached_by_2,
       count(*) FILTER (employee) AS employee_friend_users, count(*) FILTER (guide) AS guide_customer_users,
       count(*) FILTER (external) AS external_friend_users, count(*) FILTER (consumer) AS user_friend_users,
       count(*) FILTER (employee OR guide) AS store_users,
       count(*) FILTER (NOT (employee OR guide)) AS beyond_store_users
FROM users LEFT JOIN reach USING (user_id) WHERE county IS NOT NULL GROUP BY province, city, county;

-- check koc_funnel where koc_id <> '*'
WITH acquired AS (
    SELECT koc_id, user_id, coalesce(scene, '(none)') AS scene, since FROM spans WHERE in_last_days(since, 90)),
stages AS (
    SELECT *, since <= run_day() - 14 AS is_activation_due, since <= run_day() - 30 AS is_conversion_due,
           EXISTS (SELECT 1 FROM events WHERE sharer_id = koc_id AND events.user_id = acquired.user_id
                   AND event_type IN ('reply', 'inquiry', 'share_open', 'click', 'favorite', 'cart')
                   AND day BETWEEN since AND since + 14) AS is_activated,
           (SELECT min(day) FROM kept_days WHERE kept_days.user_id = acquired.user_id
            AND day > since AND day <= since + 30) AS converted_on
    FROM acquired),
repeated AS (
    SELECT *, is_conversion_due AND converted_on <= run_day() - 30 AS is_repeat_due,
           EXISTS (SELECT 1 FROM kept_days WHERE kept_days.user_id = stages.user_id
                   AND day > converted_on AND day <= converted_on + 30) AS is_repeated
    FROM stages),
both_levels AS (SELECT * FROM repeated UNION ALL SELECT * REPLACE ('*' AS scene) FROM repeated),
counted AS (
    SELECT koc_id, scene, count(*) AS acquired, count(*) FILTER (is_activation_due) AS activation_due,
           count(*) FILTER (is_activation_due AND is_activated) AS activated,
           count(*) FILTER (is_conversion_due) AS conversion_due,
           count(*) FILTER (is_conversion_due AND converted_on IS NOT NULL) AS converted,
           count(*) FILTER (is_repeat_due) AS repeat_due,
           count(*) FILTER (is_repeat_due AND is_repeated) AS repeated
    FROM both_levels GROUP BY koc_id, scene)
SELECT koc_id, scene, coalesce(acquired, 0) AS acquired, coalesce(activation_due, 0) AS activation_due,
       coalesce(activated, 0) AS activated, coalesce(conversion_due, 0) AS conversion_due,
       coalesce(converted, 0) AS converted, coalesce(repeat_due, 0) AS repeat_due, coalesce(repeated, 0) AS repeated
FROM (SELECT koc_id, scene FROM acquired SEMI JOIN ranked USING (koc_id) UNION SELECT koc_id, '*' FROM ranked)
LEFT JOIN counted USING (koc_id, scene);

-- check koc_funnel where koc_id <> '*' AND scene = '*'
SELECT koc_id, (SELECT count(*) FROM events WHERE event_type IN ('share', 'post') AND user_id = koc_id
                AND in_last_days(day, 90)) AS posts,
       (SELECT count(*) FROM events WHERE event_type IN ('share_open', 'click', 'favorite', 'cart')
        AND sharer_id = koc_id AND user_id <> koc_id AND in_last_days(day, 90)) AS clicks
FROM ranked;

-- check content_to_repost
SELECT content_id,
       (SELECT count(*) FROM events WHERE events.content_id = found.content_id AND event_type IN ('share', 'post')
        AND in_last_days(day, 90)) AS shares,
       (SELECT count(*) FROM pools WHERE koc_id IN (
           SELECT user_id FROM events WHERE events.content_id = found.content_id AND event_type IN ('share', 'post')
           AND in_last_days(day, 90) AND user_id IN (SELECT koc_id FROM ranked))) AS users_reached,
       (SELECT count(DISTINCT user_id) FROM events WHERE events.content_id = found.content_id
        AND event_type IN ('share_open', 'click', 'favorite', 'cart', 'inquiry') AND in_last_days(day, 90)
        AND user_id IS DISTINCT FROM sharer_id) AS openers
FROM read_parquet('${published}/content_to_repost/*.parquet') found;

-- check group_health
SELECT group_id, (SELECT count(*) FROM events WHERE events.group_id = found.group_id
                  AND event_type IN ('share', 'post') AND in_last_days(day, 30)) AS topics
FROM read_parquet('${published}/group_health/*.parquet') found;

-- check mentor_pairs
SELECT mentor_id, mentee_id, (
    SELECT count(*) FROM events JOIN products USING (product_id)
    WHERE user_id = mentor_id AND event_type IN ('share', 'post') AND in_last_days(day, 90)
      AND products.category = found.category) AS shares
FROM read_parquet('${published}/mentor_pairs/*.parquet') found;

-- check category_portrait_fit
SELECT category, portrait_id, (
    SELECT count(DISTINCT user_id) FROM window_buyers JOIN products USING (product_id)
    WHERE products.category = found.category AND window_buyers.portrait_id = found.portrait_id) AS buyers
FROM read_parquet('${published}/category_portrait_fit/*.parquet') found;

-- check product_portrait_fit
SELECT product_id, portrait_id,
       (SELECT count(*) FROM window_buyers WHERE window_buyers.product_id = found.product_id
        AND window_buyers.portrait_id = found.portrait_id) AS buyers,
       (SELECT count(*) FROM owned JOIN portraits USING (user_id) WHERE owned.product_id = found.product_id
        AND portraits.portrait_id = found.portrait_id) AS history_buyers,
       (SELECT count(*) FROM portraits WHERE portraits.portrait_id = found.portrait_id) AS users
FROM read_parquet('${published}/product_portrait_fit/*.parquet') found;

-- check product_profile
SELECT product_id, (SELECT count(*) FROM owned WHERE owned.product_id = products.product_id) AS buyers,
       coalesce(purchase_lines, 0) AS purchase_lines,
       (SELECT count(*) FROM lines WHERE lines.product_id = products.product_id AND returned > 0) AS refunded_lines,
       coalesce(complaints, 0) AS complaints, coalesce(reviews, 0) AS reviews, coalesce(bad_reviews, 0) AS bad_reviews,
       stock IS NULL OR stock > 0 AS is_in_stock
FROM products
LEFT JOIN (SELECT product_id, count(*) FILTER (event_type = 'purchase') AS purchase_lines,
                  count(*) FILTER (event_type = 'complaint') AS complaints,
                  count(*) FILTER (event_type = 'review') AS reviews,
                  count(*) FILTER (event_type = 'review' AND rating <= 2) AS bad_reviews
           FROM events GROUP BY product_id) USING (product_id);

-- check koc_pool_mix
SELECT koc_id, portrait_id, count(*) AS members
FROM pools JOIN portraits USING (user_id) JOIN ranked USING (koc_id) WHERE level <> 'revoked'
GROUP BY koc_id, portrait_id;

-- check koc_recommendations
SELECT koc_id, rank, (SELECT count(*) FROM pools WHERE pools.koc_id = found.koc_id) AS pool_size,
       (SELECT count(*) FROM pools JOIN owned USING (user_id)
        WHERE pools.koc_id = found.koc_id AND owned.product_id = found.product_id) AS owners
FROM read_parquet('${published}/koc_recommendations/*.parquet') found;

-- check user_value
SELECT user_id, coalesce(orders.orders, 0) AS orders, first_order_on, last_order_on,
       coalesce(orders.margin, 0)::DECIMAL(18,2) AS margin_to_date,
       CASE WHEN first_order_on IS NOT NULL THEN NOT coalesce(registered_on >= (SELECT min(day) FROM events), false) END
           AS is_left_censored,
       CASE WHEN orders.orders IS NULL THEN if(user_id IN (SELECT user_id FROM events), 'activated', 'lead')
            WHEN run_day() - last_order_on >= 180 OR (orders.orders > 1 AND valued.p_alive < .1) THEN 'churned'
            WHEN run_day() - last_order_on >= 60 THEN 'dormant'
            WHEN orders.orders > 1 THEN 'repeat' ELSE 'buyer' END AS stage
FROM persons LEFT JOIN users USING (user_id) LEFT JOIN valued USING (user_id)
LEFT JOIN (SELECT user_id, count(*) AS orders, min(day) AS first_order_on, max(day) AS last_order_on,
                  sum(margin) AS margin FROM orders GROUP BY user_id) orders USING (user_id);

-- check koc_economics
WITH spent AS (
    SELECT koc_id, sum(amount) FILTER (cost_type = 'ad') AS ad, sum(amount) FILTER (cost_type = 'gift') AS gift,
           sum(amount) FILTER (cost_type = 'coupon') AS coupon, sum(amount) FILTER (cost_type = 'bonus') AS bonus,
           sum(amount) FILTER (cost_type = 'training') AS training, sum(amount) FILTER (cost_type = 'sample') AS sample
    FROM costs WHERE koc_id IS NOT NULL GROUP BY koc_id),
customers AS (
    SELECT koc_id, count(*) FILTER (is_new) AS new_customers, count(*) FILTER (NOT is_new) AS left_censored,
           sum(customer_value) FILTER (is_new) AS customer_value
    FROM brought WHERE koc_id IS NOT NULL GROUP BY koc_id)
SELECT koc_id, CASE WHEN role IN ('employee', 'guide', 'external') THEN role ELSE 'user' END AS koc_type,
       coalesce(new_customers, 0) AS new_customers, coalesce(left_censored, 0) AS left_censored,
       coalesce(ad, 0)::DECIMAL(18,2) AS ad, coalesce(gift, 0)::DECIMAL(18,2) AS gift,
       coalesce(coupon, 0)::DECIMAL(18,2) AS coupon, coalesce(bonus, 0)::DECIMAL(18,2) AS bonus,
       coalesce(training, 0)::DECIMAL(18,2) AS training, coalesce(sample, 0)::DECIMAL(18,2) AS sample,
       coalesce(customer_value, 0)::DECIMAL(18,2) AS customer_value,
       (SELECT count(*) FROM users invited WHERE invited.acquired_via = 'koc:' || koc_id
        AND invited.user_id <> koc_id) AS referred_users
FROM (SELECT koc_id FROM ranked UNION SELECT koc_id FROM spent UNION SELECT koc_id FROM customers)
LEFT JOIN spent USING (koc_id) LEFT JOIN customers USING (koc_id) LEFT JOIN users ON user_id = koc_id;

-- check koc_ranking
SELECT koc_id, count(user_id) AS new_customers_90d
FROM ranked LEFT JOIN (SELECT koc_id, user_id FROM brought WHERE is_new) USING (koc_id) GROUP BY koc_id;

-- check economics_summary where dimension = 'all' OR (dimension = 'unassigned' AND cost <> 0)
WITH spent AS (
    SELECT 'all' AS dimension, 'all' AS name, amount, cost_type FROM costs
    UNION ALL SELECT 'unassigned', coalesce(channel, '(none)'), amount, cost_type FROM costs WHERE koc_id IS NULL)
SELECT dimension, name, if(dimension = 'all', (SELECT count(*) FROM brought WHERE is_new), 0) AS new_customers,
       if(dimension = 'all', (SELECT sum(customer_value) FROM brought WHERE is_new), 0)::DECIMAL(18,2) AS customer_value,
       (sum(amount) FILTER (cost_type = 'ad'))::DECIMAL(18,2) AS ad,
       coalesce(sum(amount) FILTER (cost_type = 'bonus'), 0)::DECIMAL(18,2) AS bonus
FROM spent GROUP BY dimension, name;

-- check economics_summary where dimension = 'all'
SELECT sum(found.cost - found.commission) + (SELECT sum(amount) FROM costs WHERE koc_id IS NULL) + any_value(paid.commission) AS cost
FROM read_parquet('${published}/koc_economics/*.parquet') found,
     (SELECT commission FROM read_parquet('${published}/economics_summary/*.parquet') WHERE dimension = 'all') paid;

-- check user_tags where kind = 'rule'
SELECT user_id, 'life stage:' || life_stage AS tag, NULL::DOUBLE AS measure, NULL::INT AS days FROM users
WHERE life_stage IS NOT NULL
UNION ALL SELECT user_id, 'gender:' || gender, NULL, NULL FROM users WHERE gender IS NOT NULL
UNION ALL SELECT user_id, 'label:' || unnest(string_split(labels, ';')), NULL, NULL FROM users WHERE labels IS NOT NULL
UNION ALL SELECT user_id, 'newcomer:yes', product_actions, history_days() FROM habits WHERE product_actions < 5;

-- check user_tags where tag LIKE 'value:%'
SELECT user_id, net_spend_365d::DOUBLE AS measure, history_days() AS days FROM habits;

-- check user_tags where tag = 'social:sharer'
SELECT user_id, shares_90d::DOUBLE AS measure, least(90, history_days()) AS days,
       round(1 - 1 / shares_90d, 4) AS weight
FROM habits WHERE shares_90d >= 3;

-- check user_tags where tag = 'discount:seeker'
SELECT user_id, round(discount_rate, 4) AS measure FROM habits WHERE discount_rate >= .2;

-- check user_tags where tag LIKE 'category:%'
WITH found AS (
    SELECT user_id, tag[10:] AS category, weight FROM read_parquet('${published}/user_tags/*.parquet')
    WHERE tag LIKE 'category:%'),
-- Of categories with equal attention, those with a tag come first.
ordered AS (
    SELECT user_id, category, fraction, weight,
           row_number() OVER (PARTITION BY user_id ORDER BY fraction DESC, weight IS NULL) AS position
    FROM category_attention JOIN persons USING (user_id) LEFT JOIN found USING (user_id, category)
    WHERE category IS NOT NULL)
SELECT user_id, 'category:' || category AS tag,
       if(abs(weight - fraction) < .00006, weight, round(fraction, 4)) AS weight
FROM ordered WHERE position <= 3;

-- check product_groups where is_fitted
WITH sampled AS (
    SELECT DISTINCT user_id, product_id
    FROM attention JOIN read_parquet('${warehouse}/holdout_portraits/*/*.parquet') holdout USING (user_id)
    WHERE attention.day <= holdout.as_of AND portrait_id <> 'newcomers')
SELECT product_id, count(*) AS users FROM sampled GROUP BY product_id HAVING count(*) > 1;

-- check product_groups where NOT is_fitted
WITH fitted AS (SELECT product_id FROM read_parquet('${published}/product_groups/*.parquet') WHERE is_fitted)
SELECT product_id, count(DISTINCT user_id) AS users
FROM attention ANTI JOIN fitted USING (product_id)
WHERE user_id IN (SELECT user_id FROM attention SEMI JOIN fitted USING (product_id))
GROUP BY product_id HAVING count(DISTINCT user_id) >= 3;

-- check product_groups where is_fitted
WITH titled AS (
    SELECT product_id, group_id, products.name,
           row_number() OVER (PARTITION BY group_id ORDER BY users DESC, product_id) AS position
    FROM read_parquet('${published}/product_groups/*.parquet') JOIN products USING (product_id) WHERE is_fitted)
SELECT product_id, string_agg(name, ', ' ORDER BY position) FILTER (position <= 2) OVER (PARTITION BY group_id) AS name
FROM titled;

-- check county_next_kocs where rank = 1
WITH reach AS (
    SELECT user_id, (users.province, users.city, users.county) AS home, count(active.koc_id) AS reaching_kocs
    FROM users LEFT JOIN pools USING (user_id) LEFT JOIN active USING (koc_id)
    WHERE users.county IS NOT NULL GROUP BY ALL),
below_target AS (
    SELECT home FROM reach GROUP BY home
    HAVING least(100, ceil(count(*) / 20)) > (SELECT count(*) FROM active WHERE (province, city, county) = home)),
added AS (
    SELECT home, koc_id, count(*) FILTER (reaching_kocs = 0) AS users_added,
           count(*) FILTER (reaching_kocs = 1) AS users_added_second
    FROM ranked JOIN users ON users.user_id = koc_id JOIN pools USING (koc_id)
    JOIN reach ON reach.user_id = pools.user_id
    WHERE home = (province, city, county) AND level <> 'revoked' AND reaching_kocs < 2
      AND koc_id NOT IN (SELECT koc_id FROM active)
    GROUP BY home, koc_id),
ordered AS (
    SELECT *, users_added + .5 * users_added_second AS gain, count(*) OVER (PARTITION BY home) AS candidates,
           row_number() OVER (PARTITION BY home ORDER BY gain DESC, koc_id) AS position
    FROM added)
SELECT home[1] AS province, home[2] AS city, home[3] AS county, koc_id, users_added, users_added_second,
       gain::DOUBLE AS gain, candidates,
       (SELECT count(*) FROM pools WHERE pools.koc_id = ordered.koc_id) AS pool_size
FROM ordered SEMI JOIN below_target USING (home) WHERE position = 1;

-- check acquisition_leads
WITH mixes AS (
    SELECT koc_id, portrait_id, count(*) AS members FROM pools JOIN portraits USING (user_id)
    WHERE portrait_id <> 'newcomers' GROUP BY ALL),
main AS (SELECT koc_id, arg_max(portrait_id, (members, portrait_id)) AS portrait_id FROM mixes GROUP BY koc_id),
reached AS (
    SELECT user_id, count(*) AS kocs FROM pools JOIN ranked USING (koc_id) WHERE level <> 'revoked' GROUP BY user_id),
preferred AS (
    SELECT user_id, category FROM category_attention WHERE category IS NOT NULL AND fraction >= .3
    QUALIFY fraction = max(fraction) OVER (PARTITION BY user_id))
SELECT found.koc_id, user_id,
       row_number() OVER (PARTITION BY found.koc_id ORDER BY found.kocs > 0, found_by <> 'engagement',
                          NOT found.is_main_portrait, found.rank)::INT AS rank,
       coalesce(reached.kocs, 0) AS kocs, portraits.portrait_id,
       coalesce(portraits.portrait_id = main.portrait_id, false) AS is_main_portrait,
       CASE WHEN EXISTS (SELECT 1 FROM events WHERE sharer_id = found.koc_id AND events.user_id = found.user_id
                         AND event_type IN ('inquiry', 'share_open') AND in_last_days(day, 90)) THEN 'engagement'
            WHEN CASE found_by
                     WHEN 'store' THEN users.store_id = homes.store_id
                     WHEN 'portrait' THEN portraits.portrait_id = main.portrait_id
                     WHEN 'county_portrait' THEN portraits.portrait_id = main.portrait_id
                                                 AND users.county = homes.county
                     ELSE users.county = homes.county END THEN found_by END AS found_by,
       CASE WHEN found_by = 'category' THEN 'similar_group' WHEN inquiries_90d > 0 AND orders_90d = 0 THEN 'pre_sale'
            WHEN habits.recency_days <= 30 THEN 'after_sale' WHEN habits.discount_rate >= .15 THEN 'coupon'
            WHEN habits.orders_365d > 0 THEN 'order' END AS scene,
       (SELECT coalesce(max(category) FILTER (category = found.category), max(category))
        FROM preferred WHERE preferred.user_id = found.user_id) AS category,
       habits.recency_days, inquiries_90d AS inquiries_asked_90d, habits.orders_365d, habits.net_spend_365d,
       round(habits.discount_rate, 4) AS discount_rate, history_days() AS history_days
FROM read_parquet('${published}/acquisition_leads/*.parquet') found JOIN users USING (user_id)
JOIN habits USING (user_id) LEFT JOIN portraits USING (user_id) LEFT JOIN reached USING (user_id)
LEFT JOIN main ON main.koc_id = found.koc_id LEFT JOIN users homes ON homes.user_id = found.koc_id
WHERE NOT users.is_opted_out AND users.role = 'consumer' AND user_id NOT IN (SELECT koc_id FROM ranked)
  AND (found.koc_id, user_id) NOT IN (SELECT (koc_id, user_id) FROM ties)
QUALIFY count(*) OVER (PARTITION BY user_id) <= 3;

-- check commission_statement
WITH posted AS (
    SELECT koc_id, month, kind, is_earned, value FROM ledger
    UNION ALL SELECT koc_id, month, 'taken_back ' || kind, false, value FROM taken_back),
summed AS (
    SELECT koc_id, month, count(*) FILTER (kind = 'commission' AND is_earned) AS order_lines,
           coalesce(sum(value) FILTER (kind = 'sales' AND is_earned), 0) AS sales,
           coalesce(sum(value) FILTER (kind = 'taken_back sales'), 0) AS sales_taken_back,
           coalesce(sum(value) FILTER (kind = 'commission' AND is_earned), 0) AS earned,
           coalesce(sum(value) FILTER (kind = 'taken_back commission'), 0) AS taken_back,
           coalesce(sum(value) FILTER (kind = 'commission' AND NOT is_earned), 0) AS withheld
    FROM posted GROUP BY koc_id, month)
SELECT koc_id, month, is_closed(month) AS is_closed, order_lines,
       (sales - sales_taken_back)::DECIMAL(18,2) AS net_sales,
       earned::DECIMAL(18,2) AS earned, taken_back::DECIMAL(18,2) AS taken_back,
       (earned - taken_back)::DECIMAL(18,2) AS due, withheld::DECIMAL(18,2) AS withheld
FROM summed;

-- check commission_months
SELECT month, is_closed(month) AS is_closed, count(koc_id) AS kocs,
       coalesce(sum(net_sales), 0)::DECIMAL(18,2) AS net_sales, coalesce(sum(earned), 0)::DECIMAL(18,2) AS earned,
       coalesce(sum(taken_back), 0)::DECIMAL(18,2) AS taken_back, coalesce(sum(due), 0)::DECIMAL(18,2) AS due,
       coalesce(sum(withheld), 0)::DECIMAL(18,2) AS withheld
FROM statements FULL JOIN (SELECT date_trunc('month', run_day())::DATE AS month) current_month USING (month)
GROUP BY month;

-- check team_bonus
WITH teams AS (
    SELECT month, team_id, count(*) AS kocs, sum(net_sales)::DECIMAL(18,2) AS net_sales
    FROM statements JOIN users ON user_id = koc_id WHERE team_id IS NOT NULL
    GROUP BY month, team_id HAVING sum(net_sales) > 0),
funds AS (
    SELECT *, row_number() OVER (PARTITION BY month ORDER BY net_sales DESC, team_id)::INT AS rank,
           least(round(sum(net_sales) OVER (PARTITION BY month) * .01, 2), 50000)::DECIMAL(18,2) AS bonus_fund
    FROM teams),
parts AS (
    SELECT *, (bonus_fund * 100)::HUGEINT AS cents, if(rank <= 3, (net_sales * 100)::HUGEINT, 0) AS weight,
           cents * weight // sum(weight) OVER (PARTITION BY month) AS whole,
           cents * weight % sum(weight) OVER (PARTITION BY month) AS remainder
    FROM funds),
lefts AS (
    SELECT *, cents - sum(whole) OVER (PARTITION BY month) AS cents_left,
           row_number() OVER (PARTITION BY month ORDER BY remainder DESC, team_id) AS position
    FROM parts)
SELECT month, team_id, is_closed(month) AS is_closed, kocs, net_sales, rank, bonus_fund,
       ((whole + if(position <= cents_left, 1, 0)) / 100)::DECIMAL(18,2) AS bonus
FROM lefts;

-- check reward_grants
WITH met AS (
    SELECT 'star badge' AS reward, 'virtual' AS kind, koc_id, month, 0 AS value, net_sales, NULL AS rank FROM statements
    WHERE is_closed(month) AND net_sales >= 2000
    UNION ALL SELECT 'sales of 10000', 'achievement', koc_id, date_trunc('month', run_day()), 100, sum(net_sales), NULL
    FROM statements GROUP BY koc_id HAVING sum(net_sales) >= 10000
    UNION ALL SELECT 'month''s best', 'special', koc_id,
                     (SELECT max(month) FROM statements WHERE is_closed(month)), 200, NULL, rank
    FROM ranked WHERE rank <= 3)
SELECT reward, kind, koc_id, month::DATE AS month, value::DECIMAL(18,2) AS value,
       net_sales::DECIMAL(18,2) AS net_sales, rank::INT AS rank
FROM met WHERE koc_id IN (SELECT koc_id FROM ranked WHERE level <> 'revoked');

-- check competition_bars
SELECT month, is_closed(month) AS is_closed, tier, reachable_by, bar, prize, koc_months, count(*) AS kocs,
       count(*) FILTER (net_sales >= bar) AS reached,
       round(count(*) FILTER (net_sales >= bar) / count(*), 4) AS reached_rate
FROM bars JOIN sellers USING (month) GROUP BY month, tier, reachable_by, bar, prize, koc_months;

-- check competition
SELECT month, koc_id, is_closed(month) AS is_closed, net_sales,
       row_number() OVER (PARTITION BY month ORDER BY net_sales DESC, koc_id)::INT AS rank,
       arg_max(tier, bar) FILTER (bar <= net_sales) AS tier, coalesce(max(prize) FILTER (bar <= net_sales), 0) AS prize,
       arg_min(tier, bar) FILTER (bar > net_sales) AS next_tier,
       (min(bar) FILTER (bar > net_sales) - net_sales)::DECIMAL(18,2) AS missing_net_sales
FROM sellers LEFT JOIN bars USING (month) GROUP BY month, koc_id, net_sales;

-- check koc_card
WITH main_portraits AS (
    SELECT koc_id, string_agg(portrait_name, '; ' ORDER BY position) AS main_portraits
    FROM (SELECT koc_id, portrait_name,
                 row_number() OVER (PARTITION BY koc_id ORDER BY members DESC, portrait_name) AS position
          FROM read_parquet('${published}/koc_pool_mix/*.parquet') WHERE portrait_id <> 'newcomers')
    WHERE position <= 2 GROUP BY koc_id),
stopped AS (
    SELECT koc_id, string_agg(name, '; ' ORDER BY name) AS stop_sharing
    FROM (SELECT DISTINCT user_id AS koc_id, product_id FROM events
          WHERE event_type IN ('share', 'post') AND in_last_days(day, 28)) shared
    JOIN products USING (product_id) SEMI JOIN owned USING (product_id)
    JOIN read_parquet('${published}/product_profile/*.parquet') profiles USING (product_id)
    WHERE quality_gate <> 'pass' GROUP BY koc_id),
next AS (
    SELECT koc_id, product_id AS next_product_id, products.name AS next_product,
           extra_buyers_if_shared AS next_product_extra_buyers, extra_margin_if_shared AS next_product_extra_margin
    FROM read_parquet('${published}/koc_recommendations/*.parquet') JOIN products USING (product_id)
    WHERE is_next_product)
SELECT koc_id, coalesce(users.name, koc_id) AS koc_name, found.koc_type, found.rank, found.level, next_level, progress,
       missing, kol_stage, (SELECT count(*) FROM pools WHERE pools.koc_id = found.koc_id) AS pool_size, main_portraits,
       found.influence_lift, found.influence_low, influence_high, net_sales_90d,
       (SELECT coalesce(sum(due), 0) FROM statements
        WHERE statements.koc_id = found.koc_id AND NOT is_closed(month))::DECIMAL(18,2) AS commission_due,
       cost, customer_value, ltv_to_cac, incremental_value, incremental_ratio, incremental_ratio_low, overall_verdict,
       next_product_id, next_product, next_product_extra_buyers, next_product_extra_margin, stop_sharing
FROM read_parquet('${published}/koc_ranking/*.parquet') found LEFT JOIN users ON users.user_id = koc_id
LEFT JOIN read_parquet('${published}/koc_lifecycle/*.parquet') levels USING (koc_id)
LEFT JOIN read_parquet('${published}/koc_economics/*.parquet') economics USING (koc_id)
LEFT JOIN main_portraits USING (koc_id) LEFT JOIN stopped USING (koc_id) LEFT JOIN next USING (koc_id);

-- check county_card
WITH homes AS (SELECT user_id, name, (province, city, county) AS home FROM users WHERE county IS NOT NULL),
users_there AS (
    SELECT home, sum(expected_margin_90d) / count(*) * 28 / 90 AS margin_28d
    FROM homes LEFT JOIN read_parquet('${published}/user_value/*.parquet') USING (user_id) GROUP BY home),
kocs_there AS (
    SELECT home, sum(cost) AS koc_cost, if(bool_or(incremental_value IS NULL AND new_customers > 0), NULL,
                                           sum(coalesce(incremental_value, 0))) AS koc_caused_value
    FROM read_parquet('${published}/koc_economics/*.parquet') SEMI JOIN ranked USING (koc_id)
    JOIN homes ON user_id = koc_id GROUP BY home),
regulars AS (
    SELECT home, name, row_number() OVER (
               PARTITION BY home ORDER BY shares_90d > 0 DESC, orders DESC, user_id) AS position
    FROM homes JOIN read_parquet('${published}/user_value/*.parquet') USING (user_id) JOIN habits USING (user_id)
    WHERE stage = 'repeat'
      AND user_id NOT IN (SELECT koc_id FROM read_parquet('${published}/koc_lifecycle/*.parquet'))),
covered AS (
    SELECT *, (province, city, county) AS home, ceil(users / 20)::INT AS target,
           greatest(ceil(users / 20)::BIGINT - kocs, 0) AS missing_kocs
    FROM read_parquet('${published}/county_coverage/*.parquet')),
judged AS (
    SELECT *, ((users - users_reached) * margin_28d)::DECIMAL(18,2) AS added,
           if(missing_kocs > 0, missing_kocs * cost_28d, NULL)::DECIMAL(18,2) AS missing_kocs_cost,
           coalesce(round(koc_caused_value) < round(koc_cost), false) AS loses
    FROM covered LEFT JOIN users_there USING (home) LEFT JOIN kocs_there USING (home)
    CROSS JOIN (SELECT avg(cost)::DOUBLE * 28 / 90 AS cost_28d
                FROM read_parquet('${published}/koc_economics/*.parquet') SEMI JOIN ranked USING (koc_id))),
counties AS (
    SELECT * EXCLUDE (recruit_id), if(loses, NULL, recruit_id) AS recruit_id,
           if(coalesce(round(missing_kocs_cost) > round(added * .1), false), 1, missing_kocs) AS kocs_to_win
    FROM judged)
SELECT counties.province, counties.city, counties.county, users, users - users_reached AS users_unreached,
       round(users_reached / users, 4) AS reached_rate, kocs, target AS target_kocs, missing_kocs AS gap, phase,
       added AS unreached_margin_28d, missing_kocs_cost AS missing_kocs_cost_28d,
       koc_cost::DECIMAL(18,2) AS koc_cost, koc_caused_value::DECIMAL(18,2) AS koc_caused_value,
       recruit_id, recruits.name AS recruit_name, (cost + commission_as_koc)::DECIMAL(18,2) AS recruit_cost,
       CASE WHEN kocs_to_win > if(recruit_id IS NULL, 0, 1) AND NOT loses THEN (
           SELECT string_agg(name, '; ' ORDER BY position) FROM regulars
           WHERE regulars.home = counties.home AND position <= 3) END AS regular_customers
FROM counties
LEFT JOIN homes recruits ON recruits.user_id = recruit_id
LEFT JOIN read_parquet('${published}/koc_economics/*.parquet') economics ON economics.koc_id = recruit_id;

-- check user_card
WITH main_kocs AS (
    SELECT user_id, arg_min(koc_id, (-strength, rank)) AS koc_id
    FROM read_parquet('${warehouse}/tie_strengths/*/*.parquet') JOIN ranked USING (koc_id)
    WHERE level <> 'revoked' GROUP BY user_id),
main_tags AS (
    SELECT user_id, string_agg(tag, '; ' ORDER BY position) AS main_tags
    FROM (SELECT user_id, tag, row_number() OVER (PARTITION BY user_id ORDER BY weight DESC, tag) AS position
          FROM read_parquet('${warehouse}/user_tags/*/*.parquet'))
    WHERE position <= 4 GROUP BY user_id),
fitting AS (
    SELECT user_id, product_id, products.name, fit.fit
    FROM main_kocs JOIN portraits USING (user_id)
    JOIN read_parquet('${published}/koc_recommendations/*.parquet') listed USING (koc_id)
    JOIN products USING (product_id) ANTI JOIN owned USING (user_id, product_id)
    LEFT JOIN read_parquet('${warehouse}/product_portrait_fit/*/*.parquet') fit USING (product_id, portrait_id)
    WHERE is_actionable
    QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY coalesce(fit.fit, 0) DESC, rank) = 1)
SELECT user_id, coalesce(users.name, user_id) AS user_name, portraits.portrait_id, main_tags, stage, orders,
       last_order_on, margin_to_date, ltv, main_kocs.koc_id, coalesce(kocs.name, main_kocs.koc_id) AS koc_name,
       product_id AS fitting_product_id, fitting.name AS fitting_product, round(fit, 4) AS fitting_product_fit
FROM read_parquet('${published}/user_value/*.parquet') LEFT JOIN users USING (user_id)
LEFT JOIN portraits USING (user_id) LEFT JOIN main_tags USING (user_id) LEFT JOIN main_kocs USING (user_id)
LEFT JOIN users kocs ON kocs.user_id = main_kocs.koc_id LEFT JOIN fitting USING (user_id);
