package koc.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import koc.run.JobGraph;
import koc.tables.RunTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;

/**
 * The attempts in the table {@code runs}, and the jobs that have run for each day according to them.
 *
 * <p>An attempt first makes the jobs that it was asked to run, and all jobs that read what they write, count as not run. Then
 * each of its jobs that succeeds counts as run. So after an attempt that ended early its other jobs have not run, even
 * if an earlier attempt ran them: their tables may be new, old or a mixture.
 */
final class RunHistory {
    private final JobGraph pipeline;
    private final List<Entry> entries;

    private RunHistory(JobGraph pipeline, List<Entry> entries) {
        this.pipeline = pipeline;
        this.entries = entries;
    }

    /**
     * One attempt.
     *
     * @param row all its columns
     */
    record Entry(
            LocalDate day,
            String attempt,
            Instant started,
            String verdict,
            List<String> requested,
            Set<String> done,
            Row row) {
        static Entry of(Row row) {
            Set<String> done = new TreeSet<>();
            row.<Row>getList(row.fieldIndex("jobs")).forEach(job -> done.add(job.getString(0)));
            return new Entry(
                    row.getDate(row.fieldIndex("day")).toLocalDate(),
                    row.getAs("attempt"),
                    row.getTimestamp(row.fieldIndex("started_at")).toInstant(),
                    row.getAs("verdict"),
                    List.copyOf(row.<String>getList(row.fieldIndex("requested"))),
                    done,
                    row);
        }

        boolean isRunning() {
            return verdict.equals(Verdict.RUNNING.code());
        }
    }

    /** Reads the attempts for all days: a few lines for each day. */
    static RunHistory read(Warehouse warehouse, JobGraph pipeline) {
        List<Entry> entries = new ArrayList<>(warehouse.readAll(RunTables.RUNS).collectAsList().stream()
                .map(Entry::of)
                .toList());
        entries.sort(Comparator.comparing(Entry::started).thenComparing(Entry::attempt));
        return new RunHistory(pipeline, entries);
    }

    /** All attempts, earliest first. */
    List<Entry> entries() {
        return entries;
    }

    /** The jobs that have run for a day, without what this attempt has done. */
    Set<String> jobsDone(LocalDate day, String exceptAttempt) {
        Set<String> done = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.day().equals(day) && !entry.attempt().equals(exceptAttempt)) {
                invalidate(done, entry.requested());
                done.addAll(entry.done());
            }
        }
        return done;
    }

    /** What the jobs that have run for a day said, by job, without what this attempt said. */
    Map<String, List<String>> notes(LocalDate day, String exceptAttempt) {
        Map<String, List<String>> byJob = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.day().equals(day) && !entry.attempt().equals(exceptAttempt)) {
                invalidate(byJob.keySet(), entry.requested());
                List<String> notes = entry.row().getList(entry.row().fieldIndex("notes"));
                entry.done().forEach(job -> byJob.put(job, notesOf(job, notes)));
            }
        }
        return byJob;
    }

    /** A note as the table has it. */
    static String note(String job, String text) {
        return job + ": " + text;
    }

    /** What a job said, among the notes of the table. */
    static List<String> notesOf(String job, List<String> notes) {
        String start = note(job, "");
        return notes.stream()
                .filter(note -> note.startsWith(start))
                .map(note -> note.substring(start.length()))
                .toList();
    }

    /** Removes jobs, and all jobs that read what they write. */
    void invalidate(Set<String> done, List<String> jobs) {
        for (String job : jobs) {
            done.remove(job);
            done.removeAll(pipeline.successors(job));
        }
    }
}
