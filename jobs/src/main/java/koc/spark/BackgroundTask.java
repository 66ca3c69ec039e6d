package koc.spark;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;

/**
 * Work that is done in the background whenever it is requested, such as to save a state that changes. All requests that come
 * while it is being done lead to one more time.
 */
public final class BackgroundTask implements AutoCloseable {
    private final Runnable work;
    /** Has room for one request that waits. Another one is discarded, because the waiting one meets it too. */
    private final ThreadPoolExecutor thread;

    private volatile boolean isRefused;

    /**
     * Nothing is done before the first request. The thread inherits the Spark session of the first caller.
     *
     * @param name of the thread
     * @param work handles its own failures
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
     * Asks that the work be done once from its beginning, and returns at once. Does nothing after {@link #interrupt} or
     * {@link #close}.
     */
    public void request() {
        thread.execute(this::workUnlessRefused);
    }

    private void workUnlessRefused() {
        if (!isRefused) {
            work.run();
        }
    }

    /** Refuses requests, also the one that waits. Interrupts the work that is being done, and does not wait for its end. */
    public void interrupt() {
        isRefused = true;
        thread.shutdownNow();
    }

    /** Refuses requests, also the one that waits. Waits for the work that is being done. */
    @Override
    public void close() {
        isRefused = true;
        thread.shutdown();
        try {
            thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
