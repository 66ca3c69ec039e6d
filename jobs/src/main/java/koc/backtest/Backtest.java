package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koc.error.KocException;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.text.Texts;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Compares what was recommended on past days, the cutoffs, with what the pools bought in the window after each cutoff.
 *
 * <p>Every recommender ranks all eligible products, not a sample of them. {@link ObservedBuyers} says who counts as a buyer.
 */
public final class Backtest {
    private final BacktestSettings settings;

    /** A backtest with the settings of {@code koc.backtest}, over {@code koc.recommend.horizon-days}. */
    public Backtest(Config config) {
        this.settings = BacktestSettings.from(config);
    }

    /**
     * A warehouse in which all jobs up to recommend ran with nothing but the data known on the cutoff.
     *
     * @param cutoff the last day that the warehouse knows
     */
    public record PastWarehouse(LocalDate cutoff, Warehouse warehouse) {}

    /** Cutoffs that are {@code stepDays} apart, the earliest first. */
    public static List<LocalDate> cutoffs(LocalDate latest, int count, int stepDays) {
        return IntStream.range(0, count)
                .mapToObj(i -> latest.minusDays((long) (count - 1 - i) * stepDays))
                .toList();
    }

    /** The last day in which buyers are counted. */
    public LocalDate lastDay(List<LocalDate> cutoffs) {
        return window(latest(cutoffs)).lastDay();
    }

    private static LocalDate latest(List<LocalDate> cutoffs) {
        return cutoffs.stream().max(LocalDate::compareTo).orElseThrow();
    }

    private HoldoutWindow window(LocalDate cutoff) {
        return new HoldoutWindow(cutoff, settings.horizonDays());
    }

    /**
     * Checks that every cutoff has events before it to train on and events after it to evaluate against.
     *
     * @param outcome the warehouse with the events up to the end of the last window
     * @return warnings about cutoffs with a short history
     */
    public List<String> requireEvents(List<LocalDate> cutoffs, Warehouse outcome) {
        Set<LocalDate> days =
                outcome.readUpTo(CleanTables.EVENTS, lastDay(cutoffs)).select("day").distinct().collectAsList().stream()
                        .map(row -> row.getDate(0).toLocalDate())
                        .collect(Collectors.toSet());
        List<String> warnings = new ArrayList<>();
        for (LocalDate cutoff : cutoffs) {
            long earlier = days.stream().filter(day -> !day.isAfter(cutoff)).count();
            requireEvents(window(cutoff), days, earlier);
            if (earlier < settings.minHistoryDays()) {
                warnings.add(Texts.of(settings.language())
                        .text("backtest.note.short-history", earlier, cutoff, settings.minHistoryDays()));
            }
        }
        return warnings;
    }

    private static void requireEvents(HoldoutWindow window, Set<LocalDate> days, long earlier) {
        LocalDate cutoff = window.cutoff();
        if (days.stream().noneMatch(window::contains)) {
            throw KocException.input(
                    "backtest, cutoff " + cutoff + ": no event from " + cutoff.plusDays(1) + " to " + window.lastDay(),
                    "recommendations are evaluated against the events after the cutoff",
                    "name an earlier --cutoff, so that the landing has the --horizon-days after it");
        }
        if (earlier == 0) {
            throw KocException.input(
                    "backtest, cutoff " + cutoff + ": no event up to it",
                    "recommenders are trained on the events up to the cutoff",
                    "name a later --cutoff, fewer --cutoffs or a smaller --step-days");
        }
    }

    /**
     * Evaluates the recommenders, writes the tables of the backtest for the last day of the last window, and returns them.
     *
     * @param past one warehouse for each cutoff
     * @param outcome the warehouse with the events up to the end of the last window
     * @param results the warehouse that the tables are written to
     */
    public BacktestResults evaluate(List<PastWarehouse> past, Warehouse outcome, Warehouse results) {
        List<LocalDate> cutoffs = past.stream().map(PastWarehouse::cutoff).toList();
        LocalDate day = lastDay(cutoffs);
        BacktestSetup setup;
        try (Checkpoints checkpoints = new Checkpoints()) {
            CutoffEvaluation.Evaluator evaluator = new CutoffEvaluation.Evaluator(settings, outcome, day, checkpoints);
            List<CutoffEvaluation> evaluations =
                    past.stream().map(evaluator::evaluate).toList();
            setup = setup(evaluations, latest(cutoffs));
            write(evaluations, setup, day, results, checkpoints);
        }
        BacktestResults written = BacktestResults.read(results, day, settings.language());
        return written.scores().isEmpty() ? BacktestResults.withoutKocs(day, setup, settings.language()) : written;
    }

    private BacktestSetup setup(List<CutoffEvaluation> evaluations, LocalDate latest) {
        String targetEvents = evaluations.stream()
                .map(CutoffEvaluation::targetEvent)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new BacktestSetup(
                latest, evaluations.size(), settings.horizonDays(), settings.listLength(), targetEvents);
    }

    private void write(
            List<CutoffEvaluation> evaluations,
            BacktestSetup setup,
            LocalDate day,
            Warehouse results,
            Checkpoints checkpoints) {
        Dataset<Row> lists = union(evaluations, CutoffEvaluation::lists);
        Dataset<Row> kocs = checkpoints.compute(union(evaluations, CutoffEvaluation::scores));
        Dataset<Row> samples =
                checkpoints.compute(BootstrapSamples.compute(kocs, settings.resamples(), settings.seed()));
        Dataset<Row> estimates = withSetup(
                withProducts(
                        BootstrapIntervals.estimate(
                                samples, settings.calibrationTarget().overall()),
                        lists),
                setup,
                evaluations);
        Dataset<Row> differences = BootstrapIntervals.comparePublished(samples, settings.minKocs());
        Parallel.run(
                () -> results.write(BacktestTables.BACKTEST_KOCS, day, kocs),
                () -> results.write(BacktestTables.BACKTEST_RESULTS, day, estimates.withColumn("day", lit(day))),
                () -> results.write(BacktestTables.BACKTEST_COMPARISONS, day, differences.withColumn("day", lit(day))),
                () -> results.write(
                        BacktestTables.BACKTEST_CALIBRATION,
                        day,
                        Calibration.computeDeciles(
                                lists, day, settings.calibrationTarget().decile())));
    }

    private static Dataset<Row> union(
            List<CutoffEvaluation> evaluations, Function<CutoffEvaluation, Dataset<Row>> rows) {
        return evaluations.stream().map(rows).reduce(Dataset::unionByName).orElseThrow();
    }

    /** Estimates with products: the number of different products on the lists of scored KOCs. */
    private static Dataset<Row> withProducts(Dataset<Row> estimates, Dataset<Row> lists) {
        Dataset<Row> products = Slices.repeatBySlice(lists)
                .groupBy("slice_kind", "slice", "recommender")
                .agg(count_distinct(when(col("is_scored"), col("product_id"))).as("products"));
        return estimates
                .join(products, new String[] {"slice_kind", "slice", "recommender"}, "left")
                .withColumn("products", coalesce(col("products"), lit(0L)));
    }

    private static Dataset<Row> withSetup(
            Dataset<Row> estimates, BacktestSetup setup, List<CutoffEvaluation> evaluations) {
        return estimates
                .withColumn("cutoff", lit(setup.cutoff()))
                .withColumn("cutoffs", lit(setup.cutoffs()))
                .withColumn("horizon_days", lit(setup.horizonDays()))
                .withColumn("list_length", lit(setup.listLength()))
                .withColumn("target_event", targetEventOfSlice(evaluations, setup.targetEvent()));
    }

    /** The event type of the cutoff for the slice of a cutoff, and those of all cutoffs for any other slice. */
    private static Column targetEventOfSlice(List<CutoffEvaluation> evaluations, String allTargetEvents) {
        Column targetEvent = lit(allTargetEvents);
        for (CutoffEvaluation evaluation : evaluations) {
            Column isSliceOfCutoff = col("slice_kind")
                    .equalTo("cutoff")
                    .and(col("slice").equalTo(evaluation.cutoff().toString()));
            targetEvent = when(isSliceOfCutoff, evaluation.targetEvent()).otherwise(targetEvent);
        }
        return targetEvent;
    }
}
