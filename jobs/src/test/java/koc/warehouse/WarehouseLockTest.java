package koc.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import koc.error.ExitCode;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseLockTest {
    private static final Instant SINCE = Instant.parse("2024-01-01T00:00:00Z");
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void aSecondRunIsRefusedUntilTheFirstHasEnded() {
        WarehouseLock first = acquire(mine("one", "a"));

        assertThatThrownBy(() -> acquire(mine("two", "b")))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.TRY_LATER))
                .hasMessageContaining("the lock is held by run one (process "
                        + ProcessHandle.current().pid() + " on ")
                .hasMessageNotContaining("unlock");

        first.close();
        acquire(mine("two", "c")).close();
        assertThat(folder.resolve("_koc_lock")).doesNotExist();
        assertThat(told).isEmpty();
    }

    @Test
    void processesOfOneRunShareTheLockUntilTheLastHasEnded() {
        WarehouseLock first = acquire(holder("one", "a", List.of("influence")));
        WarehouseLock second = acquire(holder("one", "b", List.of("fit")));
        assertThat(first.liveAttempts()).containsExactlyInAnyOrder("a", "b");
        first.close();

        assertThatThrownBy(() -> acquire(mine("two", "c"))).hasMessageContaining("run one");

        second.close();
        acquire(mine("two", "d")).close();
    }

    @Test
    void twoProcessesOfOneRunDoNotRunTheSameJob() {
        WarehouseLock first = acquire(holder("one", "a", List.of("fit", "kocs")));

        assertThatThrownBy(() -> acquire(holder("one", "b", List.of("fit"))))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.TRY_LATER))
                .hasMessageContaining("another process of run one runs one of these jobs");
        first.close();
        assertThat(folder.resolve("_koc_lock")).doesNotExist();
    }

    @Test
    void theLockOfADeadProcessOfThisHostIsTakenOverAloud() throws Exception {
        leaveBehind(deadProcess());

        WarehouseLock lock = acquire(mine("two", "b"));

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("the lock of run dead (process ")
                .contains("its process has ended; this run takes it over");
        assertThat(lock.liveAttempts()).containsExactly("b");
        lock.close();
        assertThat(folder.resolve("_koc_lock")).doesNotExist();
    }

    @Test
    void aProcessWithTheNumberOfADeadOneIsAnotherProcess() throws IOException {
        LockHolder me = mine("dead", "a");
        leaveBehind(new LockHolder(
                "dead", "a", me.jobs(), me.host(), me.pid(), me.started().minusSeconds(3600), SINCE));

        acquire(mine("two", "b")).close();

        assertThat(told).hasSize(1);
    }

    @Test
    void theLockOfAnotherHostStaysUntilItIsRemoved() throws IOException {
        leaveBehind(new LockHolder("far", "a", List.of("clean"), "elsewhere", 1, SINCE, SINCE));

        assertThatThrownBy(() -> acquire(mine("two", "b")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("run far (process 1 on elsewhere, clean, since 2024-01-01T00:00:00Z)")
                .hasMessageContaining("bin/koc unlock --warehouse " + folder);
        assertThat(WarehouseLock.holders(HADOOP, folder.toString()))
                .extracting(LockHolder::runId)
                .containsExactly("far");

        WarehouseLock.remove(HADOOP, folder.toString());
        acquire(mine("two", "b")).close();
    }

    /** Every file system but the local disk creates files through Hadoop's interface; viewfs stands for them. */
    @Test
    void theLockWorksOnOtherFileSystems() {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.viewfs.mounttable.cluster.link./w", folder.toUri().toString());
        String warehouse = "viewfs://cluster/w";
        WarehouseLock first = WarehouseLock.acquire(hadoop, warehouse, mine("one", "a"), told::add);

        assertThatThrownBy(() -> WarehouseLock.acquire(hadoop, warehouse, mine("two", "b"), told::add))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.TRY_LATER));
        assertThat(folder.resolve("_koc_lock/owner.json")).hasContent("one");

        first.close();
        WarehouseLock.acquire(hadoop, warehouse, mine("two", "c"), told::add).close();
        assertThat(folder.resolve("_koc_lock")).doesNotExist();
    }

    @Test
    void aDamagedFileOfAProcessCountsAsAProcessElsewhere() throws IOException {
        leaveBehind(new LockHolder("far", "a", List.of("clean"), "elsewhere", 1, SINCE, SINCE));
        Files.writeString(folder.resolve("_koc_lock/process-a.json"), "");

        assertThatThrownBy(() -> acquire(mine("two", "b"))).hasMessageContaining("bin/koc unlock");
    }

    @Test
    void ofManyRunsThatStartAtOnceOneHoldsTheLockAtATime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Integer>> runs = new ArrayList<>();
        Path inside = folder.resolve("inside");
        for (int i = 0; i < 40; i++) {
            String run = "run" + i;
            runs.add(pool.submit(() -> {
                try (WarehouseLock lock = acquire(mine(run, run))) {
                    Files.createFile(inside);
                    Thread.sleep(5);
                    Files.delete(inside);
                    return lock.liveAttempts().size();
                } catch (KocException refused) {
                    return 0;
                }
            }));
        }
        int held = 0;
        for (Future<Integer> run : runs) {
            held += run.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();

        assertThat(held).isPositive();
        assertThat(folder.resolve("_koc_lock")).doesNotExist();
    }

    private WarehouseLock acquire(LockHolder holder) {
        return WarehouseLock.acquire(HADOOP, folder.toString(), holder, told::add);
    }

    private static LockHolder mine(String runId, String attempt) {
        return holder(runId, attempt, List.of("clean"));
    }

    private static LockHolder holder(String runId, String attempt, List<String> jobs) {
        return LockHolder.ofThisProcess(runId, attempt, jobs, SINCE);
    }

    private static LockHolder deadProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        LockHolder me = mine("dead", "a");
        process.waitFor();
        return new LockHolder("dead", "a", me.jobs(), me.host(), process.pid(), me.started(), SINCE);
    }

    /** The files of a process that was killed. */
    private void leaveBehind(LockHolder holder) throws IOException {
        Path lock = Files.createDirectories(folder.resolve("_koc_lock"));
        Files.writeString(lock.resolve("process-" + holder.attempt() + ".json"), holder.toJson());
        Files.writeString(lock.resolve("owner.json"), holder.runId());
    }
}
