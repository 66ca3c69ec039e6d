package koc.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader that looks at the publication of a warehouse all the time; closing fails if it ever saw anything but a whole run. */
final class PublishedReader implements AutoCloseable {
    private static final long PAUSE_MILLIS = 500;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> reading;

    /**
     * Starts to read.
     *
     * @param whole the publications that may be seen
     */
    PublishedReader(Path warehouse, List<PublishedPrint> whole) {
        this.reading = thread.submit(() -> {
            while (!isOver.get()) {
                look(warehouse, whole);
                KocProcess.sleep(PAUSE_MILLIS);
            }
            return null;
        });
    }

    /** How often it has looked. */
    int looks() {
        return looks.get();
    }

    private void look(Path warehouse, List<PublishedPrint> whole) throws IOException {
        PublishedPrint seen = PublishedPrint.of(warehouse);
        if (!whole.contains(seen)) {
            throw new AssertionError("a reader saw something else than a whole run: " + seen);
        }
        looks.incrementAndGet();
    }

    @Override
    public void close() {
        isOver.set(true);
        thread.shutdown();
        try {
            reading.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        }
    }
}
