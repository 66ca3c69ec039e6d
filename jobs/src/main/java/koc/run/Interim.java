package koc.run;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Interim results of a job: computed at once, held, and let go of when the job is done.
 *
 * <p>Unlike a persisted Dataset, an interim result begins a plan of its own. A plan is a tree: what is read five times
 * stands in it five times with all that it was made from, and a chain of ten such steps takes Spark minutes to look
 * through before a row is read. Several may be computed at the same time.
 */
public final class Interim implements AutoCloseable {
    private final Queue<RDD<InternalRow>> held = new ConcurrentLinkedQueue<>();

    /** The same rows, computed. */
    public Dataset<Row> of(Dataset<Row> rows) {
        Dataset<Row> computed = rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
        // What is held is found in its plan: other jobs may hold things of their own at the same moment.
        held.add(((LogicalRDD) ((org.apache.spark.sql.classic.Dataset<Row>) computed)
                        .queryExecution()
                        .logical())
                .rdd());
        return computed;
    }

    @Override
    public void close() {
        held.forEach(rdd -> rdd.unpersist(false));
        held.clear();
    }
}
