package koc.run;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
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
    private final Queue<CompletableFuture<?>> begun = new ConcurrentLinkedQueue<>();

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

    /**
     * Begins work of its own beside what the caller goes on with: a step that waits for another leaves processors idle.
     *
     * @return waits for the result, and throws what the work failed with
     */
    public <T> Supplier<T> meanwhile(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        // A new thread, for it inherits the caller's Spark session.
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.get());
                    } catch (Exception | Error failure) {
                        // Exception, though none is declared: Scala code throws checked ones undeclared.
                        result.completeExceptionally(failure);
                    }
                },
                Thread.currentThread().getName() + "-meanwhile");
        begun.add(result);
        thread.start();
        return () -> {
            try {
                return result.join();
            } catch (CompletionException failed) {
                throw Interim.<RuntimeException>undeclared(Objects.requireNonNull(failed.getCause()));
            }
        };
    }

    /** Waits for what was begun, and lets go. */
    @Override
    public void close() {
        begun.forEach(work -> work.handle((result, failure) -> null).join());
        begun.clear();
        held.forEach(rdd -> rdd.unpersist(false));
        held.clear();
    }

    /** The failure as it is, whatever it is: callers look at its class. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
