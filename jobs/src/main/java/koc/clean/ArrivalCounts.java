package koc.clean;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Row counts of all sources by arrival: the rows of the table arrival_checks, a few for each source and arrival. */
final class ArrivalCounts {
    private final Map<Source, RowCounts> bySource = new EnumMap<>(Source.class);

    /** The counts of earlier runs. */
    static ArrivalCounts read(Warehouse warehouse) {
        ArrivalCounts counts = new ArrivalCounts();
        for (Row row : warehouse
                .readUpTo(CleanTables.ARRIVAL_CHECKS, CleanRun.LAST_DATE)
                .select("source", "arrived", "check_name", "rows")
                .collectAsList()) {
            Source.named(row.getString(0)).ifPresent(source -> counts.counts(source)
                    .add(row.getDate(1).toLocalDate(), row.getString(2), row.getLong(3)));
        }
        return counts;
    }

    /** The counts of a source. */
    RowCounts counts(Source source) {
        return bySource.computeIfAbsent(source, any -> new RowCounts());
    }

    /** The arrivals of a source that have counts, and so have been cleaned. */
    NavigableSet<LocalDate> arrivals(Source source) {
        return new TreeSet<>(counts(source).byArrival().keySet());
    }

    /** Replaces the counts of the arrivals that a run cleaned by the counts of that run. */
    void replace(Collection<SourceArrivals> cleaned, ArrivalCounts counted) {
        for (SourceArrivals arrivals : cleaned) {
            Source source = arrivals.source();
            RowCounts counts = counts(source);
            counts.remove(arrivals.folder().isFlat() ? arrivals(source) : arrivals.days());
            counts.addAll(counted.counts(source));
        }
    }

    /** Writes these counts to the table arrival_checks, in place of its rows of the cleaned arrivals. */
    void write(Warehouse warehouse, Collection<SourceArrivals> cleaned) {
        List<Row> rows = new ArrayList<>();
        bySource.forEach((source, counts) -> counts.byArrival()
                .forEach((arrived, checks) -> checks.forEach((check, count) ->
                        rows.add(RowFactory.create(source.folder(), java.sql.Date.valueOf(arrived), check, count)))));
        warehouse.write(CleanTables.ARRIVAL_CHECKS, rows, replacedRows(cleaned));
    }

    /** SQL condition for the rows of the cleaned arrivals in a table of all sources. */
    static String replacedRows(Collection<SourceArrivals> cleaned) {
        return cleaned.stream().map(SourceArrivals::replacedRowsOfSource).collect(Collectors.joining(" OR "));
    }
}
