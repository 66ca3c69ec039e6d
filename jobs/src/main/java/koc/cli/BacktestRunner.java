package koc.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.backtest.Backtest;
import koc.backtest.BacktestResults;
import koc.error.KocException;
import koc.run.Job;
import koc.run.JobGraph;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the pipeline as of past days, and compares its recommendations with what happened next.
 *
 * <p>The jobs run in a separate warehouse that ends at the cutoff. Portraits, pools, popularity, priors, calibration and
 * the buyer model therefore contain no later data.
 */
final class BacktestRunner {
    private static final String CLEAN = "clean";

    private final Config config;
    private final List<Job> jobs;
    private final Backtest backtest;
    private final String landing;
    private final BacktestFolder folder;
    private final RunProgress progress;

    /** The warehouses that were rebuilt, by cutoff. */
    private final Map<LocalDate, Warehouse> rebuilt = new HashMap<>();

    /**
     * Prepares a backtest of these jobs. An invalid setting is an error before any of them runs.
     *
     * @param horizonDays days after a cutoff for which buyers are predicted and counted
     * @param folder where the warehouses of the cutoffs go
     */
    BacktestRunner(
            Config config, int horizonDays, Jobs jobs, String landing, BacktestFolder folder, RunProgress progress) {
        Config settings = withBacktestValues(config, horizonDays);
        this.config = settings;
        this.jobs = jobs.definitions().stream()
                .map(definition -> definition.make().apply(settings))
                .toList();
        this.backtest = new Backtest(settings);
        this.landing = landing;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * The settings of a rebuilt warehouse. Two checks of the landing are off, because the real run makes them: days
     * without events, and the fraction of rejected rows. Rows without a date would raise that fraction in a short history.
     */
    private static Config withBacktestValues(Config config, int horizonDays) {
        return config.withValue("koc.recommend.baselines", ConfigValueFactory.fromAnyRef(true))
                .withValue("koc.recommend.horizon-days", ConfigValueFactory.fromAnyRef(horizonDays))
                .withValue("koc.clean.allow-empty-day", ConfigValueFactory.fromAnyRef(true))
                .withValue("koc.clean.reject-limit", ConfigValueFactory.fromAnyRef(1.0));
    }

    /**
     * Cleans the events up to the end of the last horizon into a separate warehouse. The result of an earlier backtest is
     * deleted only after every cutoff has been found to have enough events.
     */
    Warehouse prepareOutcome(SparkSession spark, List<LocalDate> cutoffs) {
        folder.discard();
        try {
            String warehouse = folder.path(BacktestFolder.NEW_OUTCOME);
            run(spark, backtest.lastDay(cutoffs), warehouse, cleanJobs());
            requireEvents(cutoffs, new Warehouse(spark, warehouse));
        } catch (KocException refused) {
            folder.discard();
            throw refused;
        }
        folder.replaceOld();
        return new Warehouse(spark, folder.path(BacktestFolder.OUTCOME));
    }

    /** Checks that every cutoff has events before it and after it. */
    void requireEvents(List<LocalDate> cutoffs, Warehouse outcome) {
        backtest.requireEvents(cutoffs, outcome).forEach(text -> progress.note("backtest", text));
    }

    /**
     * Rebuilds a warehouse for each cutoff that has none yet, and evaluates the recommendations of all against the events of
     * {@code outcome}.
     */
    BacktestResults evaluate(List<LocalDate> cutoffs, Warehouse outcome, Warehouse results) {
        List<Backtest.PastWarehouse> past = cutoffs.stream()
                .map(cutoff -> new Backtest.PastWarehouse(
                        cutoff, rebuilt.computeIfAbsent(cutoff, any -> rebuild(cutoff, outcome.spark()))))
                .toList();
        return backtest.evaluate(past, outcome, results);
    }

    private Warehouse rebuild(LocalDate cutoff, SparkSession spark) {
        String warehouse = folder.path("cutoff=" + cutoff + "/warehouse");
        run(spark, cutoff, warehouse, jobs);
        return new Warehouse(spark, warehouse);
    }

    private List<Job> cleanJobs() {
        return jobs.stream().filter(job -> job.name().equals(CLEAN)).toList();
    }

    private void run(SparkSession spark, LocalDate day, String warehouse, List<Job> selected) {
        progress.runStarted(day, selected.stream().map(Job::name).toList());
        RunRequest request = new RunRequest(
                day,
                null,
                landing,
                warehouse,
                false,
                config,
                selected,
                JobGraph.of(jobs),
                Attempt.start(null),
                remaining -> "bin/koc backtest");
        new PipelineRun(spark, request, progress).run(Set.of(), List.of());
    }
}
