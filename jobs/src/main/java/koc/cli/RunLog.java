package koc.cli;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import koc.config.ConfigFingerprint;
import koc.error.ExitCode;
import koc.run.Job;
import koc.spark.BackgroundTask;
import koc.tables.RunTables;
import koc.warehouse.JobHistory;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The row of this attempt in the table {@code runs}: written before its first job, after each job and at its end. Also tells
 * which jobs have run for each day.
 *
 * <p>The next job does not wait until the row is written; jobs that end in the meantime share one write. A job that is not in
 * the row when the process is killed does not count as run.
 */
final class RunLog implements JobHistory {
    /** The name under which notes of the run itself are kept. */
    static final String RUN = "run";

    private static final int TRIES = 3;

    private final Warehouse warehouse;
    private final RunRequest request;
    /** By job, or {@link #RUN}. */
    private final Map<String, List<String>> notes = new ConcurrentHashMap<>();

    private final Map<String, JobRecord> finished = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final BackgroundTask saving = new BackgroundTask("run-log", this::trySave);
    /** The jobs in the row that was written last. */
    private volatile Set<String> written = Set.of();

    private volatile RunHistory history;
    private boolean hasEnded;

    private RunLog(Warehouse warehouse, RunRequest request, RunHistory history) {
        this.warehouse = warehouse;
        this.request = request;
        this.history = history;
    }

    private record JobRecord(String job, double seconds, long rowsIn, long rowsOut) {}

    static RunLog open(Warehouse warehouse, RunRequest request) {
        return new RunLog(warehouse, request, RunHistory.read(warehouse, request.pipeline()));
    }

    /** Reads again what other processes of this run have done. */
    synchronized void refresh() {
        history = RunHistory.read(warehouse, request.pipeline());
    }

    /** Whether this job has succeeded for this day, and no job before it has started since without succeeding. */
    @Override
    public boolean hasRun(LocalDate onDay, String job) {
        Set<String> done = history.jobsDone(onDay, request.attempt().id());
        if (onDay.equals(request.day())) {
            history.invalidate(done, request.jobNames());
            done.addAll(finished.keySet());
        }
        return done.contains(job);
    }

    @Override
    public Map<String, List<String>> notes(LocalDate onDay) {
        Map<String, List<String>> byJob = history.notes(onDay, request.attempt().id());
        if (onDay.equals(request.day())) {
            history.invalidate(byJob.keySet(), request.jobNames());
            request.jobNames().forEach(job -> byJob.put(job, List.copyOf(notesOf(job))));
        }
        Map<String, List<String>> inOrder = new LinkedHashMap<>();
        request.pipeline().order().stream()
                .map(Job::name)
                .filter(job -> !byJob.getOrDefault(job, List.of()).isEmpty())
                .forEach(job -> inOrder.put(job, byJob.get(job)));
        return inOrder;
    }

    /**
     * Marks attempts that have not ended, and whose process is gone, as lost.
     *
     * @param live the attempts of processes that are under way
     * @return a sentence for each
     */
    List<String> markLost(Set<String> live) {
        List<String> sentences = new ArrayList<>();
        for (RunHistory.Entry entry : history.entries()) {
            if (entry.isRunning()
                    && !live.contains(entry.attempt())
                    && !entry.attempt().equals(request.attempt().id())) {
                List<String> missing = entry.requested().stream()
                        .filter(job -> !entry.done().contains(job))
                        .toList();
                String reason = "its process ended without a word; the jobs " + missing
                        + " may have written a part of their tables";
                Row row = entry.row();
                Object[] values = new Object[row.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.get(i);
                }
                values[row.fieldIndex("verdict")] = Verdict.LOST.code();
                values[row.fieldIndex("reason")] = reason;
                write(entry.day(), entry.attempt(), RowFactory.create(values));
                sentences.add("an earlier attempt for " + entry.day() + ", started at " + entry.started()
                        + ", has not ended: " + reason
                        + ", and do not count as run for that date until they run again");
            }
        }
        return sentences;
    }

    /** Records what a job, or {@link #RUN}, says. It is in the rows that are written from now on. */
    void note(String job, String text) {
        notes.computeIfAbsent(job, any -> new CopyOnWriteArrayList<>()).add(text);
    }

    private List<String> notesOf(String job) {
        return notes.getOrDefault(job, List.of());
    }

    /** Records that the attempt starts. */
    void begin() {
        save(Verdict.RUNNING, null, null);
    }

    /**
     * Records that a job has succeeded. The row is written in the background, and for the last job with the end of the
     * attempt.
     */
    void finished(String job, long rowsIn, long rowsOut, double seconds) {
        finished.put(job, new JobRecord(job, seconds, rowsIn, rowsOut));
        if (!remaining().isEmpty()) {
            saving.request();
        }
    }

    /** The jobs that have not succeeded, in their order. */
    List<String> remaining() {
        return request.jobNames().stream()
                .filter(job -> !finished.containsKey(job))
                .toList();
    }

    /** The jobs that are left of this attempt: those that are not in its row, and missing ones that they need. */
    List<String> jobsToGoOn() {
        List<String> remaining = request.jobNames().stream()
                .filter(job -> !written.contains(job))
                .toList();
        return request.pipeline().order().stream()
                .map(Job::name)
                .filter(job -> remaining.contains(job)
                        || (!hasRun(request.day(), job)
                                && request.pipeline().successors(job).stream().anyMatch(remaining::contains)))
                .toList();
    }

    private void trySave() {
        try {
            save(Verdict.RUNNING, null, null);
        } catch (Exception unwritten) { // Delta's failures are checked exceptions that Scala does not declare.
            // The next row has everything too. If the last one cannot be written, the run fails.
        }
    }

    /**
     * No row is written in the background from now on. One that is being written is given up, so that the row of the end need
     * not wait for it.
     */
    void stopSaving() {
        saving.interrupt();
    }

    /** Records how the attempt ended; the reason is null if it succeeded. */
    void end(ExitCode exitCode, @Nullable String reason) {
        saving.close();
        save(exitCode == ExitCode.DONE ? Verdict.DONE : Verdict.FAILED, exitCode, reason);
    }

    /** Records that a signal stops the attempt, unless it has ended or the row cannot be written in time. */
    void stop(String reason, Duration patience) throws InterruptedException {
        if (writing.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                save(Verdict.STOPPED, null, reason);
            } finally {
                writing.unlock();
            }
        }
    }

    private void save(Verdict verdict, @Nullable ExitCode exitCode, @Nullable String reason) {
        writing.lock();
        try {
            if (!hasEnded) {
                hasEnded = verdict != Verdict.RUNNING;
                Set<String> done = Set.copyOf(finished.keySet());
                write(request.day(), request.attempt().id(), row(verdict, exitCode, reason));
                written = done;
            }
        } finally {
            writing.unlock();
        }
    }

    private Row row(Verdict verdict, @Nullable ExitCode exitCode, @Nullable String reason) {
        Instant now = Instant.now();
        Attempt attempt = request.attempt();
        List<JobRecord> done = request.jobNames().stream()
                .map(finished::get)
                .filter(Objects::nonNull)
                .toList();
        List<Row> jobs = done.stream()
                .map(job -> RowFactory.create(job.job(), job.seconds(), job.rowsIn(), job.rowsOut()))
                .toList();
        return RowFactory.create(
                java.sql.Date.valueOf(request.day()),
                attempt.id(),
                attempt.runId(),
                verdict.code(),
                exitCode == null ? null : exitCode.number(),
                reason,
                Timestamp.from(attempt.started()),
                verdict == Verdict.RUNNING ? null : Timestamp.from(now),
                Duration.between(attempt.started(), now).toMillis() / 1000.0,
                request.jobNames(),
                jobs,
                done.stream().mapToLong(JobRecord::rowsOut).sum(),
                Stream.concat(Stream.of(RUN), request.jobNames().stream())
                        .flatMap(job -> notesOf(job).stream().map(text -> RunHistory.note(job, text)))
                        .toList(),
                attempt.holder(List.of()).pid() + " on "
                        + attempt.holder(List.of()).host(),
                versions(),
                ConfigFingerprint.hash(request.config(), "koc"));
    }

    /** Writes the row of an attempt. Processes of one run may write theirs at the same time, and then one tries again. */
    private void write(LocalDate day, String attempt, Row row) {
        String condition = "day = DATE'" + day + "' AND attempt = '" + attempt + "'";
        for (int tries = 1; ; tries++) {
            try {
                warehouse.write(RunTables.RUNS, List.of(row), condition);
                return;
            } catch (Exception failure) { // Delta's failures are checked exceptions that Scala does not declare.
                if (tries == TRIES || !(failure instanceof DeltaConcurrentModificationException)) {
                    throw failure;
                }
            }
        }
    }

    private String versions() {
        return "koc-pipeline " + Version.of(RunLog.class) + ", Spark "
                + warehouse.spark().version() + ", Delta " + Version.of(DeltaTable.class) + ", Java "
                + Runtime.version().feature();
    }
}
