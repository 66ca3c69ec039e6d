package koc.cli;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import koc.backtest.BacktestResults;
import koc.backtest.PublicationGate;
import koc.backtest.RecommendationOutcomes;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.run.Job;
import koc.run.JobRun;
import koc.spark.Checkpoints;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges the recommendations of past days by what pools bought next, so that {@code publish} knows whether they are better than
 * popularity. Writes the tables of a backtest. Also judges the recommendations that earlier runs really made: whether the KOC
 * shared the product, and how many members bought it.
 *
 * <p>A backtest of earlier runs is used while it is current, so most nights this job only reads it. Otherwise the job makes
 * one whose latest cutoff is one horizon before the run date. When its recommendations lose to popularity on few KOCs,
 * earlier cutoffs are judged too, as far as history allows, so that one bad month does not stop a run. No backtest is made
 * if no KOC has recommendations or the history is too short. The warehouses that the backtest rebuilt are deleted afterwards.
 */
final class EvaluateJob implements Job {
    static final String NAME = "evaluate";
    private static final String SCRATCH = "backtest-scratch";
    private static final List<Table> BACKTEST = List.of(
            BacktestTables.BACKTEST_KOCS,
            BacktestTables.BACKTEST_RESULTS,
            BacktestTables.BACKTEST_COMPARISONS,
            BacktestTables.BACKTEST_CALIBRATION);

    private final Config config;
    private final Jobs jobs;
    private final PublicationGate gate;
    private final RecommendationOutcomes outcomes;

    /**
     * A job with the settings of {@code koc.backtest}.
     *
     * @param jobs the jobs that a backtest runs: all up to recommend
     */
    EvaluateJob(Config config, Jobs jobs) {
        this.config = config;
        this.jobs = jobs;
        this.gate = new PublicationGate(config);
        this.outcomes = new RecommendationOutcomes(config);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Table> reads() {
        return Set.of(
                CleanTables.EVENTS,
                CleanTables.REFUNDS,
                CleanTables.REJECTS,
                CleanTables.TIES,
                CleanTables.USERS,
                FeatureTables.USER_DAYS,
                FitTables.PRODUCT_PROFILE,
                RecommendTables.KOC_RECOMMENDATIONS);
    }

    @Override
    public Set<Table> readsPrevious() {
        return writes();
    }

    @Override
    public Set<Table> writes() {
        return Set.of(
                BacktestTables.BACKTEST_KOCS,
                BacktestTables.BACKTEST_RESULTS,
                BacktestTables.BACKTEST_COMPARISONS,
                BacktestTables.BACKTEST_CALIBRATION,
                BacktestTables.RECOMMENDATION_OUTCOMES,
                BacktestTables.RECOMMENDATION_RESULTS);
    }

    @Override
    public void run(JobRun run) {
        judgeEarlierRuns(run);
        String landing = run.landing();
        Warehouse warehouse = run.warehouse();
        boolean hasLists =
                !warehouse.read(RecommendTables.KOC_RECOMMENDATIONS, run.day()).isEmpty();
        if (landing == null
                || !hasLists
                || !gate.isBacktestedInRun()
                || gate.findCurrentBacktest(warehouse, run.day(), true).isPresent()
                || gate.explainShortHistory(warehouse, run.day()).isPresent()) {
            // publish says what it found, or why there is nothing.
            return;
        }
        try {
            backtest(run, landing);
        } catch (KocException failure) {
            requireInputFailure(failure);
            // An earlier attempt of the day may have left one, which publish must not take for that of this run.
            BACKTEST.forEach(table -> warehouse.clear(table, run.day()));
            run.progress().note(name(), gate.explainFailedBacktest(String.valueOf(failure.getMessage())));
        }
    }

    private void judgeEarlierRuns(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        Optional<Dataset<Row>> computed = outcomes.compute(warehouse, day);
        if (computed.isEmpty()) {
            warehouse.clear(BacktestTables.RECOMMENDATION_OUTCOMES, day);
            warehouse.write(
                    BacktestTables.RECOMMENDATION_RESULTS, day, warehouse.empty(BacktestTables.RECOMMENDATION_RESULTS));
            return;
        }
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> rows = checkpoints.compute(computed.get());
            warehouse.write(BacktestTables.RECOMMENDATION_OUTCOMES, day, rows);
            warehouse.write(BacktestTables.RECOMMENDATION_RESULTS, day, RecommendationOutcomes.summarize(rows));
        }
    }

    private void backtest(JobRun run, String landing) {
        Warehouse warehouse = run.warehouse();
        BacktestFolder folder = BacktestFolder.at(
                warehouse.spark().sparkContext().hadoopConfiguration(), warehouse.folder() + "/" + SCRATCH);
        try {
            BacktestRunner runner =
                    new BacktestRunner(config, gate.horizonDays(), jobs, landing, folder, new SilentProgress());
            List<LocalDate> cutoffs = gate.cutoffs(run.day());
            runner.requireEvents(cutoffs, warehouse);
            folder.replaceOld();
            BacktestResults results = runner.evaluate(cutoffs, warehouse, warehouse);
            List<LocalDate> more = gate.cutoffsBeforeRefusal(results, warehouse, run.day());
            if (more.size() > cutoffs.size()) {
                judgeMore(run, runner, more, cutoffs.size());
            }
        } finally {
            remove(folder);
        }
    }

    /** Judges more cutoffs; where they cannot be rebuilt, the results of those judged before stay. */
    private void judgeMore(JobRun run, BacktestRunner runner, List<LocalDate> more, int judged) {
        try {
            runner.requireEvents(more, run.warehouse());
            runner.evaluate(more, run.warehouse(), run.warehouse());
        } catch (KocException failure) {
            requireInputFailure(failure);
            run.progress()
                    .note(name(), gate.explainFewCutoffs(judged, more.size(), String.valueOf(failure.getMessage())));
        }
    }

    /** Throws a failure unless the cause is that the landing folder of earlier days is not enough for a backtest. */
    private static void requireInputFailure(KocException failure) {
        if (failure.exitCode() != ExitCode.INPUT) {
            throw failure;
        }
    }

    private static void remove(BacktestFolder folder) {
        try {
            folder.remove();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
