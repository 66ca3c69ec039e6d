package koc.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.backtest.Backtest;
import koc.backtest.Findings;
import koc.run.Job;
import koc.table.Tables;
import org.apache.spark.sql.SparkSession;

/**
 * Rebuilds the past and judges it: the pipeline's own jobs run in a warehouse of their own that ends at the cutoff, so that
 * portraits, pools, popularity, priors, calibration and item model know nothing of what came after it.
 */
final class Backtesting {
    private static final String CLEAN = "clean";

    private final SparkSession spark;
    private final Config config;
    private final List<Job> jobs;
    private final Backtest backtest;
    private final String landing;
    private final BacktestFolder folder;
    private final RunProgress progress;

    /**
     * A backtest of these jobs; a setting that is wrong is an error before any of them runs.
     *
     * @param horizonDays days after a cutoff in which buyers are counted, and for which they are forecast
     * @param folder for the warehouses of the cutoffs
     */
    Backtesting(
            SparkSession spark,
            Config config,
            int horizonDays,
            Jobs jobs,
            String landing,
            BacktestFolder folder,
            RunProgress progress) {
        this.spark = spark;
        Config settings = settings(config, horizonDays);
        this.config = settings;
        this.jobs =
                jobs.kinds().stream().map(kind -> kind.make().apply(settings)).toList();
        this.backtest = new Backtest(settings);
        this.landing = landing;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * The settings of a rebuilt warehouse. A day without events, and a share of rejects that is high because what cannot be
     * dated counts against a short history too, are no reason to stop here: the run itself has judged the landing.
     */
    private static Config settings(Config config, int horizonDays) {
        return config.withValue("koc.recommend.challengers", ConfigValueFactory.fromAnyRef(true))
                .withValue("koc.recommend.horizon-days", ConfigValueFactory.fromAnyRef(horizonDays))
                .withValue("koc.clean.allow-empty-day", ConfigValueFactory.fromAnyRef(true))
                .withValue("koc.clean.reject-limit", ConfigValueFactory.fromAnyRef(1.0));
    }

    /** Rebuilds a warehouse for each cutoff, and judges them by the events of another one. */
    Findings judge(List<LocalDate> cutoffs, Tables outcome, Tables results) {
        backtest.requireOutcome(cutoffs, outcome);
        List<Backtest.Rebuilt> rebuilt = new ArrayList<>();
        for (LocalDate cutoff : cutoffs) {
            String warehouse = folder.path("cutoff=" + cutoff + "/warehouse");
            run(cutoff, warehouse, jobs);
            rebuilt.add(new Backtest.Rebuilt(cutoff, new Tables(spark, warehouse)));
        }
        return backtest.judge(rebuilt, outcome, results);
    }

    /** The events up to this day, cleaned in a warehouse of their own. */
    Tables outcome(LocalDate day) {
        String warehouse = folder.path(BacktestFolder.OUTCOME);
        run(
                day,
                warehouse,
                jobs.stream().filter(job -> job.name().equals(CLEAN)).toList());
        return new Tables(spark, warehouse);
    }

    private void run(LocalDate day, String warehouse, List<Job> wanted) {
        progress.runStarted(day, wanted.stream().map(Job::name).toList());
        Pipeline.run(spark, new RunRequest(day, null, landing, warehouse, false, config, wanted), progress);
    }
}
