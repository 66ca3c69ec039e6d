package koc.table;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The one rule by which a tie is open wherever pools are told: from since (always, when null) to until (for good, when
 * null), both days included, and not from the day on which the user left; nobody is in its own pool.
 */
public final class OpenTies {
    /** Stands for "always" and "for good". */
    private static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1);

    private static final LocalDate FOR_GOOD = LocalDate.of(9999, 12, 31);

    private OpenTies() {}

    /** Whether a tie was ever recorded up to the day; where none was, pools are those who came through somebody's shares. */
    public static boolean areRecorded(Tables tables, LocalDate day) {
        return !tables.readUpTo(CleanTables.TIES, day).isEmpty();
    }

    /** The pools of one day, from recorded ties or, where there are none, inferred: KOC x user grain. */
    public static Dataset<Row> pools(Tables tables, LocalDate day) {
        Dataset<Row> events = tables.readUpTo(CleanTables.EVENTS, day);
        return poolsOn(
                areRecorded(tables, day)
                        ? spans(withLeaves(tables.readLatest(CleanTables.TIES, day), events))
                        : inferredSpans(events, day),
                day);
    }

    /** The pools of one day: KOC x user grain, of the ties over time that are open on it. */
    public static Dataset<Row> poolsOn(Dataset<Row> spans, LocalDate day) {
        return spans.where(isOpenOn(lit(day))).select("koc_id", "user_id");
    }

    /**
     * Recorded ties -> the same, with until as the leaves have it: who leaves a KOC after a tie began was in it up to the day
     * before, whatever until says, and comes back by a later tie. A leave that names a group ends the ties of that group and
     * those that name none; one that names no group ends them all.
     *
     * @param ties ties as of a day
     * @param events events up to that day; those of type leave that name the KOC count
     */
    public static Dataset<Row> withLeaves(Dataset<Row> ties, Dataset<Row> events) {
        // As often as one user leaves one KOC: hardly ever more than once.
        Dataset<Row> left = events.where("event_type = 'leave' AND sharer_id IS NOT NULL")
                .groupBy(col("sharer_id").as("koc_id"), col("user_id"))
                .agg(collect_list(struct(col("group_id"), col("day"))).as("leaves"));
        Column ended = array_min(transform(
                filter(col("leaves"), leave -> leave.getField("day")
                        .geq(coalesce(col("since"), lit(ALWAYS)))
                        .and(coalesce(leave.getField("group_id").equalTo(col("group_id")), lit(true)))),
                leave -> date_sub(leave.getField("day"), 1)));
        return ties.join(left, new String[] {"koc_id", "user_id"}, "left")
                .withColumn("until", least(col("until"), ended))
                .drop("leaves");
    }

    /**
     * Ties -> KOC x user grain: tie_types, since and until over all kinds together, never null, and the scene of the first
     * tie, null where none is recorded. In between it counts as open.
     *
     * @param ties as {@link #withLeaves} returns them
     */
    public static Dataset<Row> spans(Dataset<Row> ties) {
        Column since = coalesce(col("since"), lit(ALWAYS));
        return ties.where(col("koc_id").notEqual(col("user_id")))
                .groupBy("koc_id", "user_id")
                .agg(
                        array_join(array_sort(collect_set(col("tie_type"))), ";")
                                .as("tie_types"),
                        min(since).as("since"),
                        max(coalesce(col("until"), lit(FOR_GOOD))).as("until"),
                        min(struct(since, col("scene"))).getField("scene").as("scene"))
                .withColumn("is_inferred", lit(false));
    }

    /**
     * The same where no ties are recorded: from the first event that names the KOC as sharer, to the day before the leave
     * unless there was a later one.
     *
     * @param events all events up to the day
     */
    public static Dataset<Row> inferredSpans(Dataset<Row> events, LocalDate day) {
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
                        max(when(isLeaving, col("day"))).as("left_on"),
                        min(when(isLeaving, lit(null)).otherwise(col("day"))).as("first_day"))
                .where("came IS NOT NULL")
                .select(
                        col("koc_id"),
                        col("user_id"),
                        lit("inferred").as("tie_types"),
                        col("first_day").as("since"),
                        when(col("left").gt(col("came")), date_sub(col("left_on"), 1))
                                .otherwise(lit(FOR_GOOD))
                                .as("until"),
                        lit(null).cast("string").as("scene"),
                        lit(true).as("is_inferred"));
    }

    /**
     * The spans less the first day of those that were inferred: who came by a share was not there for it, and counted as
     * reached would make every sharer look influential.
     */
    public static Dataset<Row> afterFirstContact(Dataset<Row> spans) {
        return spans.withColumn(
                "since", when(col("is_inferred"), date_add(col("since"), 1)).otherwise(col("since")));
    }

    /** Whether a tie as {@link #spans} gives it is open on the day in this column. */
    public static Column isOpenOn(Column day) {
        return col("since").leq(day).and(col("until").geq(day));
    }

    /** When the tie began, null for one that always was. */
    public static Column begun() {
        return when(col("since").gt(lit(ALWAYS)), col("since"));
    }
}
