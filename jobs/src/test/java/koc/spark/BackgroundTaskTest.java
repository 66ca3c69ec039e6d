package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BackgroundTaskTest {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();

    @Test
    void requestsDuringTheWorkAreMetByDoingItOnceMore() throws InterruptedException {
        BackgroundTask task = new BackgroundTask("test", this::work);

        task.request();
        begun.acquireUninterruptibly();
        task.request();
        task.request();
        task.request();
        mayEnd.release(4);
        begun.acquireUninterruptibly();
        assertThat(begun.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
        task.close();

        assertThat(done).hasValue(2);
    }

    @Test
    @Timeout(60)
    void closingWaitsForTheWorkThatIsBeingDoneAndLeavesTheRest() throws InterruptedException {
        BackgroundTask task = new BackgroundTask("test", this::work);
        task.request();
        begun.acquireUninterruptibly();
        task.request();
        Thread closing = new Thread(task::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.release(2);
        closing.join();
        task.request();

        assertThat(done).hasValue(1);
    }

    @Test
    @Timeout(60)
    void interruptingEndsTheWorkThatIsBeingDoneAndLeavesTheRest() {
        BackgroundTask task = new BackgroundTask("test", this::workUntilInterrupted);
        task.request();
        begun.acquireUninterruptibly();
        task.request();

        task.interrupt();
        task.close();
        task.request();

        assertThat(interrupted).hasValue(1);
        assertThat(done).hasValue(0);
    }

    @Test
    void closingWithoutARequestDoesNothing() {
        new BackgroundTask("test", this::work).close();

        assertThat(done).hasValue(0);
    }

    @Test
    void theCallerDoesNotWaitForTheWork() {
        BackgroundTask task = new BackgroundTask("test", this::work);

        task.request();

        assertThat(done).hasValue(0);
        mayEnd.release();
    }

    private void work() {
        begun.release();
        mayEnd.acquireUninterruptibly();
        done.incrementAndGet();
    }

    private void workUntilInterrupted() {
        begun.release();
        try {
            mayEnd.acquire();
            done.incrementAndGet();
        } catch (InterruptedException expected) {
            interrupted.incrementAndGet();
        }
    }
}
