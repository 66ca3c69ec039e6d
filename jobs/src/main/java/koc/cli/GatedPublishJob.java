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
 * Publishes what a backtest speaks for. The newest one of the warehouse counts; where there is none, the run makes one,
 * unless no KOC has a list or history is too short: its latest cutoff is the horizon before the run date, its warehouses are
 * deleted after, and its results stay in the run's own.
 */
final class GatedPublishJob implements Job {
    private static final String SCRATCH = "backtest-scratch";

    private final Config config;
    private final Jobs jobs;
    private final PublicationGate gate;
    private final Job publish;

    /**
     * Publishing what jobs make.
     *
     * @param jobs what a backtest runs: all that come before publish
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

    /** What is published, and what the gate and a backtest within the run look at. */
    @Override
    public Set<Table> reads() {
        Set<Table> judged = Set.of(
                CleanTables.EVENTS, CleanTables.REFUNDS, FeatureTables.USER_DAYS, RecommendTables.KOC_RECOMMENDATIONS);
        return Stream.of(publish.reads(), judged).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
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
        if (isWithoutLists(run.tables(), run.day())) {
            note(run, gate.explainNoLists());
        } else {
            judge(run);
        }
        publish.run(run);
    }

    /** Whether the day's recommendations were made and are none. */
    private static boolean isWithoutLists(Warehouse tables, LocalDate day) {
        Table lists = RecommendTables.KOC_RECOMMENDATIONS;
        return tables.hasRun(day, lists.job())
                && tables.previousDay(lists, day.plusDays(1))
                        .filter(day::equals)
                        .isEmpty();
    }

    private void judge(JobRun run) {
        String landing = run.landing();
        LocalDate day = run.day();
        Optional<BacktestResults> newest =
                gate.findCurrentBacktest(run.tables(), day, landing != null && gate.isBacktestedInRun());
        if (newest.isPresent()) {
            gate.check(newest.get(), day, text -> note(run, text));
        } else if (landing == null || !gate.isBacktestedInRun()) {
            note(run, gate.explainMissingBacktest(day));
        } else {
            Optional<String> tooLittle = gate.explainShortHistory(run.tables(), day);
            if (tooLittle.isPresent()) {
                note(run, tooLittle.get());
            } else {
                backtested(run, landing).ifPresent(results -> gate.check(results, day, text -> note(run, text)));
            }
        }
    }

    /** The run's own backtest; empty, with a note, when the landing of the days before does not suffice for one. */
    private Optional<BacktestResults> backtested(JobRun run, String landing) {
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
        Warehouse tables = run.tables();
        BacktestFolder folder = BacktestFolder.at(
                tables.spark().sparkContext().hadoopConfiguration(), tables.warehouse() + "/" + SCRATCH);
        try {
            BacktestRunner backtesting =
                    new BacktestRunner(config, gate.horizonDays(), jobs, landing, folder, new SilentProgress());
            List<LocalDate> cutoffs = gate.cutoffs(run.day());
            backtesting.check(cutoffs, tables);
            folder.begin();
            return backtesting.evaluate(cutoffs, tables, tables);
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
