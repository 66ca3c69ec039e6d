package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger done = new AtomicInteger();

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
    void closingWaitsForTheWorkThatIsBeingDoneAndLeavesTheRest() {
        BackgroundTask task = new BackgroundTask("test", this::work);
        task.request();
        begun.acquireUninterruptibly();
        task.request();
        task.refuse();
        mayEnd.release(2);
        task.close();
        task.request();

        assertThat(done).hasValue(1);
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
}
