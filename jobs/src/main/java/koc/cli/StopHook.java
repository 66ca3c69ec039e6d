package koc.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import koc.warehouse.WarehouseLock;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run in order when a signal stops the process (SIGTERM, or Ctrl-C at a terminal): says so in one line, records it in
 * {@code runs}, and gives the lock back. It runs before Spark's own hook, which ends the session.
 */
final class StopHook implements AutoCloseable {
    /** Above that of Spark's hook. */
    private static final int PRIORITY = 100;

    private static final int MAX_SECONDS = 8;

    private final PrintWriter err;
    private final RunRequest request;
    private final WarehouseLock lock;
    private final Runnable hook = this::stop;
    private volatile @Nullable PipelineRun run;

    /** Watches over a run from now on, until it is closed. */
    StopHook(PrintWriter err, RunRequest request, WarehouseLock lock) {
        this.err = err;
        this.request = request;
        this.lock = lock;
        ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, MAX_SECONDS, TimeUnit.SECONDS);
    }

    /** The jobs start now. */
    void watch(PipelineRun started) {
        run = started;
    }

    /**
     * Blocks for ever if the process is about to end. Work that ends now has been interrupted: it must neither be reported as
     * a failure nor stop the session in which the hook records the end.
     */
    static void waitIfStopping() {
        while (ShutdownHookManager.get().isShutdownInProgress()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException ignored) {
                // The process ends anyway.
            }
        }
    }

    @Override
    public void close() {
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }

    private void stop() {
        PipelineRun current = run;
        err.println("koc: stopped by a signal; to go on: "
                + request.resume().apply(current == null ? request.jobNames() : current.jobsToGoOn()));
        err.flush();
        try {
            if (current != null) {
                current.stop("a signal stopped the process");
            }
        } catch (InterruptedException tooLate) {
            Thread.currentThread().interrupt();
        } finally {
            lock.close();
        }
    }
}
