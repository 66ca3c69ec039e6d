package koc.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Queue<Begun<?>> begun = new ConcurrentLinkedQueue<>();

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
        Begun<T> one = new Begun<>(new CompletableFuture<>(), new AtomicBoolean());
        // A new thread, for it inherits the caller's Spark session.
        Thread thread = new Thread(
                () -> {
                    try {
                        one.result().complete(work.get());
                    } catch (Exception | Error failure) {
                        // Exception, though none is declared: Scala code throws checked ones undeclared.
                        one.result().completeExceptionally(failure);
                    }
                },
                Thread.currentThread().getName() + "-meanwhile");
        begun.add(one);
        thread.start();
        return one;
    }

    /** Waits for what was begun, lets go, and throws what failed and nobody has asked for. */
    @Override
    public void close() {
        List<Throwable> untold =
                begun.stream().map(Begun::untold).flatMap(Optional::stream).toList();
        begun.clear();
        held.forEach(rdd -> rdd.unpersist(false));
        held.clear();
        if (!untold.isEmpty()) {
            throw Interim.<RuntimeException>undeclared(untold.get(0));
        }
    }

    /** Work that was begun; {@code isAsked} when somebody has been given its result or its failure. */
    private record Begun<T>(CompletableFuture<T> result, AtomicBoolean isAsked) implements Supplier<T> {
        @Override
        public T get() {
            isAsked.set(true);
            try {
                return result.join();
            } catch (CompletionException failed) {
                throw Interim.<RuntimeException>undeclared(Objects.requireNonNull(failed.getCause()));
            }
        }

        Optional<Throwable> untold() {
            Optional<Throwable> failure =
                    result.handle((done, thrown) -> Optional.ofNullable(thrown)).join();
            return isAsked.get() ? Optional.empty() : failure;
        }
    }

    /** The failure as it is, whatever it is: callers look at its class. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
