package koc.cli;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import io.delta.tables.DeltaTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import koc.config.ConfigFingerprint;
import koc.error.ExitCode;
import koc.tables.RunTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The jobs that have run for each day. Read from {@code runs} when a run starts, and written when it ends. */
final class RunLog {
    private final Warehouse warehouse;
    private final LocalDate day;
    private final String configurationHash;
    private final Map<LocalDate, Map<String, JobRecord>> jobsByDay;
    private final List<String> notes = new ArrayList<>();

    private RunLog(
            Warehouse warehouse,
            LocalDate day,
            String configurationHash,
            Map<LocalDate, Map<String, JobRecord>> jobsByDay) {
        this.warehouse = warehouse;
        this.day = day;
        this.configurationHash = configurationHash;
        this.jobsByDay = jobsByDay;
    }

    private record JobRecord(String job, double seconds, long rowsIn, long rowsOut) {}

    /** Reads the log up to this day: a few names per day, which fit in memory. */
    static RunLog open(Warehouse warehouse, LocalDate day, Config config) {
        Map<LocalDate, Map<String, JobRecord>> jobsByDay = new TreeMap<>();
        for (Row row : warehouse
                .readUpTo(RunTables.RUNS, day)
                .select(col("day"), col("jobs"))
                .collectAsList()) {
            Map<String, JobRecord> jobs = new LinkedHashMap<>();
            row.<Row>getList(1)
                    .forEach(job -> jobs.put(
                            job.getString(0),
                            new JobRecord(job.getString(0), job.getDouble(1), job.getLong(2), job.getLong(3))));
            jobsByDay.put(row.getDate(0).toLocalDate(), jobs);
        }
        jobsByDay.computeIfAbsent(day, any -> new LinkedHashMap<>());
        return new RunLog(warehouse, day, ConfigFingerprint.hash(config, "koc"), jobsByDay);
    }

    /** Whether this job has succeeded for this day, in this run or in an earlier one. */
    boolean hasRun(LocalDate onDay, String job) {
        return jobsByDay.getOrDefault(onDay, Map.of()).containsKey(job);
    }

    /** Records that a job starts. The job, and jobs that ran after it, no longer count as run for the day. */
    void started(String job) {
        List<String> done = new ArrayList<>(today().keySet());
        if (done.contains(job)) {
            done.subList(done.indexOf(job), done.size()).forEach(today()::remove);
        }
    }

    void note(String job, String text) {
        notes.add(job + ": " + text);
    }

    void finished(String job, long rowsIn, long rowsOut, double seconds) {
        today().put(job, new JobRecord(job, seconds, rowsIn, rowsOut));
    }

    /** Writes how the run for the day ended; the reason is null if it succeeded. */
    void write(ExitCode exitCode, @Nullable String reason) {
        List<Row> jobs = today().values().stream()
                .map(job -> RowFactory.create(job.job(), job.seconds(), job.rowsIn(), job.rowsOut()))
                .toList();
        Row row = RowFactory.create(
                java.sql.Date.valueOf(day),
                exitCode == ExitCode.DONE ? "done" : "failed",
                exitCode.number(),
                reason,
                jobs,
                List.copyOf(notes),
                versions(),
                configurationHash);
        warehouse.write(RunTables.RUNS, day, List.of(row));
    }

    private Map<String, JobRecord> today() {
        return Objects.requireNonNull(jobsByDay.get(day), "open() adds the day");
    }

    private String versions() {
        return "koc-pipeline " + Version.of(RunLog.class) + ", Spark "
                + warehouse.spark().version() + ", Delta " + Version.of(DeltaTable.class) + ", Java "
                + Runtime.version().feature();
    }
}
