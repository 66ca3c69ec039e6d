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
import koc.tables.Frame;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Decides which ties are open on a day, and so who is in which traffic pool (私域流量池).
 *
 * <p>A tie is open from since to until, both days included. Without since it has always been open, and without until it
 * stays open. A leave event closes it from that day on. A KOC is never a member of their own pool.
 */
public final class OpenTies {
    /** Replaces a missing since. */
    private static final LocalDate BEGINNING_OF_TIME = LocalDate.of(1900, 1, 1);

    /** Replaces a missing until. */
    private static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);

    /** The time during which a user is in the pool of a KOC. */
    public static final Frame TIE_SPANS = Frame.named("tie_spans")
            .grain("one row per KOC and user of their pool")
            .columns("""
                    koc_id      STRING  NOT NULL COMMENT 'Owner of the pool',
                    user_id     STRING  NOT NULL COMMENT 'Member of the pool',
                    tie_types   STRING  NOT NULL COMMENT 'Types of their ties, joined by ;. Inferred ties have the type inferred',
                    since       DATE    NOT NULL COMMENT 'First day; 1900-01-01 if it is not recorded',
                    until       DATE    NOT NULL COMMENT 'Last day; 9999-12-31 while the tie is open',
                    scene       STRING  COMMENT 'Scene of the first tie, if recorded',
                    is_inferred BOOLEAN NOT NULL COMMENT 'Whether the tie was inferred from events'""");

    /** The members of the pools on one day. */
    public static final Frame POOLS = Frame.named("pools")
            .grain("one row per KOC and member of their pool")
            .columns("""
                    koc_id  STRING NOT NULL COMMENT 'Owner of the pool',
                    user_id STRING NOT NULL COMMENT 'Member of the pool'""");

    private OpenTies() {}

    /**
     * Whether any tie was recorded up to the day. If not, pools are inferred from events ({@link #inferSpans}).
     */
    public static boolean areRecorded(Warehouse warehouse, LocalDate day) {
        return !warehouse.readUpTo(CleanTables.TIES, day).isEmpty();
    }

    /**
     * The {@link #POOLS} of one day, from recorded ties or, if there are none, inferred from events. Their owners are
     * persons ({@link Persons}).
     */
    public static Dataset<Row> computePools(Warehouse warehouse, LocalDate day) {
        Dataset<Row> events = warehouse.readUpTo(CleanTables.EVENTS, day);
        Dataset<Row> pools = selectPools(
                areRecorded(warehouse, day)
                        ? computeSpans(withLeaves(warehouse.readLatest(CleanTables.TIES, day), events))
                        : inferSpans(events, day),
                day);
        Dataset<Row> users = warehouse.readLatest(CleanTables.USERS, day);
        Dataset<Row> rejects = warehouse.readUpTo(CleanTables.REJECTS, day);
        return Persons.removeStrangers(pools, "koc_id", Persons.findStrangers(pools, "koc_id", users, events, rejects));
    }

    /**
     * The {@link #POOLS} of one day: the spans that are open on it.
     *
     * @param spans {@link #TIE_SPANS}
     */
    public static Dataset<Row> selectPools(Dataset<Row> spans, LocalDate day) {
        return spans.where(isOpenOn(lit(day))).select("koc_id", "user_id");
    }

    /**
     * Ends recorded ties on the day before the user left. A later tie is not affected, so users can come back. A leave of a
     * group ends the ties of that group and those without a group. A leave without a group ends all ties.
     *
     * @param ties ties as of a day
     * @param events events up to that day, of which leaves with the KOC as sharer_id count
     */
    public static Dataset<Row> withLeaves(Dataset<Row> ties, Dataset<Row> events) {
        // The list stays short, because users rarely leave the same KOC twice.
        Dataset<Row> left = events.where(
                        EventTypes.isLeave().and(col("sharer_id").isNotNull()))
                .groupBy(col("sharer_id").as("koc_id"), col("user_id"))
                .agg(collect_list(struct(col("group_id"), col("day"))).as("leaves"));
        Column ended = array_min(transform(
                filter(col("leaves"), leave -> leave.getField("day")
                        .geq(coalesce(col("since"), lit(BEGINNING_OF_TIME)))
                        .and(coalesce(leave.getField("group_id").equalTo(col("group_id")), lit(true)))),
                leave -> date_sub(leave.getField("day"), 1)));
        return ties.join(left, new String[] {"koc_id", "user_id"}, "left")
                .withColumn("until", least(col("until"), ended))
                .drop("leaves");
    }

    /**
     * Recorded ties to {@link #TIE_SPANS}. Gaps between two ties of the same users count as open.
     *
     * @param ties as {@link #withLeaves} returns them
     */
    public static Dataset<Row> computeSpans(Dataset<Row> ties) {
        Column since = coalesce(col("since"), lit(BEGINNING_OF_TIME));
        return ties.where(col("koc_id").notEqual(col("user_id")))
                .groupBy("koc_id", "user_id")
                .agg(
                        array_join(array_sort(collect_set(col("tie_type"))), ";")
                                .as("tie_types"),
                        min(since).as("since"),
                        max(coalesce(col("until"), lit(END_OF_TIME))).as("until"),
                        min(struct(since, col("scene"))).getField("scene").as("scene"))
                .withColumn("is_inferred", lit(false));
    }

    /**
     * Infers {@link #TIE_SPANS} from events if no ties are recorded. A span starts with the first event in which the
     * user turned to the KOC ({@link EventTypes#engagedUser}). It ends on the day before the user leaves, unless a
     * later event brings them together again.
     *
     * @param events all events up to the day
     */
    public static Dataset<Row> inferSpans(Dataset<Row> events, LocalDate day) {
        Column isLeaving = EventTypes.isLeave();
        return events.where(col("day").leq(lit(day)).and(EventTypes.isCausedByAnother()))
                .groupBy(
                        EventTypes.engagingPerson().as("koc_id"),
                        EventTypes.engagedUser().as("user_id"))
                .agg(
                        max(when(isLeaving, lit(null)).otherwise(col("occurred_at")))
                                .as("last_contact_at"),
                        max(when(isLeaving, col("occurred_at"))).as("left_at"),
                        max(when(isLeaving, col("day"))).as("left_on"),
                        min(when(isLeaving, lit(null)).otherwise(col("day"))).as("first_contact_on"))
                .where("last_contact_at IS NOT NULL")
                .select(
                        col("koc_id"),
                        col("user_id"),
                        lit("inferred").as("tie_types"),
                        col("first_contact_on").as("since"),
                        when(col("left_at").gt(col("last_contact_at")), date_sub(col("left_on"), 1))
                                .otherwise(lit(END_OF_TIME))
                                .as("until"),
                        lit(null).cast("string").as("scene"),
                        lit(true).as("is_inferred"));
    }

    /**
     * Starts inferred spans one day later. Users who came through a share were not in the pool at the time of the share. If
     * they counted as reached, every sharer would look influential.
     */
    public static Dataset<Row> startAfterFirstContact(Dataset<Row> spans) {
        return spans.withColumn(
                "since", when(col("is_inferred"), date_add(col("since"), 1)).otherwise(col("since")));
    }

    /** Whether a span of {@link #TIE_SPANS} is open on the day in this column. */
    public static Column isOpenOn(Column day) {
        return col("since").leq(day).and(col("until").geq(day));
    }

    /**
     * Whether a recorded tie, which may have no since and no until, was open on any day from first to last.
     */
    public static Column wasOpenBetween(LocalDate first, LocalDate last) {
        return coalesce(col("since").leq(lit(last)), lit(true))
                .and(coalesce(col("until").geq(lit(first)), lit(true)));
    }

    /** Whether a recorded tie ended before the day; never null. */
    public static Column hasEndedBefore(LocalDate day) {
        return coalesce(col("until").lt(lit(day)), lit(false));
    }

    /** The first day of a span; null if it is not recorded. */
    public static Column startedOn() {
        return when(col("since").gt(lit(BEGINNING_OF_TIME)), col("since"));
    }
}
