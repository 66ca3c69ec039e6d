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
 * Caches computed data sets that a job reads more than once, in memory or else on disk. Closing releases them all. It is the
 * only cache of the project, and safe for use by several threads.
 *
 * <p>{@link #compute} is the usual method. {@link #cache} suits data sets that may never be read, or that are small enough to
 * broadcast in later joins.
 */
public final class Checkpoints implements AutoCloseable {
    /** The actions of closing, newest first. Otherwise Spark would revisit data sets that depend on a released one. */
    private final Deque<Runnable> releases = new ConcurrentLinkedDeque<>();

    /**
     * Computes the rows now and keeps them.
     *
     * <p>The result starts a new query plan. A plan is a tree: a data set that is read five times occurs in it five times,
     * with everything it was made from. After ten such steps Spark's analyzer takes minutes before it reads a row.
     *
     * @return the same rows
     */
    public Dataset<Row> compute(Dataset<Row> rows) {
        Dataset<Row> computed = rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
        // Takes the stored rows from the plan, because other jobs may store rows at the same time.
        RDD<InternalRow> stored = ((LogicalRDD) ((org.apache.spark.sql.classic.Dataset<Row>) computed)
                        .queryExecution()
                        .logical())
                .rdd();
        releases.push(() -> stored.unpersist(false));
        return computed;
    }

    /**
     * Computes the rows now and keeps them by column. As with {@link #compute}, the result starts a new query plan.
     *
     * <p>Many wide rows need less memory this way, and a later step reads only the columns that it uses. For few rows
     * {@link #compute} is faster.
     *
     * @return the same rows
     */
    public Dataset<Row> computeByColumn(Dataset<Row> rows) {
        Dataset<Row> cached = cache(rows);
        cached.count();
        var kept = (org.apache.spark.sql.classic.Dataset<Row>) cached;
        return org.apache.spark.sql.classic.Dataset.ofRows(
                kept.sparkSession(), kept.queryExecution().withCachedData());
    }

    /**
     * Keeps the rows when they are first read.
     *
     * <p>Unlike {@link #compute}, it runs no Spark job, and rows that are never read are never computed. Spark knows the size
     * of the stored rows, so it broadcasts small ones in joins. The query plan keeps growing.
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

    /** Checkpoints that may be closed earlier; closing these also closes them. */
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
