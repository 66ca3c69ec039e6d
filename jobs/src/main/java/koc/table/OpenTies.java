package koc.table;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The one rule by which a tie is open wherever pools are told: from since (always, when null) to until (for good, when
 * null), both days included; nobody is in its own pool.
 */
public final class OpenTies {
    /** Stands for "always" and "for good". */
    private static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1);

    private static final LocalDate FOR_GOOD = LocalDate.of(9999, 12, 31);

    private OpenTies() {}

    /** The pools of one day: one row per KOC and member with a tie of any kind that is open on it. */
    public static Dataset<Row> on(Dataset<Row> ties, LocalDate day) {
        Column begun = coalesce(col("since").leq(lit(day)), lit(true));
        Column lasting = coalesce(col("until").geq(lit(day)), lit(true));
        return ties.where(begun.and(lasting).and(col("koc_id").notEqual(col("user_id"))))
                .select("koc_id", "user_id")
                .distinct();
    }

    /**
     * The pools where no ties are recorded: one row per KOC and user with an event that names the KOC as sharer, unless
     * the user left after the last of them.
     *
     * @param events all events up to the day
     */
    public static Dataset<Row> inferred(Dataset<Row> events, LocalDate day) {
        return contacts(events, day)
                .where("came IS NOT NULL AND (left IS NULL OR came > left)")
                .select("koc_id", "user_id");
    }

    /**
     * Recorded ties over time -> KOC x user grain: tie_types, and since and until over all kinds together, never null.
     * A user who left after the tie began, and has not come back by a later tie, ended it that day, whatever until says.
     *
     * @param ties ties as of a day
     * @param leaves events of type leave up to that day
     */
    public static Dataset<Row> spans(Dataset<Row> ties, Dataset<Row> leaves) {
        Dataset<Row> left = leaves.where("sharer_id IS NOT NULL")
                .groupBy(col("sharer_id").as("koc_id"), col("user_id"))
                .agg(max("day").as("left_on"));
        return ties.where(col("koc_id").notEqual(col("user_id")))
                .groupBy("koc_id", "user_id")
                .agg(
                        array_join(array_sort(collect_set(col("tie_type"))), ";")
                                .as("tie_types"),
                        min(coalesce(col("since"), lit(ALWAYS))).as("since"),
                        max(coalesce(col("since"), lit(ALWAYS))).as("last_since"),
                        max(coalesce(col("until"), lit(FOR_GOOD))).as("until"))
                .join(left, new String[] {"koc_id", "user_id"}, "left")
                .withColumn(
                        "until",
                        when(col("left_on").geq(col("last_since")), least(col("left_on"), col("until")))
                                .otherwise(col("until")))
                .select(
                        col("koc_id"),
                        col("user_id"),
                        col("tie_types"),
                        col("since"),
                        col("until"),
                        lit(false).as("is_inferred"));
    }

    /** The same where no ties are recorded: from the first event that names the KOC as sharer to the leave, if one. */
    public static Dataset<Row> inferredSpans(Dataset<Row> events, LocalDate day) {
        return contacts(events, day)
                .where("came IS NOT NULL")
                .select(
                        col("koc_id"),
                        col("user_id"),
                        lit("inferred").as("tie_types"),
                        col("first_day").as("since"),
                        when(col("left").gt(col("came")), col("left_day"))
                                .otherwise(lit(FOR_GOOD))
                                .as("until"),
                        lit(true).as("is_inferred"));
    }

    /** Whether a tie as {@link #spans} gives it is open on the day in this column. */
    public static Column isOpenOn(Column day) {
        return col("since").leq(day).and(col("until").geq(day));
    }

    /** When the tie began, null for one that always was. */
    public static Column begun() {
        return when(col("since").gt(lit(ALWAYS)), col("since"));
    }

    private static Dataset<Row> contacts(Dataset<Row> events, LocalDate day) {
        Column isLeaving = col("event_type").equalTo("leave");
        return events.where(col("day")
                        .leq(lit(day))
                        .and(col("sharer_id").isNotNull())
                        .and(col("sharer_id").notEqual(col("user_id"))))
                .groupBy(col("sharer_id").as("koc_id"), col("user_id"))
                .agg(
                        max(when(isLeaving, lit(null)).otherwise(col("occurred_at")))
                                .as("came"),
                        max(when(isLeaving, col("occurred_at"))).as("left"),
                        max(when(isLeaving, col("day"))).as("left_day"),
                        min(when(isLeaving, lit(null)).otherwise(col("day"))).as("first_day"));
    }
}
