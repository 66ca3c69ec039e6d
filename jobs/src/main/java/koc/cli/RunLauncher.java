package koc.cli;

import com.typesafe.config.Config;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import koc.error.KocException;
import koc.run.Job;
import koc.spark.Session;
import koc.warehouse.WarehouseFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Runs a request: checks the folders, starts Spark, runs the jobs, and stops Spark. */
final class RunLauncher {
    private final PrintWriter out;
    private final boolean terminal;

    RunLauncher(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Runs a request.
     *
     * @param format how progress is written
     * @param makeRequest makes the request; it fails if an option is invalid
     * @param afterwards uses the results while Spark is still running
     */
    void run(LogFormat format, Supplier<RunRequest> makeRequest, BiConsumer<SparkSession, RunRequest> afterwards) {
        RunProgress progress = progress(format);
        RunRequest request;
        try {
            request = makeRequest.get();
            checkFolders(request);
        } catch (KocException failure) {
            progress.refused(failure.exitCode(), String.valueOf(failure.getMessage()));
            throw failure;
        }
        progress.runStarted(
                request.day(), request.jobs().stream().map(Job::name).toList());
        withSession(request.config(), spark -> {
            PipelineRun.run(spark, request, progress);
            afterwards.accept(spark, request);
        });
    }

    /** Does the work in a Spark session. Stops the session afterwards, unless it ran before, as in a notebook. */
    static void withSession(Config config, Consumer<SparkSession> work) {
        if (SparkSession.getDefaultSession().isDefined()) {
            work.accept(Session.start(config));
            return;
        }
        SparkSession spark = Session.start(config);
        try {
            work.accept(spark);
        } finally {
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

    private static void checkFolders(RunRequest request) {
        Configuration hadoop = SparkHadoopUtil.get().newConfiguration(Session.settings(request.config()));
        String landing = request.landing();
        if (landing != null) {
            RunFolders.requireLanding(hadoop, landing);
        }
        WarehouseFormat.check(hadoop, request.warehouse());
        RunFolders.requireWritable(hadoop, request.warehouse());
    }
}
