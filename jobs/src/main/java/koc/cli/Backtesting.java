package koc.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.backtest.Backtest;
import koc.backtest.BacktestResults;
import koc.error.KocException;
import koc.run.Job;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.SparkSession;

/**
 * Rebuilds the past and judges it: the pipeline's own jobs run in a warehouse of their own that ends at the cutoff, so that
 * portraits, pools, popularity, priors, calibration and item model know nothing of what came after it.
 */
final class Backtesting {
    private static final String CLEAN = "clean";

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
            Config config, int horizonDays, Jobs jobs, String landing, BacktestFolder folder, RunProgress progress) {
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
        return config.withValue("koc.recommend.baselines", ConfigValueFactory.fromAnyRef(true))
                .withValue("koc.recommend.horizon-days", ConfigValueFactory.fromAnyRef(horizonDays))
                .withValue("koc.clean.allow-empty-day", ConfigValueFactory.fromAnyRef(true))
                .withValue("koc.clean.reject-limit", ConfigValueFactory.fromAnyRef(1.0));
    }

    /**
     * The events up to the end of the last horizon, cleaned in a warehouse of their own. What an earlier backtest made is
     * deleted when it is known that every cutoff can be judged, and not before.
     */
    Warehouse outcome(SparkSession spark, List<LocalDate> cutoffs) {
        folder.discard();
        try {
            String warehouse = folder.path(BacktestFolder.NEW_OUTCOME);
            run(spark, backtest.lastDay(cutoffs), warehouse, outcomeJobs());
            check(cutoffs, new Warehouse(spark, warehouse));
        } catch (KocException refused) {
            folder.discard();
            throw refused;
        }
        folder.begin();
        return new Warehouse(spark, folder.path(BacktestFolder.OUTCOME));
    }

    /** Every cutoff has events before it and events to be judged by. */
    void check(List<LocalDate> cutoffs, Warehouse outcome) {
        backtest.requireEvents(cutoffs, outcome).forEach(text -> progress.note("backtest", text));
    }

    /** Rebuilds a warehouse for each cutoff, and evaluates its recommendations against the events of another one. */
    BacktestResults evaluate(List<LocalDate> cutoffs, Warehouse outcome, Warehouse results) {
        List<Backtest.PastWarehouse> rebuilt = new ArrayList<>();
        for (LocalDate cutoff : cutoffs) {
            String warehouse = folder.path("cutoff=" + cutoff + "/warehouse");
            run(outcome.spark(), cutoff, warehouse, jobs);
            rebuilt.add(new Backtest.PastWarehouse(cutoff, new Warehouse(outcome.spark(), warehouse)));
        }
        return backtest.evaluate(rebuilt, outcome, results);
    }

    private List<Job> outcomeJobs() {
        return jobs.stream().filter(job -> job.name().equals(CLEAN)).toList();
    }

    private void run(SparkSession spark, LocalDate day, String warehouse, List<Job> wanted) {
        progress.runStarted(day, wanted.stream().map(Job::name).toList());
        Pipeline.run(spark, new RunRequest(day, null, landing, warehouse, false, config, wanted), progress);
    }
}
