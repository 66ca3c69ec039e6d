package koc.benchmark;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import koc.Silence;
import koc.clean.CleanJob;
import koc.config.Configuration;
import koc.feature.FeaturesJob;
import koc.influence.InfluenceJob;
import koc.kocs.KocsJob;
import koc.portrait.PortraitsJob;
import koc.run.Job;
import koc.run.JobRun;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.spark.Session;
import koc.table.InfluenceTables;
import koc.table.KocTables;
import koc.table.PortraitTables;
import koc.table.Tables;
import org.apache.spark.sql.Row;

/**
 * How well influence_lift tells planted influence from planted homophily: landing folders of several seeds with friends
 * who like the same things beyond their portraits, and fakes, run from clean to kocs, and held against the truth.
 *
 * <p>Prints, over all seeds: Spearman's rank correlation with the planted rate ratio among KOCs with five expected buyers,
 * of influence_lift and of the naive count; the share of 90% intervals that cover the planted ratio, of all KOCs, of
 * homophilous and of influential ones; and the fakes with their place and flags.
 */
public final class InfluenceBenchmark {
    private final List<Found> found = new ArrayList<>();

    private record Found(
            String koc,
            String kind,
            double ratio,
            double expected,
            double naive,
            double lift,
            double low,
            double high) {
        boolean covers() {
            return low <= ratio && ratio <= high;
        }
    }

    private InfluenceBenchmark() {}

    /** Arguments: a folder for what is generated and written, the number of seeds (5), hidden taste (3). */
    public static void main(String[] arguments) throws IOException {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        double taste = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 3;
        Config config = Configuration.load(null, List.of());
        System.setProperty("spark.master", "local[2]");
        System.setProperty("spark.ui.enabled", "false");
        System.setProperty("spark.sql.shuffle.partitions", "4");
        System.setProperty("spark.sql.warehouse.dir", work.resolve("spark").toString());
        InfluenceBenchmark benchmark = new InfluenceBenchmark();
        for (int seed = 1; seed <= seeds; seed++) {
            Path landing = work.resolve("landing-" + seed);
            if (!Files.exists(landing)) {
                Generator.generate(
                        GeneratorOptions.of(5000, 300, 80, 200_000, 120, seed)
                                .withDirt(0)
                                .withPlants(new GeneratorOptions.Plants(taste, true)),
                        landing);
            }
            Tables tables = new Tables(
                    Session.start(config), work.resolve("warehouse-" + seed).toString());
            benchmark.run(config, landing, tables);
            benchmark.compare(landing, tables);
        }
        benchmark.print();
    }

    private void run(Config config, Path landing, Tables tables) {
        LocalDate day = GeneratorOptions.DEFAULT_END_DATE;
        List<Job> before = List.of(new CleanJob(config), new FeaturesJob(config), new PortraitsJob(config));
        JobRun run = new JobRun(day, null, landing.toString(), false, tables, new Silence());
        if (!tables.exists(PortraitTables.PORTRAIT_EXPOSURES)) {
            before.forEach(job -> job.run(run));
        }
        new InfluenceJob(config).run(run);
        new KocsJob(config).run(run);
    }

    private void compare(Path landing, Tables tables) throws IOException {
        LocalDate day = GeneratorOptions.DEFAULT_END_DATE;
        Map<String, String[]> truth = new HashMap<>();
        for (String line : Files.readAllLines(landing.resolve("_truth/influence.csv"))) {
            String[] cells = line.split(",", -1);
            truth.put(cells[0], cells);
        }
        List<Row> rows = tables.read(InfluenceTables.KOC_INFLUENCE, day)
                .where("portrait_id = '" + InfluenceTables.WHOLE_POOL + "'")
                .orderBy(col("influence_low").desc())
                .collectAsList();
        Map<String, String> flags = new HashMap<>();
        tables.read(InfluenceTables.KOC_FLAGS, day)
                .collectAsList()
                .forEach(row -> flags.merge(
                        row.getAs("koc_id"), row.<String>getAs("flag"), (left, right) -> left + "+" + right));
        System.out.println(tables.read(InfluenceTables.INFLUENCE_PRIORS, day)
                .drop("settings")
                .head());
        long ranked = tables.read(KocTables.KOC_RANKING, day)
                .where("rank IS NOT NULL")
                .count();
        tables.read(KocTables.KOC_RANKING, day)
                .where("koc_id LIKE 'fake-%'")
                .orderBy("koc_id")
                .collectAsList()
                .forEach(row -> System.out.printf(
                        Locale.ROOT,
                        "  %-14s %s, rank %s of %d: %s%n",
                        row.getAs("koc_id"),
                        row.getAs("koc_type"),
                        row.getAs("rank"),
                        ranked,
                        row.getAs("reasons")));
        for (int place = 0; place < rows.size(); place++) {
            Row row = rows.get(place);
            String koc = row.getAs("koc_id");
            String[] planted = truth.get(koc);
            if (planted == null) {
                System.out.printf(
                        Locale.ROOT,
                        "  %-14s place %d of %d, observed %.1f, expected %.1f, lift %.2f (%.2f to %.2f), flags %s%n",
                        koc,
                        place + 1,
                        rows.size(),
                        row.<Double>getAs("observed"),
                        row.<Double>getAs("expected"),
                        row.<Double>getAs("influence_lift"),
                        row.<Double>getAs("influence_low"),
                        row.<Double>getAs("influence_high"),
                        flags.get(koc));
                continue;
            }
            if (!flags.getOrDefault(koc, "served_only").equals("served_only")) {
                System.out.println("  flagged without reason: " + koc + " " + planted[2] + " " + flags.get(koc));
            }
            found.add(new Found(
                    koc,
                    planted[2],
                    Double.parseDouble(planted[1]),
                    row.getAs("expected"),
                    row.isNullAt(row.fieldIndex("naive_lift")) ? 0 : row.<Double>getAs("naive_lift"),
                    row.getAs("influence_lift"),
                    row.getAs("influence_low"),
                    row.getAs("influence_high")));
        }
    }

    private void print() {
        List<Found> enough = found.stream().filter(koc -> koc.expected >= 5).toList();
        System.out.printf(Locale.ROOT, "KOCs %d, with 5 expected buyers %d%n", found.size(), enough.size());
        System.out.printf(
                Locale.ROOT,
                "Spearman: influence_lift %.3f, naive_lift %.3f%n",
                spearman(enough, Found::lift),
                spearman(enough, Found::naive));
        System.out.printf(
                Locale.ROOT,
                "coverage of the 90%% interval: all %.3f, homophilous %.3f, influential %.3f%n",
                coverage(koc -> true),
                coverage(koc -> koc.kind.equals("homophilous")),
                coverage(koc -> koc.kind.equals("influential")));
        for (String kind : List.of("influential", "homophilous", "neutral", "overposting")) {
            System.out.printf(
                    Locale.ROOT,
                    "%-12s mean lift %.2f, naive %.2f, planted %.2f%n",
                    kind,
                    mean(kind, Found::lift),
                    mean(kind, Found::naive),
                    mean(kind, Found::ratio));
        }
    }

    private double coverage(Predicate<Found> which) {
        return found.stream()
                .filter(which)
                .mapToDouble(koc -> koc.covers() ? 1 : 0)
                .average()
                .orElse(0);
    }

    private double mean(String kind, ToDoubleFunction<Found> value) {
        return found.stream()
                .filter(koc -> koc.kind.equals(kind))
                .mapToDouble(value)
                .average()
                .orElse(0);
    }

    private static double spearman(List<Found> kocs, ToDoubleFunction<Found> value) {
        return smile.math.MathEx.cor(ranks(kocs, value), ranks(kocs, Found::ratio));
    }

    /** Mean ranks, so that equal values are equal. */
    private static double[] ranks(List<Found> kocs, ToDoubleFunction<Found> value) {
        List<Double> sorted = kocs.stream()
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return kocs.stream()
                .mapToDouble(koc ->
                        (sorted.indexOf(value.applyAsDouble(koc)) + sorted.lastIndexOf(value.applyAsDouble(koc))) / 2.0)
                .toArray();
    }
}
