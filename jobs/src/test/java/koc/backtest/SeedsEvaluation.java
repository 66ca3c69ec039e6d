package koc.backtest;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import koc.Silence;
import koc.clean.CleanJob;
import koc.config.Configuration;
import koc.feature.FeaturesJob;
import koc.fit.FitJob;
import koc.influence.InfluenceJob;
import koc.kocs.KocsJob;
import koc.portrait.PortraitsJob;
import koc.recommend.RecommendJob;
import koc.run.Job;
import koc.run.JobRun;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.spark.Session;
import koc.table.RecommendTables;
import koc.table.Tables;
import org.apache.spark.sql.SparkSession;

/**
 * Whether recommendations beat every baseline, and buyers come as forecast, on generated data of several seeds: 20,000
 * users, 2,000 products, 500 KOCs, 800,000 events and 180 days each, friends who like the same things beyond their
 * portraits (hidden taste 1), influential and homophilous KOCs, and fakes; a backtest of the last 28 days.
 *
 * <p>Prints by seed and baseline NDCG@20 of published and of it, and the paired difference with its 95% interval; expected
 * over observed buyers overall and by tenth; and at last on how many seeds published surely wins, and the tenths of all
 * seeds. What was rebuilt is kept: a second call with the same settings only judges anew, also where the code has changed.
 */
public final class SeedsEvaluation {
    private static final int HORIZON_DAYS = 28;
    private static final int USERS = 20_000;

    private final Path work;
    private final Config config;
    private final LocalDate last;
    private final Map<String, Integer> wins = new TreeMap<>();
    /** Expected and observed buyers by tenth over all seeds. */
    private final Map<Integer, double[]> tenths = new TreeMap<>();

    private int seeds;

    private SeedsEvaluation(Path work, Config config, LocalDate last) {
        this.work = work;
        this.config = config;
        this.last = last;
    }

    /**
     * Arguments: a folder for what is generated and written, seeds (1-5), the last day (2024-06-30, whose horizon holds the
     * promotion of 16 to 18 June; that of 2024-06-14 holds none), settings key=value.
     */
    public static void main(String[] arguments) {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        String[] range = (arguments.length > 1 ? arguments[1] : "1-5").split("-", -1);
        LocalDate last = arguments.length > 2 ? LocalDate.parse(arguments[2]) : GeneratorOptions.DEFAULT_END_DATE;
        Config config = Configuration.load(null, Stream.of(arguments).skip(3).toList())
                .withValue("koc.recommend.challengers", ConfigValueFactory.fromAnyRef(true))
                .withValue("koc.recommend.horizon-days", ConfigValueFactory.fromAnyRef(HORIZON_DAYS))
                .withValue("koc.clean.reject-limit", ConfigValueFactory.fromAnyRef(1.0));
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.sql.shuffle.partitions", "4");
        System.setProperty("spark.sql.warehouse.dir", work.resolve("spark").toString());
        SparkSession spark = Session.start(config);
        SeedsEvaluation evaluation = new SeedsEvaluation(work, config, last);
        for (int seed = Integer.parseInt(range[0]); seed <= Integer.parseInt(range[range.length - 1]); seed++) {
            evaluation.print(seed, evaluation.backtest(spark, seed));
        }
        evaluation.printAll();
    }

    private void printAll() {
        wins.forEach((baseline, won) ->
                System.out.printf(Locale.ROOT, "%-40s beaten on %d of %d seeds%n", baseline, won, seeds));
        System.out.println("expected over observed buyers, all seeds:");
        double[] all = new double[2];
        tenths.forEach((tenth, sums) -> {
            all[0] += sums[0];
            all[1] += sums[1];
            System.out.printf(
                    Locale.ROOT, "  tenth %2d: %.1f over %.0f: %.2f%n", tenth, sums[0], sums[1], sums[0] / sums[1]);
        });
        System.out.printf(Locale.ROOT, "  all: %.1f over %.0f: %.2f%n", all[0], all[1], all[0] / all[1]);
    }

    private BacktestResults backtest(SparkSession spark, int seed) {
        Path folder = work.resolve("users-" + USERS + "-to-" + last + "-seed-" + seed);
        Path landing = folder.resolve("landing");
        if (!Files.exists(landing)) {
            Generator.generate(
                    GeneratorOptions.of(USERS, 2_000, 500, 800_000, 180, seed)
                            .withPlants(new GeneratorOptions.Plants(1, true))
                            .withEndDate(last),
                    landing);
        }
        Tables outcome = new Tables(spark, folder.resolve("outcome").toString());
        String settings = config.getConfig("koc").root().render(ConfigRenderOptions.concise());
        Tables rebuilt = new Tables(
                spark,
                folder.resolve("cutoff-" + Integer.toHexString(settings.hashCode()))
                        .toString());
        if (!rebuilt.exists(RecommendTables.KOC_CHALLENGERS)) {
            run(List.of(new CleanJob(config)), last, landing, outcome);
            run(
                    List.of(
                            new CleanJob(config),
                            new FeaturesJob(config),
                            new PortraitsJob(config),
                            new InfluenceJob(config),
                            new KocsJob(config),
                            new FitJob(config),
                            new RecommendJob(config)),
                    last.minusDays(HORIZON_DAYS),
                    landing,
                    rebuilt);
        }
        return new Backtest(config)
                .evaluate(
                        List.of(new Backtest.PastWarehouse(last.minusDays(HORIZON_DAYS), rebuilt)),
                        outcome,
                        new Tables(spark, folder.resolve("results").toString()));
    }

    private static void run(List<Job> jobs, LocalDate day, Path landing, Tables tables) {
        JobRun run = new JobRun(day, null, landing.toString(), false, tables, new Silence());
        jobs.forEach(job -> job.run(run));
    }

    private void print(int seed, BacktestResults results) {
        seeds++;
        System.out.println("seed " + seed + ": " + new TextReport(results).headline());
        System.out.println(new TextReport(results).comparison());
        results.differences().stream()
                .filter(one -> one.slice().equals(Slice.ALL)
                        && one.metric().startsWith("ndcg"))
                .filter(one -> !one.recommender().startsWith(RecommenderScore.ABLATION_PREFIX))
                .forEach(one -> {
                    System.out.printf(
                            Locale.ROOT,
                            "  %-28s %-12s %+.4f (%+.4f to %+.4f) %s%n",
                            one.recommender(),
                            one.metric(),
                            one.difference().value(),
                            one.difference().low(),
                            one.difference().high(),
                            one.verdict());
                    wins.merge(
                            one.recommender() + " by " + one.metric(),
                            one.verdict().equals("wins") ? 1 : 0,
                            Integer::sum);
                });
        System.out.println(new TextReport(results).calibration());
        results.deciles().stream()
                .filter(one -> one.recommender().equals(RankedLists.PUBLISHED))
                .forEach(one -> {
                    System.out.printf(
                            Locale.ROOT,
                            "  tenth %2d from %.2f to %.2f: expected %.1f, observed %d: %.2f%n",
                            one.decile(),
                            one.minExpected(),
                            one.maxExpected(),
                            one.expectedBuyers(),
                            one.observedBuyers(),
                            one.calibration());
                    double[] sums = tenths.computeIfAbsent(one.decile(), any -> new double[2]);
                    sums[0] += one.expectedBuyers();
                    sums[1] += one.observedBuyers();
                });
    }
}
