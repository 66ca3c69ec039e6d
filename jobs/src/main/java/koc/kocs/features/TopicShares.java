package koc.kocs.features;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.kocs.ConditionalSums;
import koc.rules.CategoryPath;
import koc.rules.DayWindow;
import koc.rules.ProductUse;
import koc.spark.ExactSums;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts the products that a person shares, on how many topics, and whether they use and approve these products. A
 * topic is a category.
 */
public final class TopicShares {
    /** Product shares and use by topic. */
    public static final Frame BY_TOPIC =
            Frame.named("topic_shares").grain("one row per person and topic").columns("""
                    koc_id         STRING NOT NULL COMMENT 'User id',
                    topic          STRING NOT NULL COMMENT 'Category; (none) for products without one',
                    shares         BIGINT NOT NULL COMMENT 'Product shares of 90 days',
                    used_shares    BIGINT NOT NULL COMMENT 'Of these, shares of products the person uses and approves',
                    reviews        BIGINT NOT NULL COMMENT 'Reviews of 365 days',
                    rating_sum     BIGINT NOT NULL COMMENT 'Sum of the stars of these reviews'""");

    private TopicShares() {}

    /**
     * Arrival x day x user x product grain -> {@link #BY_TOPIC}.
     *
     * @param userProductDays user_product_days of all arrivals up to the day
     * @param products product_id and category
     * @param productUse {@link ProductUse#PRODUCT_USE}
     * @param candidates {@link KocCandidates#CANDIDATES}
     */
    public static Dataset<Row> countByTopic(
            Dataset<Row> userProductDays,
            Dataset<Row> products,
            Dataset<Row> productUse,
            Dataset<Row> candidates,
            LocalDate day) {
        Dataset<Row> approved = productUse
                .where("is_approved")
                .select(
                        col("user_id").as("koc_id"),
                        col("product_id"),
                        lit(true).as("is_approved"));
        Column isLast90Days = DayWindow.includes(col("day"), day, 90);
        Column isLast365Days = DayWindow.includes(col("day"), day, 365);
        return userProductDays
                .where(col("day").leq(lit(day)))
                .withColumnRenamed("user_id", "koc_id")
                .join(candidates.select("koc_id"), new String[] {"koc_id"}, "left_semi")
                .groupBy("koc_id", "product_id")
                .agg(
                        ConditionalSums.sumWhere(isLast90Days, "shares").as("shares"),
                        ConditionalSums.sumWhere(isLast365Days, "reviews").as("reviews"),
                        ConditionalSums.sumWhere(isLast365Days, "rating_sum").as("rating_sum"))
                .join(approved, new String[] {"koc_id", "product_id"}, "left")
                .join(products, new String[] {"product_id"}, "left")
                .groupBy(col("koc_id"), CategoryPath.orNone(col("category")).as("topic"))
                .agg(
                        sum("shares").as("shares"),
                        ConditionalSums.sumWhere(col("is_approved"), "shares").as("used_shares"),
                        sum("reviews").as("reviews"),
                        sum("rating_sum").as("rating_sum"));
    }

    /**
     * {@link #BY_TOPIC} -> one row per person.
     *
     * @return koc_id, product_shares_90d, used_shares_90d, own_reviews, own_rating_sum, topics,
     *     sum_n_log_n (the sum of n ln n over topics with n shares), top_topic, top_topic_shares, all_topics (of the
     *     catalogue)
     */
    public static Dataset<Row> summarize(Dataset<Row> byTopic, Dataset<Row> products) {
        Column shares = col("shares").cast("double");
        return byTopic.groupBy("koc_id")
                .agg(
                        sum("shares").as("product_shares_90d"),
                        sum("used_shares").as("used_shares_90d"),
                        sum("reviews").as("own_reviews"),
                        sum("rating_sum").as("own_rating_sum"),
                        count_if(col("shares").gt(0)).as("topics"),
                        ExactSums.preciseSum(when(col("shares").gt(0), shares.multiply(ln(shares))))
                                .as("sum_n_log_n"),
                        max_by(col("topic"), struct(col("shares"), col("topic")))
                                .as("top_topic"),
                        max("shares").as("top_topic_shares"))
                .crossJoin(
                        broadcast(products.agg(count_distinct(col("category")).as("all_topics"))));
    }
}
