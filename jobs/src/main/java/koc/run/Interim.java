package koc.run;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Interim results of a job: computed at once, held, and let go of when the job is done.
 *
 * <p>Unlike a persisted Dataset, an interim result begins a plan of its own. A plan is a tree: what is read five times
 * stands in it five times with all that it was made from, and a chain of ten such steps takes Spark minutes to look
 * through before a row is read. Several may be computed at the same time.
 */
public final class Interim implements AutoCloseable {
    private final Map<Integer, JavaRDD<?>> held = new ConcurrentHashMap<>();

    /** The same rows, computed. */
    public Dataset<Row> of(Dataset<Row> rows) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        Set<Integer> before = Set.copyOf(context.getPersistentRDDs().keySet());
        Dataset<Row> computed = rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK());
        context.getPersistentRDDs().forEach((id, rdd) -> {
            if (!before.contains(id)) {
                held.put(id, rdd);
            }
        });
        return computed;
    }

    @Override
    public void close() {
        held.values().forEach(rdd -> rdd.unpersist());
        held.clear();
    }
}
