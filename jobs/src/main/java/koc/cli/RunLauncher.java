package koc.cli;

import com.typesafe.config.Config;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import koc.spark.Session;
import koc.warehouse.WarehouseFormat;
import koc.warehouse.WarehouseLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Runs a request: checks the folders, starts Spark, runs the jobs, and stops Spark. */
final class RunLauncher {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    RunLauncher(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** As {@link #run(LogFormat, Supplier, Consumer, BiConsumer)}, for a warehouse that needs no preparation. */
    void run(LogFormat format, Supplier<RunRequest> makeRequest) {
        run(format, makeRequest, request -> {}, (spark, request) -> {});
    }

    /**
     * Runs a request. A failure of a job is thrown as a {@link RunFailure}.
     *
     * @param format how progress is written
     * @param makeRequest makes the request; it fails if an option is invalid
     * @param prepare prepares the warehouse, whose lock is held
     * @param afterwards uses the results while Spark is still running
     */
    void run(
            LogFormat format,
            Supplier<RunRequest> makeRequest,
            Consumer<RunRequest> prepare,
            BiConsumer<SparkSession, RunRequest> afterwards) {
        RunProgress progress = progress(format);
        RunRequest request;
        WarehouseLock lock;
        List<String> notes = new ArrayList<>();
        try {
            request = makeRequest.get();
            Configuration hadoop = SparkHadoopUtil.get().newConfiguration(Session.settings(request.config()));
            checkFolders(hadoop, request);
            lock = WarehouseLock.acquire(
                    hadoop, request.warehouse(), request.attempt().holder(request.jobNames()), notes::add);
        } catch (RuntimeException failure) {
            progress.refused(FailureCause.exitCode(failure), FailureCause.reason(failure));
            throw failure;
        }
        try (lock;
                StopHook stop = new StopHook(err, request, lock)) {
            progress.runStarted(request.day(), request.jobNames());
            notes.forEach(progress::runNote);
            prepare.accept(request);
            withSession(request.config(), request.landing(), request.warehouse(), spark -> {
                run(spark, request, progress, stop, lock.liveAttempts(), notes);
                afterwards.accept(spark, request);
            });
        }
    }

    private static void run(
            SparkSession spark,
            RunRequest request,
            RunProgress progress,
            StopHook stop,
            Set<String> liveAttempts,
            List<String> notes) {
        List<String> remaining = request.jobNames();
        try {
            PipelineRun run = new PipelineRun(spark, request, progress);
            stop.watch(run);
            try {
                run.run(liveAttempts, notes);
            } finally {
                remaining = run.jobsToGoOn();
            }
        } catch (Exception | Error failure) { // Exception: Scala code throws checked exceptions without declaring them.
            throw new RunFailure(failure, request.resume().apply(remaining));
        }
    }

    /**
     * Does the work in a Spark session. Stops the session afterwards, unless it ran before, as in a notebook. A session that
     * ran before plans its queries as it did, however small the input is.
     *
     * @param landing the landing folder that the work reads; null for none
     * @param warehouse the warehouse that the work reads; null for none
     */
    static void withSession(
            Config config, @Nullable String landing, @Nullable String warehouse, Consumer<SparkSession> work) {
        if (SparkSession.getDefaultSession().isDefined()) {
            work.accept(Session.start(config));
            return;
        }
        Configuration hadoop = SparkHadoopUtil.get().newConfiguration(Session.settings(config));
        boolean isSmall = SmallInput.from(config).includes(hadoop, landing, warehouse);
        SparkSession spark = Session.start(config, isSmall);
        try {
            work.accept(spark);
        } finally {
            StopHook.waitIfStopping();
            spark.stop();
        }
    }

    /** Where results are printed. */
    PrintWriter out() {
        return out;
    }

    /** Where the progress of a run is reported. */
    RunProgress progress(LogFormat format) {
        return format == LogFormat.JSON ? new JsonProgress(out, Instant::now) : new TerminalProgress(out, terminal);
    }

    private static void checkFolders(Configuration hadoop, RunRequest request) {
        String landing = request.landing();
        if (landing != null) {
            RunFolders.requireLanding(hadoop, landing);
        }
        WarehouseFormat.check(hadoop, request.warehouse());
        RunFolders.requireWritable(hadoop, request.warehouse());
    }
}
