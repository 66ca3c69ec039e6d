package koc.portraits.assign;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.portraits.names.PortraitNames.Evidence;
import koc.spark.ExactSums;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects what distinguishes each portrait: spend, orders, tags and categories of its users. */
public final class PortraitEvidence {
    private static final String[] USER = {"user_id"};
    /** Number of tags compared, the most frequent first. Others are too rare to distinguish a portrait. */
    private static final int MAX_TAGS = 500;

    private PortraitEvidence() {}

    /**
     * User grain -> one evidence per portrait, newcomers left out. The result is as large as portraits x categories.
     *
     * @param assignments {@link PortraitAssignment#ASSIGNMENTS} of the run date
     * @param features user_features as of the run date
     * @param categories user_categories as of the run date
     * @param products attention to products as of the run date: user_id, word (the title) and weight
     * @param tags user_tags of the run date
     */
    public static List<Evidence> collect(
            Dataset<Row> assignments,
            Dataset<Row> features,
            Dataset<Row> categories,
            Dataset<Row> products,
            Dataset<Row> tags) {
        Dataset<Row> members = assignments
                .where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                .select("user_id", "portrait_id");
        Map<String, Map<String, Double>> attention = byPortrait(members.join(categories, USER, "inner")
                .groupBy(col("portrait_id"), col("category").as("word"))
                .agg(ExactSums.sum(col("weight")).as("count")));
        Map<String, Map<String, Double>> bought = byPortrait(members.join(products, USER, "inner")
                .groupBy("portrait_id", "word")
                .agg(ExactSums.sum(col("weight")).as("count")));
        Map<String, Map<String, Double>> tagged = byPortrait(members.join(tags, USER, "inner")
                .join(broadcast(frequentTags(tags)), new String[] {"tag"}, "left_semi")
                .groupBy(col("portrait_id"), col("tag").as("word"))
                .agg(count(lit(1)).cast("double").as("count")));
        return members
                .join(features, USER, "inner")
                .groupBy("portrait_id")
                .agg(
                        count(lit(1)).as("users"),
                        sum("net_spend_365d").cast("double").as("net_spend"),
                        sum("orders_365d").cast("double").as("orders"),
                        coalesce(max("history_days"), lit(365)).as("days"))
                .orderBy("portrait_id")
                .collectAsList()
                .stream()
                .map(row -> new Evidence(
                        row.getString(0),
                        row.getLong(1),
                        row.getDouble(2) / row.getLong(1),
                        row.getDouble(3) / row.getLong(1),
                        row.getInt(4),
                        tagged.getOrDefault(row.getString(0), Map.of()),
                        attention.getOrDefault(row.getString(0), Map.of()),
                        bought.getOrDefault(row.getString(0), Map.of())))
                .toList();
    }

    private static Dataset<Row> frequentTags(Dataset<Row> tags) {
        return tags.where("tag NOT LIKE 'category:%'")
                .groupBy("tag")
                .count()
                .orderBy(col("count").desc(), col("tag"))
                .limit(MAX_TAGS)
                .select("tag");
    }

    private static Map<String, Map<String, Double>> byPortrait(Dataset<Row> words) {
        Map<String, Map<String, Double>> counts = new HashMap<>();
        words.collectAsList().forEach(row -> counts.computeIfAbsent(row.getString(0), any -> new HashMap<>())
                .put(row.getString(1), row.getDouble(2)));
        return counts;
    }
}
