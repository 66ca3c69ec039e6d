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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.rules.OpenTies;
import koc.spark.Checkpoints;
import koc.spark.Parallel;
import koc.table.BacktestTables;
import koc.table.CleanTables;
import koc.table.FitTables;
import koc.table.KocTables;
import koc.table.RecommendTables;
import koc.table.Tables;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Compares what warehouses that end at their cutoffs recommend with what the pools bought after them.
 *
 * <p>Every recommender ranks all eligible products; none is sampled. A product counts for a KOC as often as a member of
 * its pool bought it within the horizon who did not have it, or needed it again ({@link Outcome}).
 */
public final class Backtest {
    private final BacktestSettings settings;

    /** A backtest with the settings of {@code koc.backtest}, over {@code koc.recommend.horizon-days}. */
    public Backtest(Config config) {
        this.settings = BacktestSettings.from(config);
    }

    /**
     * A warehouse in which every job up to recommend has run on nothing but what was known on a day.
     *
     * @param cutoff that day
     */
    public record Rebuilt(LocalDate cutoff, Tables warehouse) {}

    /** Lists and scores of one cutoff, and by what they were judged. */
    private record Judged(LocalDate cutoff, String interest, Dataset<Row> listed, Dataset<Row> scores) {}

    /** So many cutoffs, the earliest first, so many days apart. */
    public static List<LocalDate> cutoffs(LocalDate latest, int count, int stepDays) {
        return IntStream.range(0, count)
                .mapToObj(i -> latest.minusDays((long) (count - 1 - i) * stepDays))
                .toList();
    }

    /** The last day in which buyers are counted. */
    public LocalDate lastDay(List<LocalDate> cutoffs) {
        LocalDate latest = cutoffs.stream().max(LocalDate::compareTo).orElseThrow();
        return new Cutoff(latest, settings.horizonDays()).last();
    }

    /**
     * Finds out before anything is rebuilt whether every cutoff has a past to learn from and a future to be judged by.
     *
     * @param outcome holds the events up to the end of the last horizon
     * @return what is worth knowing though it is no obstacle
     */
    public List<String> requireEvents(List<LocalDate> cutoffs, Tables outcome) {
        Set<LocalDate> days =
                outcome.readUpTo(CleanTables.EVENTS, lastDay(cutoffs)).select("day").distinct().collectAsList().stream()
                        .map(row -> row.getDate(0).toLocalDate())
                        .collect(Collectors.toSet());
        List<String> notes = new ArrayList<>();
        for (LocalDate day : cutoffs) {
            Cutoff cutoff = new Cutoff(day, settings.horizonDays());
            if (days.stream().noneMatch(cutoff::holds)) {
                throw KocException.input(
                        "backtest, cutoff " + day + ": no event from " + day.plusDays(1) + " to " + cutoff.last(),
                        "what was recommended can only be judged by what was done later",
                        "name an earlier --cutoff, so that --horizon-days after it lie within the landing");
            }
            long earlier = days.stream().filter(one -> !one.isAfter(day)).count();
            if (earlier == 0) {
                throw KocException.input(
                        "backtest, cutoff " + day + ": no event up to it",
                        "there is nothing that anything could be rebuilt from",
                        "name a later --cutoff, fewer --cutoffs or a smaller --step-days");
            }
            if (earlier < settings.leastHistoryDays()) {
                notes.add(Texts.of(settings.language())
                        .text("backtest.note.short-history", earlier, day, settings.leastHistoryDays()));
            }
        }
        return notes;
    }

    /**
     * Judges the recommenders and writes the tables of the backtest for the last day that was looked at.
     *
     * @param rebuilt a warehouse a cutoff
     * @param outcome holds the events up to the end of the last horizon
     * @param results where the tables are written
     * @return what was found
     */
    public Findings judge(List<Rebuilt> rebuilt, Tables outcome, Tables results) {
        List<LocalDate> cutoffs = rebuilt.stream().map(Rebuilt::cutoff).sorted().toList();
        LocalDate latest = cutoffs.get(cutoffs.size() - 1);
        LocalDate day = lastDay(cutoffs);
        Dataset<Row> events = outcome.readUpTo(CleanTables.EVENTS, day);
        Dataset<Row> refunds = outcome.readUpTo(CleanTables.REFUNDS, day);
        String interest;
        try (Checkpoints checkpoints = new Checkpoints()) {
            List<Judged> judged = rebuilt.stream()
                    .map(one -> judge(one, events, refunds, day, checkpoints))
                    .toList();
            interest = judged.stream().map(Judged::interest).distinct().sorted().collect(Collectors.joining(", "));
            Dataset<Row> listed = union(judged.stream().map(Judged::listed));
            Dataset<Row> kocs = checkpoints.compute(union(judged.stream().map(Judged::scores)));
            Dataset<Row> draws = checkpoints.compute(Resampling.draws(kocs, settings.resamples(), settings.seed()));
            Parallel.run(
                    () -> results.write(BacktestTables.BACKTEST_KOCS, day, kocs),
                    () -> results.write(
                            BacktestTables.BACKTEST_RESULTS,
                            day,
                            withProducts(Resampling.results(draws, settings.calibrationTarget().overall()), listed)
                                    .withColumn("day", lit(day))
                                    .withColumn("cutoff", lit(latest))
                                    .withColumn("cutoffs", lit(rebuilt.size()))
                                    .withColumn("horizon_days", lit(settings.horizonDays()))
                                    .withColumn("list_length", lit(settings.listLength()))
                                    .withColumn("interest", interestOfSegment(judged, interest))),
                    () -> results.write(
                            BacktestTables.BACKTEST_DIFFERENCES,
                            day,
                            Resampling.differences(draws, settings.leastKocs()).withColumn("day", lit(day))),
                    () -> results.write(
                            BacktestTables.BACKTEST_CALIBRATION,
                            day,
                            Calibration.deciles(listed, day, settings.calibrationTarget().decile())));
        }
        Findings findings = Findings.read(results, day, settings.language());
        if (!findings.results().isEmpty()) {
            return findings;
        }
        Findings.Result nobody = Findings.Result.ofNobody(
                latest, rebuilt.size(), settings.horizonDays(), settings.listLength(), interest);
        return new Findings(day, List.of(nobody), List.of(), List.of(), settings.language());
    }

    private Judged judge(
            Rebuilt rebuilt, Dataset<Row> events, Dataset<Row> refunds, LocalDate day, Checkpoints checkpoints) {
        Cutoff cutoff = new Cutoff(rebuilt.cutoff(), settings.horizonDays());
        Tables tables = rebuilt.warehouse();
        String interest = interest(rebuilt);
        Dataset<Row> pools = checkpoints.compute(OpenTies.pools(tables, cutoff.day()));
        Dataset<Row> buyers = checkpoints.compute(Outcome.buyers(
                pools,
                Outcome.moves(events, refunds, interest),
                tables.readUpTo(FitTables.PRODUCT_PROFILE, cutoff.day()),
                cutoff,
                settings.repurchaseShare()));
        Dataset<Row> kocs = JudgedKocs.of(
                pools,
                tables.readLatest(CleanTables.USERS, cutoff.day()),
                tables.readUpTo(KocTables.KOC_RANKING, cutoff.day()),
                tables.readUpTo(RecommendTables.KOC_POOL_MIX, cutoff.day()),
                settings);
        Dataset<Row> judged = checkpoints.compute(JudgedKocs.withIdeals(kocs, buyers, settings.listLength()));
        Dataset<Row> lists = Lists.of(
                tables.readUpTo(RecommendTables.KOC_RECOMMENDATIONS, cutoff.day()),
                tables.readUpTo(RecommendTables.KOC_CHALLENGERS, cutoff.day()),
                settings.listLength());
        Dataset<Row> listed =
                checkpoints.compute(Lists.withOutcome(lists, judged, buyers).withColumn("cutoff", lit(cutoff.day())));
        return new Judged(cutoff.day(), interest, listed, Lists.scores(listed, judged, day, cutoff.day(), interest));
    }

    private static Dataset<Row> union(Stream<Dataset<Row>> parts) {
        return parts.reduce(Dataset::unionByName).orElseThrow();
    }

    /** The type of event that the recommendations are by; purchase when there are none. */
    private static String interest(Rebuilt rebuilt) {
        return rebuilt
                .warehouse()
                .readUpTo(RecommendTables.KOC_RECOMMENDATIONS, rebuilt.cutoff())
                .select("interest")
                .limit(1)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .findFirst()
                .orElse("purchase");
    }

    /** That of its cutoff for a cutoff, and of all cutoffs for every other segment. */
    private static Column interestOfSegment(List<Judged> judged, String ofAll) {
        Column interest = lit(ofAll);
        for (Judged one : judged) {
            Column isOfCutoff = col("segment_kind")
                    .equalTo("cutoff")
                    .and(col("segment").equalTo(one.cutoff().toString()));
            interest = when(isOfCutoff, one.interest()).otherwise(interest);
        }
        return interest;
    }

    /** Results with the number of different products on the lists of scored KOCs. */
    private static Dataset<Row> withProducts(Dataset<Row> results, Dataset<Row> listed) {
        String[] grain = {"segment_kind", "segment", "recommender"};
        Dataset<Row> products = Resampling.bySegment(listed)
                .groupBy("segment_kind", "segment", "recommender")
                .agg(count_distinct(when(col("is_scored"), col("product_id"))).as("products"));
        return results.join(products, grain, "left").withColumn("products", coalesce(col("products"), lit(0L)));
    }
}
