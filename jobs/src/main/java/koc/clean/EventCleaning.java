package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import koc.spark.Parallel;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cleans the events: rejects duplicates, then events about unknown products, then the views and clicks of robots. */
final class EventCleaning {
    private final CleanRun cleanRun;
    private final ArrivalReader reader;
    private final Dataset<Row> products;

    /** @param products as {@link DescribedProducts} returns them */
    EventCleaning(CleanRun cleanRun, ArrivalReader reader, Dataset<Row> products) {
        this.cleanRun = cleanRun;
        this.reader = reader;
        this.products = products;
    }

    CleanedSource clean(SourceArrivals arrivals) {
        // Events are many and wide, and most of the later steps read a few columns.
        Dataset<Row> read = cleanRun.checkpoints()
                .computeByColumn(OrphanEvents.withDescribedProduct(
                        reader.readWithIdentityHash(arrivals), products, cleanRun.checkpoints()));
        int robotLimit = cleanRun.settings().robot().actionsPerHour();
        Parallel.Task<Dataset<Row>> known = new Parallel.Task<>(() -> rejectDuplicates(read, arrivals));
        Parallel.Task<Dataset<Row>> busyBuckets = new Parallel.Task<>(
                () -> cleanRun.checkpoints().compute(RobotDetection.findBusyBuckets(read, robotLimit)));
        Parallel.run(known, busyBuckets);
        Dataset<Row> withoutOrphans = OrphanEvents.reject(known.result());
        return new CleanedSource(arrivals, read, rejectRobots(withoutOrphans, busyBuckets.result(), robotLimit));
    }

    private Dataset<Row> rejectDuplicates(Dataset<Row> events, SourceArrivals arrivals) {
        boolean isFlat = arrivals.folder().isFlat();
        Dataset<Row> earlier = isFlat
                ? cleanRun.warehouse().empty(CleanTables.EVENTS)
                : cleanRun.warehouse()
                        .readUpTo(CleanTables.EVENTS, arrivals.days().last())
                        .where(not(col("arrived").isin(arrivals.days().toArray())));
        Dataset<Row> found = cleanRun.checkpoints()
                .compute(
                        isFlat
                                ? Duplicates.findSuspects(events)
                                : Duplicates.findSuspects(events, Source.EVENTS, earlier));
        long count = found.count();
        if (count == 0) {
            return events;
        }
        Dataset<Row> suspects = Duplicates.broadcastIfFew(found, count);
        return Duplicates.withoutSuspects(events, suspects)
                .unionByName(cleanRun.checkpoints()
                        .compute(Duplicates.resolveSuspects(events, Source.EVENTS, suspects, earlier)));
    }

    private Dataset<Row> rejectRobots(Dataset<Row> events, Dataset<Row> busyBuckets, int limit) {
        if (busyBuckets.isEmpty()) {
            return events;
        }
        Dataset<Row> robotDays =
                cleanRun.checkpoints().compute(RobotDetection.findRobotDays(events, busyBuckets, limit));
        return robotDays.isEmpty() ? events : RobotDetection.reject(events, robotDays);
    }
}
