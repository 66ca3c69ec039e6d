package koc.rules;

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
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which ties are open on a day, and so who is in which pool (私域流量池).
 *
 * <p>A tie is open from since to until, both days included; no since means always, no until means for good. A leave
 * closes it from its day on. Nobody is in their own pool.
 */
public final class OpenTies {
    /** The since of a tie that was always there. */
    private static final LocalDate ALWAYS = LocalDate.of(1900, 1, 1);

    /** The until of a tie that has no end. */
    private static final LocalDate FOR_GOOD = LocalDate.of(9999, 12, 31);

    private OpenTies() {}

    /**
     * Whether any tie was recorded up to the day. Without one, pools are inferred from events ({@link #inferSpans}).
     */
    public static boolean areRecorded(Warehouse tables, LocalDate day) {
        return !tables.readUpTo(CleanTables.TIES, day).isEmpty();
    }

    /**
     * The pools of one day, from recorded ties or, without any, inferred. One row per KOC and user: koc_id, user_id.
     */
    public static Dataset<Row> computePools(Warehouse tables, LocalDate day) {
        Dataset<Row> events = tables.readUpTo(CleanTables.EVENTS, day);
        return selectPools(
                areRecorded(tables, day)
                        ? computeSpans(withLeaves(tables.readLatest(CleanTables.TIES, day), events))
                        : inferSpans(events, day),
                day);
    }

    /**
     * The pools of one day: koc_id, user_id of the spans that are open on it.
     *
     * @param spans as {@link #computeSpans} or {@link #inferSpans} returns them
     */
    public static Dataset<Row> selectPools(Dataset<Row> spans, LocalDate day) {
        return spans.where(isOpenOn(lit(day))).select("koc_id", "user_id");
    }

    /**
     * Recorded ties -> the same ties, with until no later than the day before the user left. A tie that began after the
     * leave is not touched by it: so users come back. A leave that names a group ends the ties of that group and those
     * that name none; a leave that names no group ends them all.
     *
     * @param ties ties as of a day
     * @param events events up to that day; those of type leave that name the KOC count
     */
    public static Dataset<Row> withLeaves(Dataset<Row> ties, Dataset<Row> events) {
        // The list stays short: a user hardly ever leaves the same KOC twice.
        Dataset<Row> left = events.where(
                        EventTypes.isLeave().and(col("sharer_id").isNotNull()))
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
     * Ties -> one row per KOC and user: tie_types (joined by ;), since and until over all their ties, never null, and
     * the scene of the first tie, null when none is recorded. Gaps between two ties count as open.
     *
     * @param ties as {@link #withLeaves} returns them
     */
    public static Dataset<Row> computeSpans(Dataset<Row> ties) {
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
     * The same columns when no ties are recorded. A span begins with the first event that names the KOC as sharer, and
     * ends the day before the user's leave, unless another such event came later.
     *
     * @param events all events up to the day
     */
    public static Dataset<Row> inferSpans(Dataset<Row> events, LocalDate day) {
        Column isLeaving = EventTypes.isLeave();
        return events.where(col("day").leq(lit(day)).and(EventTypes.isCausedByAnother()))
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
     * The same spans, with inferred ones beginning a day later. A user who came through a share was not in the pool
     * when it was shared; counted as reached, such users would make every sharer look influential.
     */
    public static Dataset<Row> startAfterFirstContact(Dataset<Row> spans) {
        return spans.withColumn(
                "since", when(col("is_inferred"), date_add(col("since"), 1)).otherwise(col("since")));
    }

    /** Whether a span ({@link #computeSpans}) is open on the day in this column. */
    public static Column isOpenOn(Column day) {
        return col("since").leq(day).and(col("until").geq(day));
    }

    /**
     * Whether a recorded tie was open on any day from first to last. Unlike spans, recorded ties may have no since and
     * no until.
     */
    public static Column wasOpenBetween(LocalDate first, LocalDate last) {
        return coalesce(col("since").leq(lit(last)), lit(true))
                .and(coalesce(col("until").geq(lit(first)), lit(true)));
    }

    /** Whether a recorded tie ended before the day; never null. */
    public static Column hasEndedBefore(LocalDate day) {
        return coalesce(col("until").lt(lit(day)), lit(false));
    }

    /** When a span began; null for one that was always there. */
    public static Column startedOn() {
        return when(col("since").gt(lit(ALWAYS)), col("since"));
    }
}
