package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import koc.SparkTest;
import koc.error.KocException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ParallelTest extends SparkTest {
    private final KocException missing = KocException.input("events: no files", "expected some", "land some");

    @Test
    void tasksRunAtTheSameTime() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Parallel.Task<String> task = new Parallel.Task<>(() -> {
            first.countDown();
            await(second);
            return "done";
        });

        Parallel.run(task, () -> {
            await(first);
            second.countDown();
        });

        assertThat(task.result()).isEqualTo("done");
    }

    @Test
    void aTaskThatHasNotRunHasNoResult() {
        assertThatThrownBy(() -> new Parallel.Task<>(() -> "never").result())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the task has not been run to its end");
    }

    @Test
    void allTasksEndThoughOneFails() {
        AtomicBoolean hasEnded = new AtomicBoolean();
        CountDownLatch hasFailed = new CountDownLatch(1);

        assertThatThrownBy(() -> Parallel.run(
                        () -> {
                            hasFailed.countDown();
                            throw missing;
                        },
                        () -> {
                            await(hasFailed);
                            hasEnded.set(true);
                        }))
                .isSameAs(missing);

        assertThat(hasEnded).isTrue();
    }

    @Test
    void theFailureThatAUserCanActOnIsThrownWithTheOthersSuppressedInIt() {
        KocException failure = KocException.input("users: no files", "expected some", "land some");
        IllegalStateException other = new IllegalStateException("says less to a user");

        assertThatThrownBy(() -> Parallel.run(
                        () -> {
                            throw other;
                        },
                        () -> {
                            throw failure;
                        }))
                .isSameAs(failure)
                .hasSuppressedException(other);
    }

    @Test
    void aCheckedExceptionThatScalaCodeDoesNotDeclareIsThrownAsItIs() {
        Exception checked = new Exception("as Spark throws them");

        assertThatThrownBy(() -> Parallel.run(() -> ParallelTest.<RuntimeException>throwUndeclared(checked)))
                .isSameAs(checked);
    }

    @Test
    void aTaskStartsAsSoonAsThoseItWaitsForHaveEnded() {
        CountDownLatch lastIsDone = new CountDownLatch(1);
        Queue<String> ended = new ConcurrentLinkedQueue<>();
        Map<String, Runnable> tasks = new LinkedHashMap<>();
        tasks.put("first", () -> ended.add("first"));
        tasks.put("slow", () -> {
            await(lastIsDone);
            ended.add("slow");
        });
        tasks.put("last", () -> {
            ended.add("last");
            lastIsDone.countDown();
        });

        Parallel.runWhenReady(tasks, name -> name.equals("first") ? List.of() : List.of("first"));

        assertThat(ended).containsExactly("first", "last", "slow");
    }

    @Test
    void afterAFailureNoOtherTaskStarts() {
        CountDownLatch slowHasStarted = new CountDownLatch(1);
        CompletableFuture<Thread> failed = new CompletableFuture<>();
        Queue<String> ended = new ConcurrentLinkedQueue<>();
        Map<String, Runnable> tasks = new LinkedHashMap<>();
        tasks.put("failing", () -> {
            await(slowHasStarted);
            failed.complete(Thread.currentThread());
            throw missing;
        });
        tasks.put("slow", () -> {
            slowHasStarted.countDown();
            while (failed.join().getState() != Thread.State.WAITING) {
                Thread.onSpinWait(); // until the failure has been thrown, and its thread waits for other work
            }
            ended.add("slow");
        });
        tasks.put("after failing", () -> ended.add("after failing"));
        tasks.put("after slow", () -> ended.add("after slow"));

        assertThatThrownBy(() -> Parallel.runWhenReady(
                        tasks,
                        name -> name.startsWith("after ") ? List.of(name.substring("after ".length())) : List.of()))
                .isSameAs(missing);

        assertThat(ended).containsExactly("slow");
    }

    @Test
    void threadsInheritTheSessionOfTheCaller() {
        SparkSession own = SPARK.newSession();
        Queue<SparkSession> seen = new ConcurrentLinkedQueue<>();
        SparkSession.setActiveSession(own);
        try {
            Parallel.run(() -> seen.add(SparkSession.active()), () -> seen.add(SparkSession.active()));
        } finally {
            SparkSession.setActiveSession(SPARK);
        }

        assertThat(seen).hasSize(2).allSatisfy(session -> assertThat(session).isSameAs(own));
    }

    @Test
    void resultsHaveTheOrderOfTheInputsWhicheverIsFirst() {
        CountDownLatch secondIsDone = new CountDownLatch(1);
        List<Integer> inputs = Runtime.getRuntime().availableProcessors() > 1 ? List.of(1, 2, 3) : List.of(2, 1, 3);

        List<String> results = Parallel.map(inputs, input -> {
            if (input == 1) {
                await(secondIsDone);
            }
            if (input == 2) {
                secondIsDone.countDown();
            }
            return "result " + input;
        });

        assertThat(results)
                .isEqualTo(inputs.stream().map(input -> "result " + input).toList());
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        Parallel.run();

        assertThat(Parallel.map(List.of(), input -> input)).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUndeclared(Throwable failure) throws E {
        throw (E) failure;
    }
}
