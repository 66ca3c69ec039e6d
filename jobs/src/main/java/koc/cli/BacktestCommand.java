package koc.cli;

import com.typesafe.config.Config;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import koc.backtest.Backtest;
import koc.backtest.BacktestResults;
import koc.backtest.HtmlReport;
import koc.backtest.TextReport;
import koc.error.KocException;
import koc.spark.Session;
import koc.warehouse.Warehouse;
import koc.warehouse.WarehouseLock;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures whether past recommendations predicted what the pools bought next, and better than simple baselines did. */
@Command(
        name = "backtest",
        description = {
            "Rebuild all tables as of a past day, and measure whether the pools then bought what was recommended.",
            "The folder of --out gets cutoff=DAY/warehouse (all tables as of that day), outcome and results (tables),"
                    + " and report/index.html."
        },
        sortOptions = false)
final class BacktestCommand implements Callable<Integer> {
    private final Jobs jobs;
    private final RunLauncher runner;

    @Option(
            names = "--landing",
            paramLabel = "DIR",
            required = true,
            description =
                    "Folder with one folder per source, as for run; it must have events up to the end of the horizon.")
    private String landing = "";

    @Option(
            names = "--cutoff",
            paramLabel = "YYYY-MM-DD",
            required = true,
            converter = DayConverter.class,
            description = "Last day, in koc.zone, whose data the recommendations may use.")
    private LocalDate cutoff = LocalDate.EPOCH;

    @Option(
            names = "--horizon-days",
            paramLabel = "N",
            required = true,
            description = "Days after the cutoff in which buyers are counted: 1 to 365.")
    private int horizonDays;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder of the backtest; the result of an earlier backtest in it is replaced.")
    private String out = "";

    @Option(
            names = "--cutoffs",
            paramLabel = "K",
            defaultValue = "1",
            description = "Number of cutoffs; --cutoff is the latest (default: 1).")
    private int cutoffs = 1;

    @Option(
            names = "--step-days",
            paramLabel = "N",
            description = "Days from one cutoff to the next: 1 to 365 (default: the horizon).")
    private @Nullable Integer stepDays;

    @Mixin
    private SharedOptions shared = new SharedOptions();

    BacktestCommand(Jobs jobs, RunLauncher runner) {
        this.jobs = jobs;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        RunProgress progress = runner.progress(shared.log());
        Config config;
        BacktestFolder folder;
        BacktestRunner backtest;
        WarehouseLock lock;
        try {
            requireWithin("--horizon-days", horizonDays, 365);
            requireWithin("--cutoffs", cutoffs, 100);
            requireWithin("--step-days", step(), 365);
            config = shared.load();
            Configuration hadoop = SparkHadoopUtil.get().newConfiguration(Session.settings(config));
            RunFolders.requireLanding(hadoop, landing);
            folder = BacktestFolder.at(hadoop, out);
            backtest = new BacktestRunner(config, horizonDays, jobs.computing(), landing, folder, progress);
            lock = WarehouseLock.acquire(
                    hadoop, out, Attempt.start(null).holder(List.of("backtest")), progress::runNote);
        } catch (RuntimeException failure) {
            progress.refused(FailureCause.exitCode(failure), FailureCause.reason(failure));
            throw failure;
        }
        try (lock) {
            evaluate(config, backtest, folder, progress);
        }
        return 0;
    }

    private void evaluate(Config config, BacktestRunner backtest, BacktestFolder folder, RunProgress progress) {
        RunLauncher.withSession(config, landing, null, spark -> {
            List<LocalDate> days = Backtest.cutoffs(cutoff, cutoffs, step());
            Warehouse outcome = backtest.prepareOutcome(spark, days);
            BacktestResults results =
                    backtest.evaluate(days, outcome, new Warehouse(spark, folder.path(BacktestFolder.RESULTS)));
            folder.write(BacktestFolder.REPORT + "/index.html", new HtmlReport(results).render());
            print(new TextReport(results), folder, progress);
        });
    }

    private int step() {
        return stepDays == null ? horizonDays : stepDays;
    }

    private void print(TextReport report, BacktestFolder folder, RunProgress progress) {
        if (shared.log() == LogFormat.JSON) {
            progress.note("backtest", report.headline());
            return;
        }
        PrintWriter terminal = runner.out();
        terminal.println();
        terminal.println(report.headline());
        terminal.println(report.comparison());
        terminal.println(report.calibration());
        terminal.println("tables in " + folder.path(BacktestFolder.RESULTS) + ", page in "
                + folder.path(BacktestFolder.REPORT) + "/index.html");
        terminal.flush();
    }

    private static void requireWithin(String option, int found, int max) {
        if (found < 1 || found > max) {
            throw KocException.usage(
                    option + " " + found, "expected a whole number from 1 to " + max, "for example " + option + " 28");
        }
    }
}
