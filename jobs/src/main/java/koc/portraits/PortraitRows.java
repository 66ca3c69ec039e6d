package koc.portraits;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.portraits.PortraitNames.Evidence;
import koc.spark.ExactSums;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows that describe portraits and place users in them. */
final class PortraitRows {
    private static final String[] USER = {"user_id"};
    /** Tags beyond this many, the rarest, are too rare to set a portrait apart. */
    private static final int MAX_TAGS = 500;

    private PortraitRows() {}

    /**
     * What sets each portrait apart, newcomers left out; as large as portraits x categories.
     *
     * @param assigned user_id, portrait_id
     * @param features user_features as of the run date
     * @param categories user_categories as of the run date
     * @param tags user_tags of the run date
     */
    static List<Evidence> evidence(
            Dataset<Row> assigned, Dataset<Row> features, Dataset<Row> categories, Dataset<Row> tags) {
        Dataset<Row> settled = assigned.where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                .select("user_id", "portrait_id");
        Map<String, Map<String, Double>> attention = counts(settled.join(categories, USER, "inner")
                .groupBy(col("portrait_id"), col("category").as("word"))
                .agg(ExactSums.sum(col("weight")).as("count")));
        Dataset<Row> frequent = tags.where("tag NOT LIKE 'category:%'")
                .groupBy("tag")
                .count()
                .orderBy(col("count").desc(), col("tag"))
                .limit(MAX_TAGS)
                .select("tag");
        Map<String, Map<String, Double>> tagged = counts(settled.join(tags, USER, "inner")
                .join(broadcast(frequent), new String[] {"tag"}, "left_semi")
                .groupBy(col("portrait_id"), col("tag").as("word"))
                .agg(count(lit(1)).cast("double").as("count")));
        return settled
                .join(features, USER, "inner")
                .groupBy("portrait_id")
                .agg(
                        count(lit(1)).as("users"),
                        sum("net_spend_365d").cast("double").as("net_spend"),
                        sum("orders_365d").cast("double").as("orders"))
                .orderBy("portrait_id")
                .collectAsList()
                .stream()
                .map(row -> new Evidence(
                        row.getString(0),
                        row.getLong(1),
                        row.getDouble(2) / row.getLong(1),
                        row.getDouble(3) / row.getLong(1),
                        tagged.getOrDefault(row.getString(0), Map.of()),
                        attention.getOrDefault(row.getString(0), Map.of())))
                .toList();
    }

    /**
     * User grain -> portrait grain: users and what they are worth.
     *
     * @param described portrait_id, name, summary, top_categories, top_tags, stability, change, kept_share, spread
     */
    static Dataset<Row> portraits(
            Dataset<Row> assigned, Dataset<Row> features, Dataset<Row> described, LocalDate day, long users) {
        Dataset<Row> sums = assigned.join(features, USER, "inner")
                .groupBy("portrait_id")
                .agg(
                        count(lit(1)).as("users"),
                        avg("net_spend_90d").cast("decimal(18,2)").as("net_spend_90d"),
                        avg("orders_90d").as("orders_90d"),
                        avg(when(col("shares_90d").gt(0), 1).otherwise(0)).as("sharer_rate"));
        return described
                .join(sums, new String[] {"portrait_id"}, "left")
                .select(
                        lit(day).as("day"),
                        col("portrait_id"),
                        col("name"),
                        coalesce(col("users"), lit(0L)).as("users"),
                        coalesce(col("users"), lit(0L))
                                .cast("double")
                                .divide(Math.max(1, users))
                                .as("user_fraction"),
                        col("summary"),
                        col("top_categories"),
                        col("top_tags"),
                        coalesce(col("net_spend_90d"), lit(0).cast("decimal(18,2)"))
                                .as("net_spend_90d"),
                        round(coalesce(col("orders_90d"), lit(0.0)), 6).as("orders_90d"),
                        round(coalesce(col("sharer_rate"), lit(0.0)), 6).as("sharer_rate"),
                        col("stability"),
                        col("change"),
                        col("kept_share"),
                        col("spread"));
    }

    /**
     * User grain -> user grain with names and the time in the portrait.
     *
     * @param names portrait_id, name
     * @param previous user_portraits of the previous day
     */
    static Dataset<Row> userPortraits(Dataset<Row> assigned, Dataset<Row> names, Dataset<Row> previous, LocalDate day) {
        Dataset<Row> before = previous.select(
                col("user_id"),
                col("portrait_id").as("before_id"),
                col("since").as("before_since"),
                col("previous_portrait_id").as("before_previous"));
        return assigned.join(broadcast(names), new String[] {"portrait_id"}, "inner")
                .join(before, USER, "left")
                .select(
                        lit(day).as("day"),
                        col("user_id"),
                        col("portrait_id"),
                        col("name").as("portrait_name"),
                        col("confidence"),
                        when(col("before_id").equalTo(col("portrait_id")), col("before_since"))
                                .otherwise(lit(day))
                                .as("since"),
                        when(col("before_id").equalTo(col("portrait_id")), col("before_previous"))
                                .otherwise(col("before_id"))
                                .as("previous_portrait_id"));
    }

    private static Map<String, Map<String, Double>> counts(Dataset<Row> words) {
        Map<String, Map<String, Double>> counts = new HashMap<>();
        words.collectAsList().forEach(row -> counts.computeIfAbsent(row.getString(0), any -> new HashMap<>())
                .put(row.getString(1), row.getDouble(2)));
        return counts;
    }
}
