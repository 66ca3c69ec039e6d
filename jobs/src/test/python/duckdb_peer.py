"""What a user would write instead of the jobs clean and features: SQL for DuckDB on a flat landing folder in CSV.

Parses and checks the events, rejects bad rows and duplicates, matches refunds by order, and sums events by user and
day, by product and by category. From these it makes features, categories and price levels of users as of two dates. It
leaves out robots, contracts, late arrivals, tags and what is known about files. Prints what it counted as JSON. Run by
bin/evaluate clean-features.
"""

import argparse
import json

import duckdb

parser = argparse.ArgumentParser()
parser.add_argument("landing", help="flat landing folder in CSV")
parser.add_argument("day", help="last day of its events, YYYY-MM-DD")
parser.add_argument("out", help="existing folder for Parquet files")
arguments = parser.parse_args()
landing, day, out = arguments.landing, arguments.day, arguments.out

database = duckdb.connect()
database.execute(f"""
    SET threads = 2; SET memory_limit = '6GB'; SET TimeZone = 'Asia/Shanghai'; SET preserve_insertion_order = false;
    SET temp_directory = '{out}/tmp'""")


def files(source):
    return f"""read_csv('{landing}/{source}/*.csv', all_varchar = true, header = true, quote = '"', escape = '"',
        null_padding = true)"""


def save(name, query):
    database.execute(f"COPY ({query}) TO '{out}/{name}.parquet' (FORMAT parquet, COMPRESSION zstd)")


database.execute(f"""
    CREATE TABLE products AS
    SELECT product_id, any_value(category) AS category, any_value(try_cast(price AS DECIMAL(18,4))) AS price
    FROM {files("products")} WHERE product_id IS NOT NULL GROUP BY 1;
    CREATE TABLE users AS
    SELECT user_id, any_value(role) AS role, any_value(try_cast(registered_at AS TIMESTAMP)) AS registered_at,
        any_value(life_stage) AS life_stage
    FROM {files("users")} WHERE user_id IS NOT NULL GROUP BY 1;
    CREATE TABLE checked AS
    SELECT *, CASE
        WHEN trim(coalesce(event_id, '')) = '' OR trim(coalesce(user_id, '')) = ''
            OR trim(coalesce(event_type, '')) = '' OR trim(coalesce(time_text, '')) = '' THEN 'missing_field'
        WHEN event_type NOT IN ('view', 'click', 'favorite', 'cart', 'purchase', 'refund', 'share', 'share_open',
            'inquiry', 'reply', 'review', 'complaint', 'post', 'join', 'leave', 'mute', 'attend', 'train')
            THEN 'unknown_event_type'
        WHEN occurred_at IS NULL OR (quantity_text IS NOT NULL AND quantity IS NULL)
            OR (price_text IS NOT NULL AND unit_price IS NULL)
            OR (rating_text IS NOT NULL AND rating IS NULL) THEN 'bad_type'
        WHEN event_type IN ('view', 'click', 'favorite', 'share', 'share_open', 'inquiry')
            AND product_id IS NULL AND content_id IS NULL THEN 'missing_field'
        WHEN event_type IN ('cart', 'purchase', 'refund', 'review') AND product_id IS NULL THEN 'missing_field'
        WHEN event_type IN ('purchase', 'refund') AND unit_price IS NULL THEN 'missing_field'
        WHEN event_type = 'review' AND rating IS NULL THEN 'missing_field'
        WHEN unit_price < 0 OR quantity < 1 THEN 'negative_amount'
        WHEN occurred_at::DATE < DATE '2000-01-01' THEN 'before_epoch'
        WHEN occurred_at::DATE > DATE '{day}' THEN 'later'
        WHEN product_id IS NOT NULL AND product_id NOT IN (SELECT product_id FROM products) THEN 'orphan_product'
        END AS verdict
    FROM (SELECT event_id, user_id, event_type, occurred_at AS time_text,
            try_cast(occurred_at AS TIMESTAMP) AS occurred_at, nullif(trim(product_id), '') AS product_id, order_id, quantity AS quantity_text,
            try_cast(quantity AS BIGINT) AS quantity, unit_price AS price_text,
            try_cast(unit_price AS DECIMAL(18,4)) AS unit_price, sharer_id, channel, content_id, group_id,
            rating AS rating_text, try_cast(rating AS INT) AS rating
        FROM {files("events")});
    CREATE TABLE repeated AS
    SELECT event_id, count(DISTINCT hash(user_id, event_type, time_text, product_id, order_id, quantity_text,
        price_text, sharer_id, channel, content_id, group_id, rating_text)) AS contents
    FROM checked WHERE verdict IS NULL GROUP BY 1 HAVING count(*) > 1;
    CREATE TABLE judged AS
    SELECT checked.* EXCLUDE (verdict), coalesce(verdict,
        CASE WHEN row_number() OVER (PARTITION BY event_id, verdict ORDER BY time_text, user_id) > 1
            THEN CASE WHEN contents > 1 THEN 'conflicting_id' ELSE 'duplicate' END END) AS verdict
    FROM checked JOIN repeated USING (event_id)
    UNION ALL SELECT * FROM checked ANTI JOIN repeated USING (event_id);
    CREATE TABLE events AS
    SELECT event_id, user_id, event_type, occurred_at, occurred_at::DATE AS day, product_id, order_id,
        coalesce(quantity, 1) AS quantity, unit_price,
        round(coalesce(quantity, 1) * unit_price, 2)::DECIMAL(18,2) AS amount, sharer_id, channel, content_id, group_id,
        rating
    FROM judged WHERE verdict IS NULL""")
save("rejects", "FROM judged WHERE verdict IS NOT NULL AND verdict <> 'later'")
save("events", "FROM events")
save("quality", "SELECT event_type, verdict, count(*) AS events FROM judged GROUP BY ALL")
save("refunds", """
    SELECT refund.event_id, refund.day, refund.user_id, refund.product_id, refund.quantity, refund.amount,
        purchase.event_id AS purchase_event_id, purchase.day AS purchase_day
    FROM (FROM events WHERE event_type = 'refund') refund
    LEFT JOIN (SELECT *, row_number() OVER (PARTITION BY order_id, product_id ORDER BY occurred_at) AS position
        FROM events WHERE event_type = 'purchase') purchase
    ON purchase.order_id = refund.order_id AND purchase.product_id = refund.product_id AND purchase.position = 1""")

category = "list_aggregate(string_split(coalesce(category, '(none)'), ' > ')[1:2], 'string_agg', ' > ')"
database.execute("""
    CREATE TABLE user_days AS
    SELECT day, user_id, count(*) FILTER (event_type <> 'refund') AS actions,
        count(DISTINCT coalesce(order_id, event_id)) FILTER (event_type = 'purchase') AS orders,
        count(*) FILTER (event_type = 'purchase') AS purchase_lines,
        sum(amount) FILTER (event_type = 'purchase') AS gross_spend,
        sum(greatest(price * quantity - amount, 0)) FILTER (event_type = 'purchase') AS discount,
        sum(price * quantity) FILTER (event_type = 'purchase') AS list_spend,
        count(*) FILTER (event_type IN ('share', 'post')) AS shares,
        count(*) FILTER (event_type = 'inquiry') AS inquiries, count(*) FILTER (event_type = 'review') AS reviews,
        sum(rating) FILTER (event_type = 'review') AS rating_sum,
        count(*) FILTER (event_type = 'complaint') AS complaints, count(*) FILTER (event_type = 'attend') AS attends,
        count(*) FILTER (hour(occurred_at) BETWEEN 5 AND 10) AS morning,
        count(*) FILTER (hour(occurred_at) BETWEEN 11 AND 16) AS daytime,
        count(*) FILTER (hour(occurred_at) BETWEEN 17 AND 21) AS evening,
        count(*) FILTER (hour(occurred_at) >= 22 OR hour(occurred_at) < 5) AS night,
        count(*) FILTER (dayofweek(day) IN (0, 6)) AS weekend,
        count(*) FILTER (product_id IS NOT NULL) AS product_actions
    FROM events LEFT JOIN products USING (product_id) GROUP BY ALL""")
save("user_days", "FROM user_days")
database.execute("""
    CREATE TABLE user_product_days AS
    SELECT day, user_id, product_id, count(*) FILTER (event_type = 'cart') AS carts,
        count(*) FILTER (event_type = 'favorite') AS favorites, count(*) FILTER (event_type = 'inquiry') AS inquiries,
        count(*) FILTER (event_type = 'share_open') AS opens, count(*) FILTER (event_type = 'click') AS clicks,
        count(*) FILTER (event_type = 'view') AS views, count(*) FILTER (event_type = 'purchase') AS purchase_lines,
        sum(quantity) FILTER (event_type = 'purchase') AS units,
        sum(amount) FILTER (event_type = 'purchase') AS gross_spend,
        count(*) FILTER (event_type IN ('share', 'post')) AS shares, count(*) FILTER (event_type = 'review') AS reviews,
        sum(rating) FILTER (event_type = 'review') AS rating_sum,
        count(*) FILTER (event_type = 'complaint') AS complaints
    FROM events WHERE product_id IS NOT NULL GROUP BY ALL""")
save("user_product_days", "FROM user_product_days")
database.execute(f"""
    CREATE TABLE user_category_days AS
    SELECT day, user_id, {category} AS category, sum(carts + favorites + opens + clicks + views) AS interest,
        sum(purchase_lines) AS purchase_lines, sum(gross_spend) AS net_spend
    FROM user_product_days LEFT JOIN products USING (product_id) GROUP BY ALL""")
save("user_category_days", "FROM user_category_days")

dates = f"(VALUES (DATE '{day}'), (DATE '{day}' - 28)) dates(as_of)"
year = "day <= as_of AND day > as_of - 365"
database.execute(f"""
    CREATE TABLE user_features AS
    SELECT as_of, user_id, sum(actions) AS actions, count(DISTINCT day) AS active_days, sum(orders) AS orders_365d,
        sum(orders) FILTER (day > as_of - 30) AS orders_30d, sum(orders) FILTER (day > as_of - 90) AS orders_90d,
        sum(gross_spend) AS net_spend_365d, sum(gross_spend) FILTER (day > as_of - 30) AS net_spend_30d,
        sum(gross_spend) FILTER (day > as_of - 90) AS net_spend_90d, sum(discount) AS discount,
        sum(list_spend) AS list_spend, sum(shares) FILTER (day > as_of - 90) AS shares_90d,
        sum(inquiries) FILTER (day > as_of - 90) AS inquiries_90d, min(day) AS first_day, max(day) AS last_day,
        max(day) FILTER (purchase_lines > 0) AS last_purchase_day, sum(morning) AS morning, sum(daytime) AS daytime,
        sum(evening) AS evening, sum(night) AS night, sum(weekend) AS weekend
    FROM user_days CROSS JOIN {dates} WHERE {year} GROUP BY as_of, user_id""")
save("user_features", "FROM user_features FULL JOIN users USING (user_id)")
save("price_levels", f"""
    WITH paid AS (
        SELECT as_of, user_id, {category} AS category, product_id, gross_spend / units AS price, purchase_lines
        FROM user_product_days LEFT JOIN products USING (product_id) CROSS JOIN {dates}
        WHERE purchase_lines > 0 AND {year}),
    usual AS (
        SELECT as_of, category, median(price) AS usual_price
        FROM (SELECT as_of, category, product_id, median(paid.price) AS price FROM paid GROUP BY ALL) GROUP BY ALL)
    SELECT as_of, user_id, exp(sum(ln(price / usual_price) * purchase_lines) / sum(purchase_lines)) AS price_level
    FROM paid JOIN usual USING (as_of, category) GROUP BY ALL""")
save("user_categories", f"""
    SELECT *, weight / sum(weight) OVER (PARTITION BY as_of, user_id) AS attention_fraction
    FROM (SELECT as_of, user_id, category, sum(purchase_lines) + 0.2 * sum(interest) AS weight
        FROM user_category_days CROSS JOIN {dates} WHERE {year} GROUP BY as_of, user_id, category)
    WHERE weight > 0""")


def count(table):
    return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


print(json.dumps({name: count(name) for name in ("events", "user_days", "user_product_days", "user_category_days")}))
