package koc.clean;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import koc.spark.Parallel;
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
        Map<Source, SourceArrivals> small = new EnumMap<>(Source.class);
        Map<Source, Parallel.Task<Dataset<Row>>> tasks = new EnumMap<>(Source.class);
        for (SourceArrivals arrivals : selected) {
            if (arrivals.source() != Source.EVENTS) {
                small.put(arrivals.source(), arrivals);
                Dataset<Row> rows = reader.readWithIdentityHash(arrivals);
                tasks.put(arrivals.source(), new Parallel.Task<>(() -> cleanRun.checkpoints()
                        .compute(rows)));
            }
        }
        Parallel.run(tasks.values().toArray(Runnable[]::new));
        Map<Source, Dataset<Row>> read = new EnumMap<>(Source.class);
        tasks.forEach((source, task) -> read.put(source, task.result()));
        Map<Source, Long> suspects = Duplicates.countSuspects(read);
        Map<Source, CleanedSource> cleaned = new EnumMap<>(Source.class);
        small.forEach((source, arrivals) -> {
            Dataset<Row> rows = Objects.requireNonNull(read.get(source));
            Long repeated = suspects.get(source);
            Dataset<Row> judged = repeated == null ? rows : rejectDuplicates(source, rows, repeated);
            cleaned.put(source, new CleanedSource(arrivals, rows, judged));
        });
        return cleaned;
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
