package koc.kocs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koc.kocs.KocSettings;
import koc.kocs.features.KocCandidates;
import koc.kocs.features.SharingActivity;
import koc.kocs.score.FrequencyCap.Losses;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The frequency caps of all types of KOCs, as columns over rows with koc_type.
 *
 * @param byType the cap of each koc_type; empty if no mute or leave is recorded, so that nothing can be learned
 */
public record FrequencyCaps(Map<String, FrequencyCap> byType) {
    public static final FrequencyCaps NOT_LEARNED = new FrequencyCaps(Map.of());

    /**
     * Learns the caps from mutes and leaves.
     *
     * @param dailyActivity {@link SharingActivity#DAILY}
     * @param candidates {@link KocCandidates#CANDIDATES}
     */
    public static FrequencyCaps learn(
            Dataset<Row> dailyActivity, Dataset<Row> candidates, KocSettings.FrequencyCapSettings settings) {
        // At most MAX_POSTS rows for each of four types.
        Map<String, List<Losses>> losses =
                countLosses(dailyActivity, candidates, settings.laterDays()).collectAsList().stream()
                        .collect(Collectors.groupingBy(
                                row -> row.<String>getAs("koc_type"),
                                TreeMap::new,
                                Collectors.mapping(
                                        row -> new Losses(
                                                (int) row.<Long>getAs("posts").longValue(),
                                                row.<Long>getAs("member_days"),
                                                row.<Long>getAs("losses")),
                                        Collectors.toList())));
        return new FrequencyCaps(FrequencyCap.learn(losses, settings.maxLossRatio(), settings.shrinkage()));
    }

    /**
     * Person x day grain -> one row per koc_type and number of posts a day.
     *
     * @param laterDays days after a day with posts whose mutes and leaves count against it
     * @return koc_type, posts, member_days, losses
     */
    public static Dataset<Row> countLosses(Dataset<Row> dailyActivity, Dataset<Row> candidates, int laterDays) {
        Column laterLosses = sum(size(col("lost_users")))
                .over(Window.partitionBy("koc_id")
                        .orderBy(unix_date(col("day")))
                        .rangeBetween(0, laterDays));
        Column posts =
                when(col("posts").lt(FrequencyCap.MAX_POSTS), col("posts")).otherwise((long) FrequencyCap.MAX_POSTS);
        return dailyActivity
                .join(candidates.select("koc_id", "koc_type", "pool_size"), new String[] {"koc_id"}, "inner")
                .withColumn("later_losses", laterLosses)
                .where("posts > 0 AND pool_size > 0")
                .groupBy(col("koc_type"), posts.as("posts"))
                .agg(sum("pool_size").as("member_days"), sum("later_losses").as("losses"));
    }

    /** The cap of the row's koc_type as an INT; null if none was learned. */
    public Column postsPerDay() {
        Column cap = lit(null).cast("int");
        for (Map.Entry<String, FrequencyCap> entry : byType.entrySet()) {
            cap = when(isType(entry), entry.getValue().postsPerDay()).otherwise(cap);
        }
        return cap;
    }

    /** The loss ratio above the cap of the row's koc_type; null without a limit. */
    public Column lossRatio() {
        Column ratio = lit(null).cast("double");
        for (Map.Entry<String, FrequencyCap> entry : byType.entrySet()) {
            if (!entry.getValue().equals(FrequencyCap.NO_LIMIT)) {
                ratio = when(isType(entry), entry.getValue().lossRatio()).otherwise(ratio);
            }
        }
        return ratio;
    }

    /** Whether a number of posts on one day is above the cap of the row's koc_type; false without a limit. */
    public Column isExceededBy(Column posts) {
        Column isExceeded = lit(false);
        for (Map.Entry<String, FrequencyCap> entry : byType.entrySet()) {
            if (!entry.getValue().equals(FrequencyCap.NO_LIMIT)) {
                isExceeded = when(isType(entry), posts.gt(entry.getValue().postsPerDay()))
                        .otherwise(isExceeded);
            }
        }
        return isExceeded;
    }

    private static Column isType(Map.Entry<String, FrequencyCap> entry) {
        return col("koc_type").equalTo(entry.getKey());
    }
}
