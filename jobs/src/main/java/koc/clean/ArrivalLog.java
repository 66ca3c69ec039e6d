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

/** Which arrivals are clean, and what was counted in them: the table arrival_checks, in memory; a few rows an arrival. */
final class ArrivalLog {
    private static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);

    private final Map<Source, Tally> tallies = new EnumMap<>(Source.class);

    private ArrivalLog() {}

    /** What earlier runs counted. */
    static ArrivalLog read(Warehouse tables) {
        ArrivalLog log = new ArrivalLog();
        for (Row row : tables.readUpTo(CleanTables.ARRIVAL_CHECKS, END_OF_TIME)
                .select("source", "arrived", "check_name", "rows")
                .collectAsList()) {
            Source.named(row.getString(0)).ifPresent(source -> log.of(source)
                    .add(row.getDate(1).toLocalDate(), row.getString(2), row.getLong(3)));
        }
        return log;
    }

    /** The counts of a source. */
    Tally of(Source source) {
        return tallies.computeIfAbsent(source, any -> new Tally());
    }

    /** The arrivals of a source that have been cleaned. */
    NavigableSet<LocalDate> cleaned(Source source) {
        return new TreeSet<>(of(source).byArrival().keySet());
    }

    /** Takes in the counts of a run, in place of what was known of its arrivals. */
    void replace(Collection<Scope> scopes, Map<Source, Tally> counted) {
        for (Scope scope : scopes) {
            Tally tally = of(scope.source());
            tally.forget(scope.folder().isFlat() ? cleaned(scope.source()) : scope.days());
            Tally fresh = counted.getOrDefault(scope.source(), new Tally());
            fresh.byArrival()
                    .forEach((arrived, checks) -> checks.forEach((check, rows) -> tally.add(arrived, check, rows)));
        }
    }

    /** Makes these counts the table's, in place of what it has of their arrivals. */
    static void write(Warehouse tables, Collection<Scope> scopes, Map<Source, Tally> counted) {
        List<Row> rows = new ArrayList<>();
        counted.forEach((source, tally) -> tally.byArrival()
                .forEach((arrived, checks) -> checks.forEach((check, count) ->
                        rows.add(RowFactory.create(source.folder(), java.sql.Date.valueOf(arrived), check, count)))));
        tables.write(CleanTables.ARRIVAL_CHECKS, rows, slice(scopes));
    }

    /** The rows of these scopes in a table of all sources. */
    static String slice(Collection<Scope> scopes) {
        return scopes.stream().map(Scope::sliceOfSource).collect(Collectors.joining(" OR "));
    }
}
