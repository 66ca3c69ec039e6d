package koc.clean;

import static org.apache.spark.sql.functions.lit;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cleans all sources but the events. They are small, so that one Spark job looks for duplicates in all of them. */
final class SmallSourceCleaning {
    private final CleanRun cleanRun;
    private final ArrivalReader reader;

    SmallSourceCleaning(CleanRun cleanRun, ArrivalReader reader) {
        this.cleanRun = cleanRun;
        this.reader = reader;
    }

    /** The cleaned rows of each of these sources, events left out. */
    Map<Source, CleanedSource> clean(Collection<SourceArrivals> selected) {
        Map<Source, CleanedSource> cleaned = new EnumMap<>(Source.class);
        Map<Source, Dataset<Row>> suspects = new EnumMap<>(Source.class);
        for (SourceArrivals arrivals : selected) {
            Source source = arrivals.source();
            if (source != Source.EVENTS) {
                Dataset<Row> rows = cleanRun.checkpoints().cache(reader.readWithIdentityHash(arrivals));
                cleaned.put(source, new CleanedSource(arrivals, rows, rows));
                if (!source.identity().isEmpty()) {
                    suspects.put(
                            source,
                            cleanRun.checkpoints().cache(Duplicates.findSuspects(rows, source, noRows(source))));
                }
            }
        }
        for (Source source : sourcesWithRows(suspects)) {
            cleaned.computeIfPresent(
                    source, (same, rows) -> rejectDuplicates(rows, Objects.requireNonNull(suspects.get(source))));
        }
        return cleaned;
    }

    private static Set<Source> sourcesWithRows(Map<Source, Dataset<Row>> suspects) {
        return suspects.entrySet().stream()
                .map(entry -> entry.getValue()
                        .limit(1)
                        .select(lit(entry.getKey().name()).as("source")))
                .reduce(Dataset::union)
                .map(Dataset::collectAsList)
                .orElse(List.of())
                .stream()
                .map(row -> Source.valueOf(row.getString(0)))
                .collect(Collectors.toSet());
    }

    private CleanedSource rejectDuplicates(CleanedSource cleaned, Dataset<Row> suspects) {
        Source source = cleaned.source();
        Dataset<Row> rows = Duplicates.withoutSuspects(cleaned.readRows(), suspects)
                .unionByName(Duplicates.resolveSuspects(cleaned.readRows(), source, suspects, noRows(source)));
        return new CleanedSource(
                cleaned.arrivals(), cleaned.readRows(), cleanRun.checkpoints().cache(rows));
    }

    /** A row of these sources replaces the row of an earlier arrival, so earlier rows are not compared. */
    private Dataset<Row> noRows(Source source) {
        return cleanRun.warehouse().empty(source.table());
    }
}
