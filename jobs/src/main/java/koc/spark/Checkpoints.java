package koc.spark;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * Computed data sets that a job reads more than once, in memory or else on disk. Closing releases them all; it is the only
 * cache of the project. Several threads may use it at the same time.
 *
 * <p>There are two ways to keep rows. {@link #compute} is the usual one. {@link #cache} suits data sets that may never be
 * read, or that later joins should know the size of.
 */
public final class Checkpoints implements AutoCloseable {
    /** What closing does, the newest first: Spark would look again at data sets that were made from a released one. */
    private final Deque<Runnable> releases = new ConcurrentLinkedDeque<>();

    /**
     * Computes the rows at once.
     *
     * <p>The result begins a plan of its own. A plan is a tree: a data set that is read five times occurs in it five times,
     * each time with all that it was made from. A chain of ten such steps takes Spark's analyzer minutes before a row is
     * read.
     *
     * @return the same rows
     */
    public Dataset<Row> compute(Dataset<Row> rows) {
        Dataset<Row> computed = rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
        // The stored rows are found in the plan: other jobs may store theirs at the same moment.
        RDD<InternalRow> stored = ((LogicalRDD) ((org.apache.spark.sql.classic.Dataset<Row>) computed)
                        .queryExecution()
                        .logical())
                .rdd();
        releases.push(() -> stored.unpersist(false));
        return computed;
    }

    /**
     * Lets the first step that reads the rows store them.
     *
     * <p>Compared with {@link #compute}, no Spark job of its own is run, and rows that nobody reads are never computed.
     * Rows are stored by column, and their size is known once they are stored, so that Spark broadcasts small ones in joins.
     * The plan goes on growing.
     *
     * @return the same rows
     */
    public Dataset<Row> cache(Dataset<Row> rows) {
        Dataset<Row> cached = rows.persist(StorageLevel.MEMORY_AND_DISK());
        releases.push(cached::unpersist);
        return cached;
    }

    /** Sends a value to every executor, once. */
    public <T> Broadcast<T> broadcast(SparkSession spark, T value) {
        Broadcast<T> sent =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(value);
        releases.push(sent::unpersist);
        return sent;
    }

    /** Checkpoints that may be closed before these, and are closed with these at the latest. */
    public Checkpoints nested() {
        Checkpoints nested = new Checkpoints();
        releases.push(nested::close);
        return nested;
    }

    /** Releases everything. */
    @Override
    public void close() {
        for (Runnable release = releases.poll(); release != null; release = releases.poll()) {
            release.run();
        }
    }
}
