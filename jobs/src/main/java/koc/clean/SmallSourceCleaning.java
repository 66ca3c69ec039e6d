package koc.clean;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import koc.spark.Parallel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cleans all sources but the events. They are small, so that one Spark job looks for the duplicates of several. */
final class SmallSourceCleaning {
    private final CleanRun cleanRun;
    private final ArrivalReader reader;

    SmallSourceCleaning(CleanRun cleanRun, ArrivalReader reader) {
        this.cleanRun = cleanRun;
        this.reader = reader;
    }

    /**
     * A task that cleans each of these sources, none of which is events. What is to be said about their files is noted
     * before it runs, so that notes have an order.
     */
    Parallel.Task<Map<Source, CleanedSource>> prepare(Collection<SourceArrivals> selected) {
        Map<Source, SourceArrivals> small = new EnumMap<>(Source.class);
        Map<Source, Dataset<Row>> landed = new EnumMap<>(Source.class);
        for (SourceArrivals arrivals : selected) {
            small.put(arrivals.source(), arrivals);
            landed.put(arrivals.source(), reader.readWithIdentityHash(arrivals));
        }
        return new Parallel.Task<>(() -> clean(small, landed));
    }

    private Map<Source, CleanedSource> clean(Map<Source, SourceArrivals> small, Map<Source, Dataset<Row>> landed) {
        Map<Source, Parallel.Task<Dataset<Row>>> tasks = new EnumMap<>(Source.class);
        landed.forEach((source, rows) -> tasks.put(
                source, new Parallel.Task<>(() -> cleanRun.checkpoints().compute(rows))));
        Parallel.run(tasks.values().toArray(Runnable[]::new));
        Map<Source, Dataset<Row>> read = new EnumMap<>(Source.class);
        tasks.forEach((source, task) -> read.put(source, task.result()));
        Map<Source, Long> suspects = Duplicates.countSuspects(read);
        Map<Source, Parallel.Task<CleanedSource>> cleaned = new EnumMap<>(Source.class);
        small.forEach((source, arrivals) -> cleaned.put(source, new Parallel.Task<>(() -> {
            Dataset<Row> rows = Objects.requireNonNull(read.get(source));
            Long repeated = suspects.get(source);
            Dataset<Row> judged = repeated == null ? rows : rejectDuplicates(source, rows, repeated);
            return new CleanedSource(arrivals, rows, judged);
        })));
        Parallel.run(cleaned.values().toArray(Runnable[]::new));
        Map<Source, CleanedSource> results = new EnumMap<>(Source.class);
        cleaned.forEach((source, task) -> results.put(source, task.result()));
        return results;
    }

    private Dataset<Row> rejectDuplicates(Source source, Dataset<Row> rows, long count) {
        Dataset<Row> suspects = Duplicates.broadcastIfFew(Duplicates.findSuspects(rows), count);
        // A row of these sources replaces the row of an earlier arrival, so earlier rows are not compared.
        Dataset<Row> noRows = cleanRun.warehouse().empty(source.table());
        return cleanRun.checkpoints()
                .compute(Duplicates.withoutSuspects(rows, suspects)
                        .unionByName(Duplicates.resolveSuspects(rows, source, suspects, noRows)));
    }
}
