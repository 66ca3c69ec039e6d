package koc.clean;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cleans the events: rejects duplicates, then events about unknown products, then the views and clicks of robots. */
final class EventCleaning {
    /** Maximum number of suspect hashes that are broadcast: a table of about 30 MB. */
    private static final long MAX_BROADCAST_HASHES = 1_000_000;

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
        // Stored as rows and not by column, because events are many and wide and every later step reads them.
        Dataset<Row> read = cleanRun.checkpoints()
                .compute(OrphanEvents.withOrphanFlag(reader.readWithIdentityHash(arrivals), products));
        Dataset<Row> withoutOrphans = OrphanEvents.reject(rejectDuplicates(read, earlierEvents(arrivals)));
        return new CleanedSource(arrivals, read, rejectRobots(withoutOrphans, read));
    }

    private Dataset<Row> earlierEvents(SourceArrivals arrivals) {
        return arrivals.folder().isFlat()
                ? cleanRun.warehouse().empty(CleanTables.EVENTS)
                : cleanRun.warehouse()
                        .readUpTo(CleanTables.EVENTS, arrivals.days().last())
                        .where(not(col("arrived").isin(arrivals.days().toArray())));
    }

    private Dataset<Row> rejectDuplicates(Dataset<Row> events, Dataset<Row> earlier) {
        Dataset<Row> suspects = cleanRun.checkpoints().cache(Duplicates.findSuspects(events, Source.EVENTS, earlier));
        long count = suspects.count();
        if (count == 0) {
            return events;
        }
        // Spark does not know how large computed rows are, and would not broadcast the few suspects by itself.
        Dataset<Row> joined = count > MAX_BROADCAST_HASHES ? suspects : broadcast(suspects);
        return Duplicates.withoutSuspects(events, joined)
                .unionByName(cleanRun.checkpoints()
                        .cache(Duplicates.resolveSuspects(events, Source.EVENTS, joined, earlier)));
    }

    private Dataset<Row> rejectRobots(Dataset<Row> events, Dataset<Row> read) {
        int limit = cleanRun.settings().robot().actionsPerHour();
        Dataset<Row> busyBuckets = cleanRun.checkpoints().cache(RobotDetection.findBusyBuckets(read, limit));
        if (busyBuckets.isEmpty()) {
            return events;
        }
        Dataset<Row> robotDays = cleanRun.checkpoints().cache(RobotDetection.findRobotDays(events, busyBuckets, limit));
        return RobotDetection.reject(events, robotDays);
    }
}
