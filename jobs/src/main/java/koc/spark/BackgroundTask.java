package koc.spark;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done in the background whenever it is requested, such as to save a state that changes. Requests that come
 * while it is being done are met together, by doing it once more.
 */
public final class BackgroundTask implements AutoCloseable {
    private final Runnable work;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    /** Has room for one request that waits. Another one is discarded, because the waiting one meets it too. */
    private final ThreadPoolExecutor thread;

    /**
     * Nothing is done before the first request. The thread inherits the Spark session of its caller.
     *
     * @param name of the thread
     */
    public BackgroundTask(String name, Runnable work) {
        this.work = work;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                task -> {
                    Thread daemon = new Thread(task, name);
                    daemon.setDaemon(true);
                    return daemon;
                },
                new DiscardPolicy());
    }

    /**
     * Requests that the work be done from now on, and returns at once. Does nothing after {@link #close}.
     *
     * @throws RuntimeException the failure of an earlier request
     */
    public void request() {
        Throwable earlier = failure.get();
        if (earlier != null) {
            throw Parallel.undeclared(earlier);
        }
        thread.execute(this::work);
    }

    private void work() {
        try {
            work.run();
        } catch (Exception | Error thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    /** Waits for the work that is being done. A request that waits is not met. */
    @Override
    public void close() {
        thread.shutdown();
        thread.getQueue().clear();
        try {
            thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosed() {
        return thread.isShutdown() && thread.getQueue().isEmpty();
    }
}
