package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import koc.error.KocException;
import koc.run.Interim;
import koc.table.BacktestTables;
import koc.table.CleanTables;
import koc.table.KocTables;
import koc.table.OpenTies;
import koc.table.RecommendTables;
import koc.table.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Compares what warehouses that end at their cutoffs recommend with what the pools bought after them.
 *
 * <p>Every recommender ranks all eligible products; none is sampled. Relevance of a product to a KOC is the number of
 * members of its pool who first bought it within the horizon.
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

    /** Lists and scores of one cutoff. */
    private record Judged(Dataset<Row> listed, Dataset<Row> scores) {}

    /**
     * Finds out before anything is rebuilt whether there is a future to judge it by.
     *
     * @param outcome holds the events up to the end of the last horizon
     */
    public void requireOutcome(List<LocalDate> cutoffs, Tables outcome) {
        List<Cutoff> all = cutoffs.stream()
                .map(day -> new Cutoff(day, settings.horizonDays()))
                .toList();
        LocalDate last =
                all.stream().map(Cutoff::last).max(LocalDate::compareTo).orElseThrow();
        Dataset<Row> events = outcome.readUpTo(CleanTables.EVENTS, last);
        for (Cutoff cutoff : all) {
            if (events.where(col("day").gt(lit(cutoff.day())).and(col("day").leq(lit(cutoff.last()))))
                    .isEmpty()) {
                throw KocException.input(
                        "backtest, cutoff " + cutoff.day() + ": no event from "
                                + cutoff.day().plusDays(1) + " to " + cutoff.last(),
                        "what was recommended can only be judged by what was done later",
                        "name an earlier --cutoff, so that --horizon-days after it lie within the landing");
            }
        }
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
        Rebuilt latest =
                rebuilt.stream().max(Comparator.comparing(Rebuilt::cutoff)).orElseThrow();
        LocalDate day = new Cutoff(latest.cutoff(), settings.horizonDays()).last();
        String interest = interest(latest);
        Dataset<Row> events = outcome.readUpTo(CleanTables.EVENTS, day);
        try (Interim interim = new Interim()) {
            List<Judged> judged = rebuilt.stream()
                    .map(one -> judge(one, events, interest, day, interim))
                    .toList();
            Dataset<Row> listed = union(judged.stream().map(Judged::listed));
            Dataset<Row> kocs = interim.of(union(judged.stream().map(Judged::scores)));
            Dataset<Row> draws = interim.of(Resampling.draws(kocs, settings.resamples(), settings.seed()));
            results.atOnce(
                    () -> results.write(BacktestTables.BACKTEST_KOCS, day, kocs),
                    () -> results.write(
                            BacktestTables.BACKTEST_RESULTS,
                            day,
                            withProducts(Resampling.results(draws), listed)
                                    .withColumn("day", lit(day))
                                    .withColumn("cutoff", lit(latest.cutoff()))
                                    .withColumn("cutoffs", lit(rebuilt.size()))
                                    .withColumn("horizon_days", lit(settings.horizonDays()))
                                    .withColumn("list_length", lit(settings.listLength()))
                                    .withColumn("interest", lit(interest))),
                    () -> results.write(
                            BacktestTables.BACKTEST_DIFFERENCES,
                            day,
                            Resampling.differences(draws, settings.leastKocs()).withColumn("day", lit(day))),
                    () -> results.write(BacktestTables.BACKTEST_CALIBRATION, day, Calibration.deciles(listed, day)));
        }
        Findings findings = Findings.read(results, day, settings.language());
        if (!findings.results().isEmpty()) {
            return findings;
        }
        Findings.Result nobody = Findings.Result.ofNobody(
                latest.cutoff(), rebuilt.size(), settings.horizonDays(), settings.listLength(), interest);
        return new Findings(day, List.of(nobody), List.of(), List.of(), settings.language());
    }

    private Judged judge(Rebuilt rebuilt, Dataset<Row> events, String interest, LocalDate day, Interim interim) {
        Cutoff cutoff = new Cutoff(rebuilt.cutoff(), settings.horizonDays());
        Tables tables = rebuilt.warehouse();
        Dataset<Row> pools = interim.of(pools(rebuilt));
        Dataset<Row> buyers = interim.of(Outcome.buyers(pools, events, interest, cutoff));
        Dataset<Row> kocs = JudgedKocs.of(
                pools,
                tables.readLatest(CleanTables.USERS, cutoff.day()),
                tables.readUpTo(KocTables.KOC_RANKING, cutoff.day()),
                tables.readUpTo(RecommendTables.KOC_POOL_MIX, cutoff.day()),
                settings);
        Dataset<Row> judged = interim.of(JudgedKocs.withIdeals(kocs, buyers, settings.listLength()));
        Dataset<Row> lists = Lists.of(
                tables.readUpTo(RecommendTables.KOC_RECOMMENDATIONS, cutoff.day()),
                tables.readUpTo(RecommendTables.KOC_CHALLENGERS, cutoff.day()),
                settings.listLength());
        Dataset<Row> listed =
                interim.of(Lists.withOutcome(lists, judged, buyers).withColumn("cutoff", lit(cutoff.day())));
        return new Judged(listed, Lists.scores(listed, judged, day, cutoff.day()));
    }

    private static Dataset<Row> union(Stream<Dataset<Row>> parts) {
        return parts.reduce(Dataset::unionByName).orElseThrow();
    }

    /** Open ties; where no tie was ever recorded, those who came through somebody's shares. */
    private static Dataset<Row> pools(Rebuilt rebuilt) {
        Tables tables = rebuilt.warehouse();
        LocalDate day = rebuilt.cutoff();
        return tables.readUpTo(CleanTables.TIES, day).isEmpty()
                ? OpenTies.inferred(tables.readUpTo(CleanTables.EVENTS, day), day)
                : OpenTies.on(tables.readLatest(CleanTables.TIES, day), day);
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

    /** Results with the number of different products on the lists of scored KOCs. */
    private static Dataset<Row> withProducts(Dataset<Row> results, Dataset<Row> listed) {
        String[] grain = {"segment_kind", "segment", "recommender"};
        Dataset<Row> products = Resampling.bySegment(listed)
                .groupBy("segment_kind", "segment", "recommender")
                .agg(count_distinct(when(col("is_scored"), col("product_id"))).as("products"));
        return results.join(products, grain, "left").withColumn("products", coalesce(col("products"), lit(0L)));
    }
}
