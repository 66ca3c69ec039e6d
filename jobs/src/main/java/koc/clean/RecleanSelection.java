package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.trim;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koc.error.KocException;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Selects the event arrivals that must be cleaned again, because the verdicts on their rows have changed.
 *
 * <p>There are two kinds. The first are arrivals with orphan events whose products have a row in products by now. The second
 * are later arrivals with an event id that also occurs in an arrival of this run.
 */
final class RecleanSelection {
    private final CleanRun cleanRun;
    private final ArrivalReader reader;
    private final NavigableSet<LocalDate> cleaned;
    private final Dataset<Row> products;

    /**
     * @param cleaned the event arrivals that earlier runs cleaned
     * @param products as {@link DescribedProducts} returns them
     */
    RecleanSelection(CleanRun cleanRun, ArrivalReader reader, NavigableSet<LocalDate> cleaned, Dataset<Row> products) {
        this.cleanRun = cleanRun;
        this.reader = reader;
        this.cleaned = cleaned;
        this.products = products;
    }

    /** The same event arrivals, with those added that must be cleaned again. */
    SourceArrivals extend(SourceArrivals events) {
        NavigableSet<LocalDate> candidates = new TreeSet<>(cleaned);
        candidates.removeAll(events.days());
        if (events.folder().isFlat() || candidates.isEmpty()) {
            return events;
        }
        NavigableSet<LocalDate> again = new TreeSet<>(withDescribedOrphans(candidates));
        // An arrival whose folder was removed cannot be cleaned again; its orphans stay rejected.
        again.retainAll(events.folder().arrivals());
        again.addAll(sharingIds(events.with(again), candidates, again));
        if (!again.isEmpty()) {
            cleanRun.note("events: arrivals " + again + " are cleaned again: they share ids with earlier arrivals,"
                    + " or name products that are described by now");
        }
        requireFolders(events, again);
        return events.with(again);
    }

    /** The arrivals, not before the first of these events, that share an event id with them. */
    private NavigableSet<LocalDate> sharingIds(
            SourceArrivals events, NavigableSet<LocalDate> candidates, NavigableSet<LocalDate> selected) {
        NavigableSet<LocalDate> later =
                new TreeSet<>(candidates.tailSet(events.days().first(), true));
        later.removeAll(selected);
        return later.isEmpty() ? later : sharingIds(events, later);
    }

    private NavigableSet<LocalDate> sharingIds(SourceArrivals events, NavigableSet<LocalDate> later) {
        Dataset<Row> accepted = cleanRun.warehouse()
                .readUpTo(CleanTables.EVENTS, CleanRun.LAST_DATE)
                .select("arrived", "event_id");
        Dataset<Row> laterIds = accepted.where(col("arrived").isin(later.toArray()))
                .union(rejectedEvents(later, RejectReason.DUPLICATE, RejectReason.CONFLICTING_ID)
                        .select(col("arrived"), trim(get_json_object(col("raw"), "$.event_id"))));
        Dataset<Row> cleanedIds = reader.read(events)
                .where(Verdict.isAccepted())
                .select("event_id")
                .union(accepted.where(col("arrived").isin(events.days().toArray()))
                        .select("event_id"));
        return arrivals(
                laterIds.join(cleanedIds, laterIds.col("event_id").equalTo(cleanedIds.col("event_id")), "left_semi"));
    }

    private NavigableSet<LocalDate> withDescribedOrphans(NavigableSet<LocalDate> candidates) {
        Dataset<Row> orphans = rejectedEvents(candidates, RejectReason.ORPHAN_PRODUCT)
                .select(
                        col("arrived"),
                        trim(get_json_object(col("raw"), "$.product_id")).as("product_id"));
        return arrivals(orphans.join(products, new String[] {"product_id"}, "inner")
                .where(col("first_arrived").leq(col("arrived"))));
    }

    private Dataset<Row> rejectedEvents(NavigableSet<LocalDate> arrivals, RejectReason... reasons) {
        Object[] codes = List.of(reasons).stream().map(RejectReason::code).toArray();
        return cleanRun.warehouse()
                .readUpTo(CleanTables.REJECTS, CleanRun.LAST_DATE)
                .where(col("source").equalTo(Source.EVENTS.folder()))
                .where(col("arrived").isin(arrivals.toArray()).and(col("reason").isin(codes)));
    }

    private static NavigableSet<LocalDate> arrivals(Dataset<Row> rows) {
        return rows.select("arrived").distinct().collectAsList().stream()
                .map(row -> row.getDate(0).toLocalDate())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void requireFolders(SourceArrivals events, NavigableSet<LocalDate> again) {
        NavigableSet<LocalDate> removed = new TreeSet<>(again);
        removed.removeAll(events.folder().arrivals());
        if (!removed.isEmpty()) {
            throw KocException.input(
                    "landing " + events.folder().path() + ": the arrivals " + removed + " are missing",
                    "they were cleaned before, and share event ids with " + events.days(),
                    "put their arrived= folders back, or remove the shared events from the older arrival");
        }
    }
}
