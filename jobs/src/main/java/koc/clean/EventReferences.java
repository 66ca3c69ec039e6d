package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import koc.rules.EventTypes;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Counts the events whose ids match nothing in users and products, and warns when they are many. */
final class EventReferences {
    private static final String FIRST_ARRIVED = "first_arrived";
    private static final String EVENT_TYPE = "event_type";

    private EventReferences() {}

    /**
     * Adds the counts of the events of this run, and says which of them are above the limit.
     *
     * @param sources the cleaned sources; their tables must have been written
     * @param counts receives the counts
     */
    static void add(CleanRun cleanRun, Map<Source, CleanedSource> sources, ArrivalCounts counts) {
        Warehouse warehouse = cleanRun.warehouse();
        SourceArrivals arrivals =
                Objects.requireNonNull(sources.get(Source.EVENTS)).arrivals();
        Dataset<Row> events =
                warehouse.readUpTo(CleanTables.EVENTS, CleanRun.LAST_DATE).where(arrivals.replacedRows());
        Dataset<Row> orphans = warehouse
                .readUpTo(CleanTables.REJECTS, CleanRun.LAST_DATE)
                .where(arrivals.replacedRowsOfSource())
                .where(col("reason").equalTo(RejectReason.ORPHAN_PRODUCT.code()))
                .withColumn(EVENT_TYPE, eventType(cleanRun.formats().of(Source.EVENTS)));
        boolean isFlat = Objects.requireNonNull(sources.get(Source.USERS))
                .arrivals()
                .folder()
                .isFlat();
        Dataset<Row> users = firstArrivals(warehouse.readUpTo(CleanTables.USERS, CleanRun.LAST_DATE), isFlat);
        RowCounts ofEvents = counts.counts(Source.EVENTS);
        for (Row row : compute(events, users, orphans).collectAsList()) {
            LocalDate arrived = row.getDate(0).toLocalDate();
            for (int i = 1; i < row.length(); i++) {
                if (row.getLong(i) > 0) {
                    ofEvents.add(arrived, row.schema().fieldNames()[i], row.getLong(i));
                }
            }
        }
        sources.keySet().forEach(source -> warn(cleanRun, source, counts.counts(source)));
    }

    /**
     * Events -> one row per arrival with the numbers of events that the {@link ReferenceCheck}s count.
     *
     * @param events accepted events
     * @param users one row per user, with the day of the first arrival that has them
     * @param orphans rejected events of unknown products: arrived, event_type
     */
    static Dataset<Row> compute(Dataset<Row> events, Dataset<Row> users, Dataset<Row> orphans) {
        // Events are many: they are added up by user and sharer before the look-up.
        Dataset<Row> bySharer = events.groupBy("arrived", "user_id", "sharer_id")
                .agg(
                        count(lit(1)).as("events"),
                        count_if(EventTypes.isInterest().and(col("product_id").isNotNull()))
                                .as("of_interest"));
        Dataset<Row> known = withFirstArrival(withFirstArrival(bySharer, users, "user_id"), users, "sharer_id");
        Column hasSharer = col("sharer_id").isNotNull();
        Dataset<Row> sums = known.groupBy("arrived")
                .agg(
                        sumWhere(hasSharer, "events").as(ReferenceCheck.EVENTS_WITH_SHARER),
                        sum("of_interest").as(ReferenceCheck.EVENTS_OF_INTEREST),
                        sumWhere(isUnknown("user_id"), "events").as(ReferenceCheck.UNKNOWN_USER.code()),
                        sumWhere(hasSharer.and(isUnknown("sharer_id")), "events")
                                .as(ReferenceCheck.UNKNOWN_SHARER.code()),
                        lit(0L).as(ReferenceCheck.UNKNOWN_PRODUCT_OF_INTEREST.code()));
        Dataset<Row> unknownProducts = orphans.where(EventTypes.isInterest())
                .groupBy("arrived")
                .agg(
                        lit(0L).as(ReferenceCheck.EVENTS_WITH_SHARER),
                        count(lit(1)).as(ReferenceCheck.EVENTS_OF_INTEREST),
                        lit(0L).as(ReferenceCheck.UNKNOWN_USER.code()),
                        lit(0L).as(ReferenceCheck.UNKNOWN_SHARER.code()),
                        count(lit(1)).as(ReferenceCheck.UNKNOWN_PRODUCT_OF_INTEREST.code()));
        return sums.unionByName(unknownProducts);
    }

    /** The event type of a rejected row, which keeps the word that landed: {@code 浏览} is {@code view}. */
    private static Column eventType(ValueFormat format) {
        return new TypeConversion(Source.EVENTS, format)
                .convert(
                        get_json_object(col("raw"), "$." + EVENT_TYPE),
                        Source.EVENTS.table().column(EVENT_TYPE),
                        DataTypes.StringType);
    }

    private static Column sumWhere(Column condition, String column) {
        return sum(when(condition, col(column)).otherwise(0L));
    }

    private static Column isUnknown(String id) {
        return col(id + "_" + FIRST_ARRIVED)
                .isNull()
                .or(col(id + "_" + FIRST_ARRIVED).gt(col("arrived")));
    }

    private static Dataset<Row> withFirstArrival(Dataset<Row> events, Dataset<Row> users, String id) {
        Dataset<Row> named = users.select(
                col("user_id").as("known_" + id), col(FIRST_ARRIVED).as(id + "_" + FIRST_ARRIVED));
        return events.join(named, col(id).equalTo(col("known_" + id)), "left").drop("known_" + id);
    }

    /** The day since which each user is known; a flat source describes its users for all time. */
    private static Dataset<Row> firstArrivals(Dataset<Row> users, boolean isFlat) {
        return users.groupBy("user_id")
                .agg((isFlat ? min(lit(CleanRun.FIRST_DATE)) : min("arrived")).as(FIRST_ARRIVED));
    }

    private static void warn(CleanRun cleanRun, Source source, RowCounts counts) {
        double limit = cleanRun.settings().maxUnknownRate();
        for (ReferenceCheck check : ReferenceCheck.values()) {
            if (check.isOf(source) && check.rate(counts) > limit) {
                cleanRun.note(String.format(
                        Locale.ROOT,
                        "%s: %s in %,d of %,d rows (%.1f%%): %s",
                        source.folder(),
                        check.code(),
                        check.failed(counts),
                        check.rows(counts),
                        100 * check.rate(counts),
                        remedy(check)));
            }
        }
    }

    private static String remedy(ReferenceCheck check) {
        return switch (check) {
            case UNKNOWN_USER ->
                "their user_id is in no users row; check that events and users write ids alike"
                        + " (capitals, leading zeros, prefixes), and that users is complete";
            case UNKNOWN_SHARER -> "their sharer_id is in no users row; check that events and users write ids alike";
            case UNKNOWN_PRODUCT_OF_INTEREST ->
                "their product_id is in no products row; check that events and"
                        + " products write ids alike, and that products is complete";
            case IDS_LOOK_ROUNDED ->
                "ids look like 1.23457E+17 or end in zeros after 15 digits, as when a spreadsheet"
                        + " rounds them; export ids as text";
        };
    }
}
