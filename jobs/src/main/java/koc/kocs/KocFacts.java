package koc.kocs;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.rules.CategoryPath;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.rules.KeptPurchases;
import koc.rules.KocEligibility;
import koc.rules.KocLevels;
import koc.rules.KocType;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What is known of everybody who is a KOC or may become one, each kind of evidence summed to one row a person. */
final class KocFacts {
    /** Sums of doubles depend on the order in which partitions come in; sums of decimals do not. */
    private static final String MONEY = "decimal(18,2)";

    private static final String[] KOC = {"koc_id"};

    private KocFacts() {}

    /**
     * Everybody who is to be judged: user grain, one row per person who is a candidate or shared in 90 days.
     *
     * <p>Candidates for the ranking are KOCs ({@link KocEligibility#isKoc}), and people above recruit on the previous day,
     * because a level is not lost when the pool becomes too small. Everybody else who shared is a recruit.
     *
     * @param features user_features as of the day
     * @param ties tie_strengths of the day
     * @param previous koc_ranking of the previous day, or none
     * @return koc_id, koc_type, is_candidate, pool_size, strong_ties, shares_90d, tenure_days, own_orders_365d,
     *     own_orders_30d, own_orders_90d, previous_level, previous_since, previous_grace_until; nothing is null but the
     *     last three
     */
    static Dataset<Row> people(Dataset<Row> features, Dataset<Row> ties, Dataset<Row> previous, int minPool) {
        Dataset<Row> known = features.select(
                col("user_id").as("koc_id"),
                col("role"),
                col("tenure_days"),
                col("shares_90d"),
                col("orders_365d").as("own_orders_365d"),
                col("orders_30d").as("own_orders_30d"),
                col("orders_90d").as("own_orders_90d"));
        Dataset<Row> pools = ties.groupBy("koc_id")
                .agg(count(lit(1)).as("pool_size"), count_if(col("is_strong")).as("strong_ties"));
        Dataset<Row> before = previous.select(
                col("koc_id"),
                col("koc_type").as("previous_type"),
                col("level").as("previous_level"),
                col("level_since").as("previous_since"),
                col("grace_until").as("previous_grace_until"));
        Column role = coalesce(col("role"), col("previous_type"));
        Column isKoc = KocEligibility.isKoc(col("koc_type"), col("pool_size"), minPool);
        Column holdsLevel = coalesce(col("previous_level").notEqual(KocLevels.RECRUIT), lit(false));
        return known.join(pools, KOC, "full_outer")
                .join(before, KOC, "full_outer")
                .withColumn("koc_type", KocType.fromRole(role))
                .na()
                .fill(0L, new String[] {
                    "pool_size",
                    "strong_ties",
                    "shares_90d",
                    "tenure_days",
                    "own_orders_365d",
                    "own_orders_30d",
                    "own_orders_90d"
                })
                .withColumn("is_candidate", isKoc.or(holdsLevel))
                .where("is_candidate OR shares_90d > 0")
                .drop("role", "previous_type");
    }

    /**
     * Arrival x day x user grain -> user grain: when each user first and last bought and first shared, and what it said.
     * A day of purchases counts when something of it was kept.
     *
     * @return user_id, first_purchase_on, last_purchase_on, first_share_on, purchase_days_365d, complaints_365d (of a
     *     product or of anything), purchase_lines_90d, reviews_90d, rating_sum_90d, complaints_90d
     */
    static Dataset<Row> histories(Dataset<Row> userDays, LocalDate day) {
        Column kept = col("is_kept");
        Column lately = within(90, day);
        return userDays.where(col("day").leq(lit(day)))
                .groupBy("user_id", "day")
                .agg(
                        sum("purchase_lines").as("purchase_lines"),
                        KeptPurchases.isAnyKept().as("is_kept"),
                        sum("shares").as("shares"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"),
                        sum("complaints").as("complaints"))
                .groupBy("user_id")
                .agg(
                        min(when(kept, col("day"))).as("first_purchase_on"),
                        max(when(kept, col("day"))).as("last_purchase_on"),
                        min(when(col("shares").gt(0), col("day"))).as("first_share_on"),
                        count_if(kept.and(within(365, day))).as("purchase_days_365d"),
                        total(within(365, day), "complaints").as("complaints_365d"),
                        total(lately, "purchase_lines").as("purchase_lines_90d"),
                        total(lately, "reviews").as("reviews_90d"),
                        total(lately, "rating_sum").as("rating_sum_90d"),
                        total(lately, "complaints").as("complaints_90d"));
    }

    /**
     * Event grain -> person x day grain: what each did for others that day, and what others did because of it.
     *
     * @param events events that arrived in 365 days; trainings count for so long, all else for 90 days
     * @param answerDays days after that of an inquiry in which a reply to who asked still answers it
     * @return koc_id, day, posts (shares too), group_posts, answers, courses, responses (users who opened, asked or replied),
     *     inquiries, answered (inquiries whose asker it replied to in time), lost_users (ids of those who muted it or
     *     left), left_users (of these, who left)
     */
    static Dataset<Row> activity(Dataset<Row> events, LocalDate day, int answerDays) {
        Column type = col("event_type");
        Column isResponse = type.equalTo("share_open").or(EventTypes.isConversation());
        Column actor = struct(
                col("user_id").as("koc_id"),
                when(type.equalTo("reply"), col("sharer_id")).as("other"),
                EventTypes.isSharing().as("is_post"),
                EventTypes.isSharing().and(col("group_id").isNotNull()).as("is_group_post"),
                type.equalTo("reply").and(EventTypes.isCausedByAnother()).as("is_answer"),
                type.equalTo("train").as("is_course"),
                lit(false).as("is_response"),
                lit(false).as("is_inquiry"),
                lit(false).as("is_loss"),
                lit(false).as("is_leave"));
        Column cause = struct(
                col("sharer_id").as("koc_id"),
                col("user_id").as("other"),
                lit(false).as("is_post"),
                lit(false).as("is_group_post"),
                lit(false).as("is_answer"),
                lit(false).as("is_course"),
                isResponse.as("is_response"),
                type.equalTo("inquiry").as("is_inquiry"),
                EventTypes.isLoss().as("is_loss"),
                EventTypes.isLeave().as("is_leave"));
        Column replies = sum("answers")
                .over(Window.partitionBy("koc_id", "other")
                        .orderBy(unix_date(col("day")))
                        .rangeBetween(0, answerDays));
        return events.where(within(365, day)
                        .and(type.equalTo("train")
                                .or(within(90, day)
                                        .and(EventTypes.isSharing()
                                                .or(isResponse)
                                                .or(EventTypes.isLoss())))))
                .select(col("day"), explode(array(actor, cause)).as("act"))
                .select("day", "act.*")
                .where(col("koc_id")
                        .isNotNull()
                        .and(col("other").isNull().or(col("other").notEqual(col("koc_id"))))
                        .and(col("is_post")
                                .or(col("is_answer"))
                                .or(col("is_course"))
                                .or(col("is_response"))
                                .or(col("is_loss"))))
                // Whoever opens ten times a day has responded once.
                .groupBy("koc_id", "day", "other")
                .agg(
                        count_if(col("is_post")).as("posts"),
                        count_if(col("is_group_post")).as("group_posts"),
                        count_if(col("is_answer")).as("answers"),
                        count_if(col("is_course")).as("courses"),
                        count_if(col("is_response")).as("responses"),
                        count_if(col("is_inquiry")).as("inquiries"),
                        bool_or(col("is_loss")).as("is_loss"),
                        bool_or(col("is_leave")).as("is_leave"))
                .withColumn("answered", when(replies.gt(0), col("inquiries")).otherwise(0L))
                .groupBy("koc_id", "day")
                .agg(
                        sum("posts").as("posts"),
                        sum("group_posts").as("group_posts"),
                        sum("answers").as("answers"),
                        sum("courses").as("courses"),
                        count_if(col("responses").gt(0)).as("responses"),
                        sum("inquiries").as("inquiries"),
                        sum("answered").as("answered"),
                        // Few, and never more than a pool has members.
                        collect_list(when(col("is_loss"), col("other"))).as("lost_users"),
                        collect_list(when(col("is_leave"), col("other"))).as("left_users"));
    }

    /**
     * Person x day grain -> posts-a-day grain, at most {@link FrequencyCap#MOST} rows: how many members there were after
     * days with so many posts, and how many muted or left on the day or in the days after.
     *
     * @param activity as {@link #activity} returns it
     * @param people with pool_size
     * @return posts, member_days, lost
     */
    static Dataset<Row> lossesByPosts(Dataset<Row> activity, Dataset<Row> people, int laterDays) {
        Column later = sum(size(col("lost_users")))
                .over(Window.partitionBy("koc_id")
                        .orderBy(unix_date(col("day")))
                        .rangeBetween(0, laterDays));
        return activity.join(people.select("koc_id", "pool_size"), KOC, "inner")
                .withColumn("later_lost", later)
                .where("posts > 0 AND pool_size > 0")
                .groupBy(when(col("posts").lt(FrequencyCap.MOST), col("posts"))
                        .otherwise((long) FrequencyCap.MOST)
                        .as("posts"))
                .agg(sum("pool_size").as("member_days"), sum("later_lost").as("lost"));
    }

    /**
     * Person x day grain -> person grain over the windows, each lost user once; budget 0 when there is none, and nothing is above
     * the most that is told apart.
     */
    static Dataset<Row> activities(Dataset<Row> activity, LocalDate day, int budget) {
        Column active = col("posts").plus(col("answers")).gt(0);
        Column isAbove = budget == 0 || budget >= FrequencyCap.MOST
                ? lit(false)
                : col("posts").gt(budget);
        return activity.groupBy("koc_id")
                .agg(
                        count_if(active.and(within(30, day))).as("active_days_30d"),
                        count_if(active.and(within(90, day))).as("active_days_90d"),
                        count_if(isAbove).as("days_above_cap"),
                        count_if(col("posts").gt(0)).as("posting_days_90d"),
                        sum("group_posts").as("group_shares_90d"),
                        sum("answers").as("replies_90d"),
                        sum("courses").as("courses_365d"),
                        sum("responses").as("responses_90d"),
                        sum("inquiries").as("inquiries_90d"),
                        sum("answered").as("answered_inquiries_90d"),
                        people("lost_users").as("muted_or_left_90d"),
                        people("left_users").as("left_90d"));
    }

    private static Column people(String users) {
        return size(array_distinct(flatten(collect_list(col(users))))).cast("long");
    }

    /**
     * Purchase x touch grain -> person grain: who bought by it and for how much, what was given back left out. A new
     * customer is one whose first purchase of all is credited to it, and more than to anybody else.
     *
     * @param credits purchase_credits of the day
     * @param histories with first_purchase_on
     */
    static Dataset<Row> sales(Dataset<Row> credits, Dataset<Row> histories, LocalDate day) {
        Column month = DayWindow.includes(col("bought_on"), day, 30);
        Column first = row_number()
                .over(Window.partitionBy("purchase_event_id")
                        .orderBy(col("share").desc(), col("koc_id")))
                .equalTo(1);
        return credits.where("credited_amount > 0 AND koc_id <> user_id")
                .groupBy("purchase_event_id", "koc_id", "user_id")
                .agg(
                        ExactSums.sum(col("credited_fraction")).as("share"),
                        sum("credited_amount").as("amount"),
                        to_date(min("purchased_at")).as("bought_on"))
                .withColumn("is_main", first)
                .join(histories.select("user_id", "first_purchase_on"), new String[] {"user_id"}, "left")
                .withColumn(
                        "is_new",
                        col("is_main").and(coalesce(col("bought_on").leq(col("first_purchase_on")), lit(false))))
                // Whose first day has purchases by several KOCs is new to one of them.
                .withColumn(
                        "is_new",
                        col("is_new")
                                .and(row_number()
                                        .over(Window.partitionBy("user_id")
                                                .orderBy(
                                                        col("is_new").desc(),
                                                        col("amount").desc(),
                                                        col("purchase_event_id"),
                                                        col("koc_id")))
                                        .equalTo(1)))
                .groupBy("koc_id", "user_id")
                .agg(
                        sum(when(month, col("amount"))).as("amount_30d"),
                        sum("amount").as("amount_90d"),
                        count_if(col("is_new").and(month)).as("new_30d"),
                        count_if(col("is_new")).as("new_90d"),
                        min("bought_on").as("first_sale_on"))
                .groupBy("koc_id")
                .agg(
                        count(lit(1)).as("attributed_buyers_90d"),
                        coalesce(sum("amount_30d"), lit(0)).cast(MONEY).as("net_sales_30d"),
                        sum("amount_90d").cast(MONEY).as("net_sales_90d"),
                        count_if(col("new_30d").gt(0)).as("new_customers_30d"),
                        count_if(col("new_90d").gt(0)).as("new_customers_90d"),
                        min("first_sale_on").as("first_credit_on"));
    }

    /**
     * Arrival x day x user x product grain -> person x topic grain: what people share of each topic and use of it.
     *
     * @param products product_id, category (cut); a topic is a category
     * @return koc_id, topic, shared (product shares of 90 days), used (of these, of products it bought and kept),
     *     products_used, reviews and rating_sum (of 365 days)
     */
    static Dataset<Row> topics(Dataset<Row> productDays, Dataset<Row> products, Dataset<Row> people, LocalDate day) {
        Column year = within(365, day);
        return productDays
                .where(col("day").leq(lit(day)))
                .withColumnRenamed("user_id", "koc_id")
                .join(people.select("koc_id"), KOC, "left_semi")
                .groupBy("koc_id", "product_id")
                .agg(
                        sum(KeptPurchases.units()).as("kept_units"),
                        total(within(90, day), "shares").as("shares"),
                        total(year, "reviews").as("reviews"),
                        total(year, "rating_sum").as("rating_sum"))
                .join(products, new String[] {"product_id"}, "left")
                .groupBy(col("koc_id"), CategoryPath.orNone(col("category")).as("topic"))
                .agg(
                        sum("shares").as("shared"),
                        sum(when(col("kept_units").gt(0), col("shares")).otherwise(0L))
                                .as("used"),
                        count_if(col("kept_units").gt(0)).as("products_used"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"));
    }

    /**
     * Person x topic grain -> person grain: what it uses of what it shares, what it says of it, and on how many topics.
     *
     * @param topics as {@link #topics} returns them
     * @return koc_id, product_shares_90d, used_shares_90d (of products it bought and kept), products_used, own_reviews,
     *     own_rating_sum, topics, topic_weight (sum of n ln n over topics with n shares), top_topic, top_topic_shares,
     *     all_topics (that the catalogue has)
     */
    static Dataset<Row> ownUse(Dataset<Row> topics, Dataset<Row> products) {
        Column shared = col("shared").cast("double");
        return topics.groupBy("koc_id")
                .agg(
                        sum("shared").as("product_shares_90d"),
                        sum("used").as("used_shares_90d"),
                        sum("products_used").as("products_used"),
                        sum("reviews").as("own_reviews"),
                        sum("rating_sum").as("own_rating_sum"),
                        count_if(col("shared").gt(0)).as("topics"),
                        ExactSums.preciseSum(when(col("shared").gt(0), shared.multiply(ln(shared))))
                                .as("topic_weight"),
                        max_by(col("topic"), struct(col("shared"), col("topic")))
                                .as("top_topic"),
                        max("shared").as("top_topic_shares"))
                .crossJoin(
                        broadcast(products.agg(count_distinct(col("category")).as("all_topics"))));
    }

    /**
     * Content x sharer grain -> person grain over 90 days: content_shares_90d (that name their content) and
     * original_shares_90d (of content that nobody shared before it).
     *
     * @param sharing as {@link Contents#sharing} returns it
     */
    static Dataset<Row> originality(Dataset<Row> sharing) {
        return sharing.where("shares_90d > 0")
                .groupBy("koc_id")
                .agg(
                        sum("shares_90d").as("content_shares_90d"),
                        total(col("is_author"), "shares_90d").as("original_shares_90d"));
    }

    /** Tie grain -> guide grain: what the members of a guide's pool bought and said in 90 days. */
    static Dataset<Row> poolVoices(Dataset<Row> ties, Dataset<Row> people, Dataset<Row> histories) {
        return ties.select("koc_id", "user_id")
                .join(people.where(KocType.GUIDE.is(col("koc_type"))).select("koc_id"), KOC, "left_semi")
                .join(
                        histories
                                .where("purchase_lines_90d > 0 OR reviews_90d > 0 OR complaints_90d > 0")
                                .select(
                                        "user_id",
                                        "purchase_lines_90d",
                                        "reviews_90d",
                                        "rating_sum_90d",
                                        "complaints_90d"),
                        new String[] {"user_id"},
                        "inner")
                .groupBy("koc_id")
                .agg(
                        sum("purchase_lines_90d").as("pool_lines"),
                        sum("reviews_90d").as("pool_reviews"),
                        sum("rating_sum_90d").as("pool_rating_sum"),
                        sum("complaints_90d").as("pool_complaints"));
    }

    /** KOC x flag grain -> KOC grain: flags (structs of severity, flag, evidence; the worst first). */
    static Dataset<Row> flags(Dataset<Row> flags) {
        // As many as there are kinds of flags: a handful.
        return flags.groupBy("koc_id")
                .agg(sort_array(
                                collect_list(struct(
                                        col("severity"),
                                        col("flag").as("name"),
                                        col("evidence").as("evidence"))),
                                false)
                        .as("flags"));
    }

    /**
     * One row per person with everything that is known; a sum of nothing is 0, what was never measured is null.
     *
     * @param people as {@link #people} returns them
     * @param evidence each one row a koc_id at most
     */
    static Dataset<Row> joined(Dataset<Row> people, List<Dataset<Row>> evidence) {
        Dataset<Row> facts = people;
        for (Dataset<Row> rows : evidence) {
            facts = facts.join(rows, KOC, "left");
        }
        return facts.na()
                .fill(0L, COUNTS)
                .na()
                .fill(0.0, new String[] {"topic_weight"})
                .withColumn("net_sales_30d", coalesce(col("net_sales_30d"), lit(0).cast(MONEY)))
                .withColumn("net_sales_90d", coalesce(col("net_sales_90d"), lit(0).cast(MONEY)));
    }

    private static final String[] COUNTS = {
        "purchase_days_365d",
        "active_days_30d",
        "active_days_90d",
        "days_above_cap",
        "posting_days_90d",
        "group_shares_90d",
        "answered_inquiries_90d",
        "replies_90d",
        "courses_365d",
        "responses_90d",
        "inquiries_90d",
        "muted_or_left_90d",
        "left_90d",
        "attributed_buyers_90d",
        "new_customers_30d",
        "new_customers_90d",
        "product_shares_90d",
        "used_shares_90d",
        "content_shares_90d",
        "original_shares_90d",
        "products_used",
        "own_reviews",
        "own_rating_sum",
        "own_complaints",
        "topics",
        "top_topic_shares",
        "pool_lines",
        "pool_reviews",
        "pool_rating_sum",
        "pool_complaints"
    };

    /** The words a profile shows: koc_id, nickname, avatar_url, greeting. */
    static Dataset<Row> profiles(Dataset<Row> users) {
        return users.select(col("user_id").as("koc_id"), col("nickname"), col("avatar_url"), col("greeting"));
    }

    /** The influence of a KOC on its whole pool. */
    static Dataset<Row> influences(Dataset<Row> influences) {
        return influences
                .where("portrait_id = '*'")
                .select("koc_id", "naive_lift", "influence_lift", "influence_low", "influence_high");
    }

    private static Column within(int days, LocalDate day) {
        return DayWindow.includes(col("day"), day, days);
    }

    private static Column total(Column condition, String count) {
        return sum(when(condition, col(count)).otherwise(0L));
    }
}
