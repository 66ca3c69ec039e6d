package koc.cli;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.backtest.PublicationGate;
import koc.run.Job;
import koc.run.JobRun;
import koc.tables.BacktestTables;
import koc.tables.FeatureTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;

/**
 * Publishes the recommendations unless the newest backtest shows that they are surely worse than popularity. {@link
 * EvaluateJob} makes the backtest; without a current one this job publishes and says why there is none.
 */
final class GatedPublishJob implements Job {
    private final PublicationGate gate;
    private final Job publish;

    /**
     * Puts the gate before a publish job.
     *
     * @param publish copies the tables when the gate allows it
     */
    GatedPublishJob(Config config, Job publish) {
        this.gate = new PublicationGate(config);
        this.publish = publish;
    }

    @Override
    public String name() {
        return publish.name();
    }

    /** The published tables, and those that the gate reads. */
    @Override
    public Set<Table> reads() {
        Set<Table> forGate = Set.of(
                FeatureTables.USER_DAYS,
                RecommendTables.KOC_RECOMMENDATIONS,
                BacktestTables.BACKTEST_RESULTS,
                BacktestTables.BACKTEST_COMPARISONS,
                BacktestTables.BACKTEST_CALIBRATION);
        return Stream.of(publish.reads(), forGate).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Table> writes() {
        return Set.of();
    }

    @Override
    public void run(JobRun run) {
        // If a job is missing, publish refuses and names it; the gate would be in vain.
        if (isComplete(run.warehouse(), run.day())) {
            checkBacktest(run);
        }
        publish.run(run);
    }

    /** Whether the jobs that write the published tables have run for the day. */
    private boolean isComplete(Warehouse warehouse, LocalDate day) {
        return publish.reads().stream().allMatch(table -> warehouse.hasCompleted(day, table.job()));
    }

    /** Stops the run if the newest backtest is bad; without a current one it only notes why there is none. */
    private void checkBacktest(JobRun run) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        if (warehouse.read(RecommendTables.KOC_RECOMMENDATIONS, day).isEmpty()) {
            note(run, gate.explainNoLists());
            return;
        }
        gate.findDecidingBacktest(warehouse, day, run.landing() != null)
                .ifPresentOrElse(
                        results -> gate.check(results, day, text -> note(run, text)),
                        () -> note(run, explainMissing(run)));
    }

    /** Why there is no backtest: too short a history, unless none was asked for. */
    private String explainMissing(JobRun run) {
        Optional<String> shortHistory = run.landing() != null && gate.isBacktestedInRun()
                ? gate.explainShortHistory(run.warehouse(), run.day())
                : Optional.empty();
        return shortHistory.orElseGet(() -> gate.explainMissingBacktest(run.day()));
    }

    private void note(JobRun run, String text) {
        run.progress().note(name(), text);
    }
}
