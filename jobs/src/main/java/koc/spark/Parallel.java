package koc.spark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import koc.error.KocException;

/**
 * Runs tasks in parallel. Every method waits until all its tasks have ended. The threads are new, because a new thread
 * inherits the Spark session of the caller.
 */
public final class Parallel {
    private Parallel() {}

    /** A task with a result, which is available after {@link Parallel#run}. */
    public static final class Task<T> implements Runnable {
        private final Supplier<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        public Task(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            result.complete(work.get());
        }

        /**
         * The result.
         *
         * @throws IllegalStateException if the task has not been run to its end
         */
        public T result() {
            if (!result.isDone()) {
                throw new IllegalStateException("the task has not been run to its end");
            }
            return result.join();
        }
    }

    /**
     * Runs independent tasks, each in its own thread. One task that plans and commits a small table uses only one core.
     *
     * @throws RuntimeException the failure of a task, preferably a {@link KocException}; other failures are suppressed in it.
     *     All other tasks still run to their end.
     */
    public static void run(Runnable... tasks) {
        computeAll(
                Stream.of(tasks)
                        .map(task -> (Supplier<Runnable>) () -> {
                            task.run();
                            return task;
                        })
                        .toList(),
                tasks.length);
    }

    /**
     * Runs each task as soon as the tasks that it waits for have ended, with as many threads as tasks. After a failure no
     * other task starts.
     *
     * @param tasks by name, each after those that it waits for
     * @param waitsFor their names
     * @throws RuntimeException as {@link #run} does; the tasks that have started still run to their end
     */
    public static void runWhenReady(Map<String, ? extends Runnable> tasks, Function<String, List<String>> waitsFor) {
        if (tasks.isEmpty()) {
            return;
        }
        AtomicBoolean hasFailed = new AtomicBoolean();
        ThreadPoolExecutor pool = newThreads(tasks.size());
        // Otherwise a thread that is needed later would inherit the session of a task, not of the caller.
        pool.prestartAllCoreThreads();
        try {
            Map<String, CompletableFuture<Void>> running = new LinkedHashMap<>();
            tasks.forEach((name, task) -> {
                CompletableFuture<?>[] earlier =
                        waitsFor.apply(name).stream().map(running::get).toArray(CompletableFuture<?>[]::new);
                running.put(
                        name,
                        CompletableFuture.allOf(earlier).thenRunAsync(() -> runUnlessFailed(task, hasFailed), pool));
            });
            awaitAll(running.values());
        } finally {
            pool.shutdown();
        }
    }

    private static void runUnlessFailed(Runnable task, AtomicBoolean hasFailed) {
        if (hasFailed.get()) {
            return;
        }
        try {
            task.run();
        } catch (Exception | Error failure) { // Exception: Scala code throws checked exceptions without declaring them.
            hasFailed.set(true);
            throw failure;
        }
    }

    /**
     * Applies a function to each input, with one thread per core.
     *
     * @return the results in the order of the inputs
     * @throws RuntimeException as {@link #run} does
     */
    public static <T, R> List<R> map(List<T> inputs, Function<T, R> function) {
        return computeAll(
                inputs.stream()
                        .map(input -> (Supplier<R>) () -> function.apply(input))
                        .toList(),
                Math.min(inputs.size(), Runtime.getRuntime().availableProcessors()));
    }

    private static <R> List<R> computeAll(List<Supplier<R>> tasks, int threads) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = newThreads(threads);
        try {
            List<CompletableFuture<R>> running = new ArrayList<>();
            for (Supplier<R> task : tasks) {
                running.add(CompletableFuture.supplyAsync(task, pool));
            }
            awaitAll(running);
            return running.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdown();
        }
    }

    private static ThreadPoolExecutor newThreads(int threads) {
        String caller = Thread.currentThread().getName();
        AtomicInteger number = new AtomicInteger();
        return (ThreadPoolExecutor) Executors.newFixedThreadPool(
                threads, task -> new Thread(task, caller + "-" + number.incrementAndGet()));
    }

    private static void awaitAll(Collection<? extends CompletableFuture<?>> running) {
        List<Throwable> failures = running.stream()
                .map(one -> one.handle((done, failure) -> Optional.ofNullable(failure))
                        .join())
                .flatMap(Optional::stream)
                .map(failure -> failure instanceof CompletionException ? failure.getCause() : failure)
                .distinct()
                .toList();
        if (!failures.isEmpty()) {
            throw mostUseful(failures);
        }
    }

    /** The failure that helps the user most, with the others suppressed in it. */
    private static RuntimeException mostUseful(List<Throwable> failures) {
        Throwable chosen = failures.stream()
                .filter(failure -> failure instanceof KocException)
                .findFirst()
                .orElse(failures.get(0));
        failures.stream().filter(failure -> failure != chosen).forEach(chosen::addSuppressed);
        // Spark throws checked exceptions that Scala does not declare. They are rethrown unchanged.
        return Parallel.<RuntimeException>undeclared(chosen);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException undeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
