package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void requestsDuringTheWorkAreMetByDoingItOnceMore() {
        BackgroundTask task = new BackgroundTask("test", this::work);

        task.request();
        begun.acquireUninterruptibly();
        task.request();
        task.request();
        task.request();
        mayEnd.release(4);
        begun.acquireUninterruptibly();
        task.close();

        assertThat(done).hasValue(2);
    }

    @Test
    void closingWaitsForTheWorkThatIsBeingDoneAndLeavesTheRest() {
        BackgroundTask task = new BackgroundTask("test", this::work);
        task.request();
        begun.acquireUninterruptibly();
        task.request();
        Parallel.run(task::close, () -> {
            while (!task.isClosed()) {
                Thread.onSpinWait();
            }
            mayEnd.release(2);
        });
        task.request();

        assertThat(done).hasValue(1);
    }

    @Test
    void closingWithoutARequestDoesNothing() {
        new BackgroundTask("test", this::work).close();

        assertThat(done).hasValue(0);
    }

    @Test
    void theNextRequestThrowsTheFailure() {
        KocException full = KocException.input("runs: no space left", "expected some", "make room");
        BackgroundTask task = new BackgroundTask("test", () -> {
            begun.release();
            throw full;
        });
        task.request();
        task.close();

        assertThatThrownBy(task::request).isSameAs(full);
    }

    private void work() {
        begun.release();
        mayEnd.acquireUninterruptibly();
        done.incrementAndGet();
    }
}
