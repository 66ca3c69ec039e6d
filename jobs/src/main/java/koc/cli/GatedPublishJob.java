package koc.cli;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.backtest.BacktestResults;
import koc.backtest.PublicationGate;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.run.Job;
import koc.run.JobRun;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;

/**
 * Publishes the recommendations unless a backtest shows that they are worse than popularity.
 *
 * <p>The newest backtest of the warehouse counts. If there is none, the run makes one whose latest cutoff is one horizon
 * before the run date. It makes none if no KOC has recommendations or the history is too short. The
 * warehouses that the backtest rebuilt are deleted afterwards; its results stay in the run's warehouse.
 */
final class GatedPublishJob implements Job {
    private static final String SCRATCH = "backtest-scratch";

    private final Config config;
    private final Jobs jobs;
    private final PublicationGate gate;
    private final Job publish;

    /**
     * Puts the gate before a publish job.
     *
     * @param jobs the jobs that a backtest runs: all before publish
     * @param publish copies the tables when the gate allows it
     */
    GatedPublishJob(Config config, Jobs jobs, Job publish) {
        this.config = config;
        this.jobs = jobs;
        this.gate = new PublicationGate(config);
        this.publish = publish;
    }

    @Override
    public String name() {
        return publish.name();
    }

    /** The published tables, and those that the gate and a backtest within the run read. */
    @Override
    public Set<Table> reads() {
        Set<Table> forGate = Set.of(
                CleanTables.EVENTS, CleanTables.REFUNDS, FeatureTables.USER_DAYS, RecommendTables.KOC_RECOMMENDATIONS);
        return Stream.of(publish.reads(), forGate).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Table> readsPrevious() {
        return Set.of(
                BacktestTables.BACKTEST_RESULTS,
                BacktestTables.BACKTEST_COMPARISONS,
                BacktestTables.BACKTEST_CALIBRATION);
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                BacktestTables.BACKTEST_KOCS,
                BacktestTables.BACKTEST_RESULTS,
                BacktestTables.BACKTEST_COMPARISONS,
                BacktestTables.BACKTEST_CALIBRATION);
    }

    @Override
    public void run(JobRun run) {
        if (!isComplete(run.warehouse(), run.day())) {
            // Refuses, and names the jobs that are missing. A backtest before that would be in vain.
            publish.run(run);
            return;
        }
        if (hasNoRecommendations(run.warehouse(), run.day())) {
            note(run, gate.explainNoLists());
        } else {
            requireGoodBacktest(run);
        }
        publish.run(run);
    }

    /** Whether the jobs that write the published tables have run for the day. */
    private boolean isComplete(Warehouse warehouse, LocalDate day) {
        return publish.reads().stream().allMatch(table -> warehouse.hasCompleted(day, table.job()));
    }

    /** Whether the recommend job has run for the day and recommended nothing to any KOC. */
    private static boolean hasNoRecommendations(Warehouse warehouse, LocalDate day) {
        Table recommendations = RecommendTables.KOC_RECOMMENDATIONS;
        return warehouse.hasCompleted(day, recommendations.job())
                && warehouse
                        .previousDay(recommendations, day.plusDays(1))
                        .filter(day::equals)
                        .isEmpty();
    }

    /** Stops the run if the backtest is bad; without any backtest it only notes why there is none. */
    private void requireGoodBacktest(JobRun run) {
        String landing = run.landing();
        boolean canBacktest = landing != null && gate.isBacktestedInRun();
        Optional<BacktestResults> newest = gate.findCurrentBacktest(run.warehouse(), run.day(), canBacktest);
        if (newest.isPresent()) {
            check(newest.get(), run);
        } else if (landing == null || !canBacktest) {
            note(run, gate.explainMissingBacktest(run.day()));
        } else {
            gate.explainShortHistory(run.warehouse(), run.day())
                    .ifPresentOrElse(reason -> note(run, reason), () -> tryBacktest(run, landing)
                            .ifPresent(results -> check(results, run)));
        }
    }

    private void check(BacktestResults results, JobRun run) {
        gate.check(results, run.day(), text -> note(run, text));
    }

    /** Backtests within the run; empty, with a note, when the landing of earlier days is not enough for it. */
    private Optional<BacktestResults> tryBacktest(JobRun run, String landing) {
        try {
            return Optional.of(backtest(run, landing));
        } catch (KocException failure) {
            if (failure.exitCode() != ExitCode.INPUT) {
                throw failure;
            }
            note(run, gate.explainFailedBacktest(String.valueOf(failure.getMessage())));
            return Optional.empty();
        }
    }

    private BacktestResults backtest(JobRun run, String landing) {
        Warehouse warehouse = run.warehouse();
        BacktestFolder folder = BacktestFolder.at(
                warehouse.spark().sparkContext().hadoopConfiguration(), warehouse.folder() + "/" + SCRATCH);
        try {
            BacktestRunner runner =
                    new BacktestRunner(config, gate.horizonDays(), jobs, landing, folder, new SilentProgress());
            List<LocalDate> cutoffs = gate.cutoffs(run.day());
            runner.requireEvents(cutoffs, warehouse);
            folder.replaceOld();
            return runner.evaluate(cutoffs, warehouse, warehouse);
        } finally {
            remove(folder);
        }
    }

    private static void remove(BacktestFolder folder) {
        try {
            folder.remove();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void note(JobRun run, String text) {
        run.progress().note(name(), text);
    }
}
