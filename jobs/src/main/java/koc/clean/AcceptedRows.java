package koc.clean;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import koc.spark.Parallel;
import koc.warehouse.Warehouse;

/** Writes the accepted rows of every source to its table, and counts them. */
final class AcceptedRows {
    /** Arrivals up to which a note names each. */
    private static final int NAMED_ARRIVALS = 7;

    private final CleanRun cleanRun;
    private final ArrivalCounts arrivalCounts;

    /** @param arrivalCounts receives the counts of kept rows */
    AcceptedRows(CleanRun cleanRun, ArrivalCounts arrivalCounts) {
        this.cleanRun = cleanRun;
        this.arrivalCounts = arrivalCounts;
    }

    /** Writes the accepted rows. A source without files gets an empty table, so that later jobs can read it. */
    void write(Map<Source, CleanedSource> sources) {
        Warehouse warehouse = cleanRun.warehouse();
        Map<Source, Long> written = new ConcurrentHashMap<>();
        Parallel.run(Stream.of(Source.values())
                .map(source -> (Runnable) () -> {
                    CleanedSource cleaned = sources.get(source);
                    if (cleaned != null) {
                        String replaced = cleaned.arrivals().replacedRows();
                        written.put(source, warehouse.write(source.table(), cleaned.accepted(), replaced));
                    } else if (!warehouse.exists(source.table())) {
                        warehouse.writeAll(source.table(), warehouse.empty(source.table()));
                    }
                })
                .toArray(Runnable[]::new));
        sources.forEach(
                (source, cleaned) -> countKept(cleaned.arrivals(), Objects.requireNonNull(written.get(source))));
    }

    private void countKept(SourceArrivals arrivals, long written) {
        RowCounts counts = arrivalCounts.counts(arrivals.source());
        if (arrivals.days().size() == 1) {
            // A day without files is not recorded as cleaned: its files may land later.
            if (!arrivals.files().isEmpty()) {
                counts.add(arrivals.days().first(), RowCounts.KEPT, written);
            }
        } else {
            cleanRun.warehouse()
                    .readUpTo(arrivals.source().table(), CleanRun.LAST_DATE)
                    .where(arrivals.replacedRows())
                    .groupBy(col("arrived"))
                    .count()
                    .collectAsList()
                    .forEach(row -> counts.add(row.getDate(0).toLocalDate(), RowCounts.KEPT, row.getLong(1)));
        }
        cleanRun.warehouse().countRowsRead(counts.rows(RowCounts.READ));
        if (!arrivals.folder().isFlat()) {
            cleanRun.note(arrivals.source().folder() + ": cleaned " + describe(arrivals.days()));
        }
    }

    /** The days of a few arrivals; of many, how many there are, the first and the last. */
    static String describe(SortedSet<LocalDate> days) {
        return days.size() <= NAMED_ARRIVALS
                ? "the arrivals " + days
                : days.size() + " arrivals, from " + days.first() + " to " + days.last();
    }
}
