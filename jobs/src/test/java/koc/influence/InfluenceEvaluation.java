package koc.influence;

import com.typesafe.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import koc.config.Configuration;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.spark.Session;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How well influence_lift tells planted influence from planted homophily, over several seeds: 5,000 users, 80 KOCs, 200,000
 * events and 120 days each, friends who like the same things beyond their portraits, and fakes. Portraits are those
 * planted; {@link koc.benchmark.InfluenceBenchmark} does the same through the whole pipeline, with portraits fitted.
 *
 * <p>Prints, pooled over the seeds: Spearman's correlation with the planted rate ratio among KOCs with five expected buyers,
 * beside that of the naive count; the share of 90% intervals that hold the planted ratio, of all KOCs, of homophilous and
 * of influential ones; mean lifts by
 * kind; each fake with its place and flags, and how many of them lead.
 */
public final class InfluenceEvaluation {
    private InfluenceEvaluation() {}

    /** Arguments: a folder for what is generated, seeds (1-5), the hidden taste (3), settings key=value. */
    public static void main(String[] arguments) {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        String[] seeds = (arguments.length > 1 ? arguments[1] : "1-5").split("-", -1);
        double taste = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 3;
        Config config = Configuration.load(null, Stream.of(arguments).skip(3).toList());
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.sql.shuffle.partitions", "4");
        System.setProperty("spark.sql.warehouse.dir", work.resolve("spark").toString());
        SparkSession spark = Session.start(config);
        List<GeneratedPools> all = new ArrayList<>();
        for (int seed = Integer.parseInt(seeds[0]); seed <= Integer.parseInt(seeds[1]); seed++) {
            Path landing = work.resolve("taste-" + taste + "-seed-" + seed);
            if (!Files.exists(landing)) {
                Generator.generate(
                        GeneratorOptions.of(5000, 300, 80, 200_000, 120, seed)
                                .withDirt(0)
                                .withPlants(new GeneratorOptions.Plants(taste, true)),
                        landing);
            }
            GeneratedPools found = GeneratedPools.count(spark, landing, InfluenceSettings.from(config));
            all.add(found);
            printFakes(seed, found);
        }
        print(all);
    }

    private static void printFakes(int seed, GeneratedPools found) {
        System.out.println("seed " + seed);
        List<Row> ranked = found.pools().stream()
                .sorted(Comparator.comparing(row -> -row.<Double>getAs("influence_low")))
                .toList();
        for (int place = 0; place < ranked.size(); place++) {
            Row row = ranked.get(place);
            String koc = row.getAs("koc_id");
            String flags = String.join(
                    "+",
                    found.flags().stream()
                            .filter(flag -> flag.getAs("koc_id").equals(koc))
                            .map(flag -> flag.<String>getAs("flag"))
                            .toList());
            boolean isFake = !found.kinds().containsKey(koc);
            if (isFake || !(flags.isEmpty() || flags.equals("served_only"))) {
                System.out.printf(
                        Locale.ROOT,
                        "  %-12s place %3d of %d by influence_low, observed %6.1f, expected %6.1f, lift %.2f (%.2f to %.2f), flags %s%n",
                        koc,
                        place + 1,
                        ranked.size(),
                        row.<Double>getAs("observed"),
                        row.<Double>getAs("expected"),
                        row.<Double>getAs("influence_lift"),
                        row.<Double>getAs("influence_low"),
                        row.<Double>getAs("influence_high"),
                        flags);
            }
        }
    }

    private static void print(List<GeneratedPools> all) {
        List<Double> lifts = new ArrayList<>();
        List<Double> naive = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (GeneratedPools found : all) {
            for (Row row : found.planted(5)) {
                lifts.add(row.getAs("influence_lift"));
                naive.add(row.getAs("naive_lift"));
                ratios.add(found.ratio(row));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "fakes %d, of them in the top tenth by influence_low %d, by influence_lift %d%n",
                all.stream().mapToLong(found -> fakes(found.pools()).count()).sum(),
                leadingFakes(all, "influence_low"),
                leadingFakes(all, "influence_lift"));
        System.out.printf(
                Locale.ROOT,
                "KOCs with 5 expected buyers %d: Spearman of influence_lift %.3f, of naive_lift %.3f%n",
                lifts.size(),
                GeneratedPools.spearman(lifts, ratios),
                GeneratedPools.spearman(naive, ratios));
        for (String kind : List.of("all", "influential", "homophilous", "neutral", "overposting")) {
            int pools = 0;
            int covered = 0;
            int below = 0;
            double lift = 0;
            double simple = 0;
            double ratio = 0;
            for (GeneratedPools found : all) {
                for (Row row : kind.equals("all") ? found.planted(0) : found.ofKind(kind)) {
                    pools++;
                    covered += found.covers(row) ? 1 : 0;
                    below += row.<Double>getAs("influence_low") > found.ratio(row) ? 1 : 0;
                    lift += row.<Double>getAs("influence_lift");
                    simple += row.isNullAt(row.fieldIndex("naive_lift")) ? 0 : row.<Double>getAs("naive_lift");
                    ratio += found.ratio(row);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %4d KOCs, 90%% interval covers %.3f (truth below it %.3f), mean lift %.2f, naive %.2f, planted %.2f%n",
                    kind,
                    pools,
                    covered / (double) Math.max(1, pools),
                    below / (double) Math.max(1, pools),
                    lift / Math.max(1, pools),
                    simple / Math.max(1, pools),
                    ratio / Math.max(1, pools));
        }
    }

    private static Stream<Row> fakes(List<Row> pools) {
        return pools.stream().filter(row -> row.<String>getAs("koc_id").startsWith("fake-"));
    }

    private static long leadingFakes(List<GeneratedPools> all, String column) {
        return all.stream()
                .mapToLong(found -> fakes(found.pools().stream()
                                .sorted(Comparator.comparing(row -> -row.<Double>getAs(column)))
                                .limit(found.pools().size() / 10)
                                .toList())
                        .count())
                .sum();
    }
}
