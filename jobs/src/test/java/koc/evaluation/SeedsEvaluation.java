package koc.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import koc.tables.BacktestTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whether recommendations beat every baseline, and as many buyers come as are forecast, on generated data of several
 * seeds: 20,000 users, 2,000 products, 500 KOCs, 800,000 events and 180 days each. Friends like the same things
 * beyond their portraits (hidden taste 1), some KOCs are influential, some are homophilous, some are fake. Each seed
 * has a backtest of the last 28 days.
 *
 * <pre>bin/evaluate seeds --out DIR [--seeds 1-5] [--last-day DAY] [--set KEY=VALUE]...</pre>
 *
 * <p>Prints by seed: the summary of the backtest; published less each baseline in NDCG@20, with its 95% interval;
 * expected over observed buyers by tenth of the forecasts. At the end: on how many seeds published wins, and the
 * tenths of all seeds.
 */
@Command(
        name = "seeds",
        mixinStandardHelpOptions = true,
        description = "Recommendations compared with baselines on generated data of several seeds.")
public final class SeedsEvaluation implements Callable<Integer> {
    private static final int HORIZON_DAYS = 28;

    /** Baselines and seeds on which published wins, by baseline and metric. */
    private final Map<String, Integer> wins = new TreeMap<>();
    /** Expected and observed buyers by tenth over all seeds. */
    private final Map<Integer, Buyers> tenths = new TreeMap<>();

    @Mixin
    private SeedOptions options = new SeedOptions();

    @Option(
            names = "--last-day",
            paramLabel = "DAY",
            defaultValue = "2024-06-30",
            description = "Last day of the generated events (default: ${DEFAULT-VALUE}, whose last 28 days include the"
                    + " promotion of 16 to 18 June; those of 2024-06-14 include none).")
    private LocalDate lastDay = LocalDate.EPOCH;

    private record Buyers(double expected, double observed) {
        private Buyers plus(Buyers other) {
            return new Buyers(expected + other.expected, observed + other.observed);
        }

        private String text() {
            return String.format(Locale.ROOT, "%.1f over %.0f: %.2f", expected, observed, expected / observed);
        }
    }

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SeedsEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        try (LocalPipeline pipeline = new LocalPipeline(options.settings())) {
            for (int seed : options.seeds()) {
                System.out.println("seed " + seed);
                Warehouse results = backtest(pipeline, seed);
                printDifferences(results);
                printCalibration(results);
            }
        }
        printAllSeeds();
        return 0;
    }

    private Warehouse backtest(LocalPipeline pipeline, int seed) {
        Path folder = options.folder("to-" + lastDay + "-seed-" + seed);
        Path landing = folder.resolve("landing");
        SeedOptions.generate(
                landing,
                seed,
                "--users",
                "20000",
                "--products",
                "2000",
                "--kocs",
                "500",
                "--events",
                "800000",
                "--days",
                "180",
                "--end-date",
                lastDay.toString(),
                "--hidden-taste",
                "1",
                "--fakes");
        Path backtest = folder.resolve("backtest");
        pipeline.run(
                "backtest",
                "--landing",
                landing.toString(),
                "--cutoff",
                lastDay.minusDays(HORIZON_DAYS).toString(),
                "--horizon-days",
                String.valueOf(HORIZON_DAYS),
                "--out",
                backtest.toString());
        return pipeline.openWarehouse(backtest.resolve("results"));
    }

    private void printDifferences(Warehouse results) {
        for (Row row : results.read(BacktestTables.BACKTEST_COMPARISONS, lastDay)
                .where(col("slice_kind").equalTo("all").and(col("metric").startsWith("ndcg")))
                // The price of a step of the ranking is no baseline.
                .where(lit(false).equalTo(col("recommender").startsWith("without_")))
                .orderBy("recommender", "metric")
                .collectAsList()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-28s %-12s %+.4f (%+.4f to %+.4f) %s%n",
                    row.getAs("recommender"),
                    row.getAs("metric"),
                    row.<Double>getAs("difference"),
                    row.<Double>getAs("low"),
                    row.<Double>getAs("high"),
                    row.getAs("verdict"));
            wins.merge(
                    row.getAs("recommender") + " by " + row.getAs("metric"),
                    row.getAs("verdict").equals("wins") ? 1 : 0,
                    Integer::sum);
        }
    }

    private void printCalibration(Warehouse results) {
        for (Row row : results.read(BacktestTables.BACKTEST_CALIBRATION, lastDay)
                .where(col("recommender").equalTo("published"))
                .orderBy("decile")
                .collectAsList()) {
            Buyers buyers = new Buyers(row.<Double>getAs("expected_buyers"), row.<Long>getAs("observed_buyers"));
            int tenth = row.<Integer>getAs("decile");
            System.out.printf(Locale.ROOT, "  tenth %2d: expected %s%n", tenth, buyers.text());
            tenths.merge(tenth, buyers, Buyers::plus);
        }
    }

    private void printAllSeeds() {
        int seeds = options.seeds().size();
        wins.forEach((baseline, won) ->
                System.out.printf(Locale.ROOT, "%-40s beaten on %d of %d seeds%n", baseline, won, seeds));
        System.out.println("expected over observed buyers, all seeds:");
        tenths.forEach((tenth, buyers) -> System.out.printf(Locale.ROOT, "  tenth %2d: %s%n", tenth, buyers.text()));
        System.out.println("  all: "
                + tenths.values().stream()
                        .reduce(new Buyers(0, 0), Buyers::plus)
                        .text());
    }
}
