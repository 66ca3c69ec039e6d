package koc.evaluation;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import koc.influence.GeneratedPools;
import koc.tables.InfluenceTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How well influence_lift separates planted influence from planted homophily, in several worlds and over several seeds:
 * 5,000 users, 80 KOCs, 300 products, 200,000 events and 120 days each by default. Friends like the same things beyond
 * their portraits, and some KOCs are fake.
 *
 * <pre>bin/evaluate influence --out DIR [--seeds 101-110] [--influence additive,multiplicative,saturating]
 *     [--sharing own-taste,trend,pool-taste] [--hidden-taste 3] [--taste-dimensions 8] [--users N] [--kocs N] [--ties N]
 *     [--fitted-portraits] [--set KEY=VALUE]...</pre>
 *
 * <p>A world is a combination of influence, sharing and dimensions of the taste for products ({@code bin/koc generate
 * --help}). Events grow with users, 40 a user.
 *
 * <p>Portraits are the planted ones, so that only influence is judged; with {@code --fitted-portraits} the whole
 * pipeline runs and portraits are fitted.
 *
 * <p>Prints by seed each fake, and each other KOC with a flag, with its position and its flags. By world it prints: how
 * many fakes are in the top tenth; Spearman's rank correlation of influence_lift and of the naive lift with the planted
 * rate ratio, among KOCs with five expected buyers; by kind of KOC the fraction of 90% intervals that contain the planted
 * ratio, mean lifts, and the sum of observed over that of expected purchases, which unlike mean lifts does not depend on
 * the prior.
 */
@Command(
        name = "influence",
        mixinStandardHelpOptions = true,
        description = "Influence lift compared with planted influence and homophily.")
public final class InfluenceEvaluation implements Callable<Integer> {
    private static final int MIN_EXPECTED_BUYERS = 5;
    private static final int EVENTS_PER_USER = 40;
    private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 30);

    @Mixin
    private SeedOptions options = new SeedOptions();

    @Option(
            names = "--hidden-taste",
            defaultValue = "3",
            description = "How much more friends buy of what their circle likes (default: ${DEFAULT-VALUE}).")
    private double hiddenTaste;

    @Option(
            names = "--taste-dimensions",
            defaultValue = "0",
            description = "Dimensions of a taste for products that friends have in common (default: ${DEFAULT-VALUE}).")
    private int tasteDimensions;

    @Option(
            names = "--influence",
            split = ",",
            defaultValue = "additive",
            description = "What happens when several KOCs share a product with a user (default: ${DEFAULT-VALUE}).")
    private List<String> influences = new ArrayList<>();

    @Option(
            names = "--sharing",
            split = ",",
            defaultValue = "own-taste",
            description = "What KOCs share (default: ${DEFAULT-VALUE}).")
    private List<String> sharings = new ArrayList<>();

    @Option(names = "--users", defaultValue = "5000", description = "Users (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(names = "--kocs", defaultValue = "80", description = "KOCs (default: ${DEFAULT-VALUE}).")
    private int kocs;

    @Option(names = "--ties", defaultValue = "0", description = "Ties (default: about 35 per KOC).")
    private long ties;

    @Option(names = "--fitted-portraits", description = "Run the whole pipeline instead of using planted portraits.")
    private boolean isFitted;

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new InfluenceEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        List<String> settings = new ArrayList<>(options.settings());
        settings.add("koc.backtest.in-run=false");
        try (LocalPipeline pipeline = new LocalPipeline(settings)) {
            for (String influence : influences) {
                for (String sharing : sharings) {
                    measure(pipeline, influence, sharing);
                }
            }
        }
        return 0;
    }

    private void measure(LocalPipeline pipeline, String influence, String sharing) {
        List<GeneratedPools> all = new ArrayList<>();
        for (int seed : options.seeds()) {
            System.out.println("seed " + seed);
            GeneratedPools found = measure(pipeline, seed, influence, sharing);
            printFakesAndFlags(found);
            all.add(found);
        }
        System.out.printf(
                Locale.ROOT,
                "world: influence %s, sharing %s, hidden taste %s, taste dimensions %d, %d users, %d KOCs, ties %s%n",
                influence,
                sharing,
                hiddenTaste,
                tasteDimensions,
                users,
                kocs,
                ties == 0 ? "as usual" : String.valueOf(ties));
        printAllSeeds(all);
    }

    private GeneratedPools measure(LocalPipeline pipeline, int seed, String influence, String sharing) {
        String world = String.join(
                "-", influence, sharing, String.valueOf(tasteDimensions), users + "-" + kocs, String.valueOf(ties));
        Path folder = options.folder(world + "-taste-" + hiddenTaste + "-seed-" + seed);
        Path landing = folder.resolve("landing");
        SeedOptions.generate(
                landing,
                seed,
                "--users",
                String.valueOf(users),
                "--products",
                "300",
                "--kocs",
                String.valueOf(kocs),
                "--events",
                String.valueOf(users * EVENTS_PER_USER),
                "--ties",
                String.valueOf(ties),
                "--influence",
                influence,
                "--sharing",
                sharing,
                "--taste-dimensions",
                String.valueOf(tasteDimensions),
                "--days",
                "120",
                "--dirt",
                "0",
                "--hidden-taste",
                String.valueOf(hiddenTaste),
                "--fakes");
        if (!isFitted) {
            return GeneratedPools.count(pipeline.spark(), landing, pipeline.config());
        }
        Path warehouseFolder = folder.resolve("warehouse");
        if (!Files.exists(warehouseFolder)) {
            pipeline.run(
                    "run",
                    "--landing",
                    landing.toString(),
                    "--warehouse",
                    warehouseFolder.toString(),
                    "--date",
                    LAST_DAY.toString());
        }
        Warehouse warehouse = pipeline.openWarehouse(warehouseFolder);
        return GeneratedPools.withTruth(
                pipeline.spark(),
                landing,
                warehouse
                        .read(InfluenceTables.KOC_INFLUENCE, LAST_DAY)
                        .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL)),
                warehouse.read(InfluenceTables.KOC_FLAGS, LAST_DAY));
    }

    private static void printFakesAndFlags(GeneratedPools found) {
        List<Row> ranked = sorted(found.pools(), "influence_low");
        for (int i = 0; i < ranked.size(); i++) {
            Row row = ranked.get(i);
            String flags = flags(found, row);
            if (isFake(row) || !(flags.isEmpty() || flags.equals("served_only"))) {
                System.out.printf(
                        Locale.ROOT,
                        "  %-12s position %3d of %d by influence_low, observed %6.1f, expected %6.1f, lift %.2f (%.2f to %.2f), flags %s%n",
                        row.<String>getAs("koc_id"),
                        i + 1,
                        ranked.size(),
                        number(row, "observed_purchases"),
                        number(row, "expected_purchases"),
                        number(row, "influence_lift"),
                        number(row, "influence_low"),
                        number(row, "influence_high"),
                        flags);
            }
        }
    }

    private static String flags(GeneratedPools found, Row pool) {
        return String.join(
                "+",
                found.flags().stream()
                        .filter(flag -> flag.getAs("koc_id").equals(pool.getAs("koc_id")))
                        .map(flag -> flag.<String>getAs("flag"))
                        .sorted()
                        .toList());
    }

    private static void printAllSeeds(List<GeneratedPools> all) {
        System.out.printf(
                Locale.ROOT,
                "fakes %d, of them in the top tenth by influence_low %d, by influence_lift %d%n",
                all.stream()
                        .flatMap(found -> found.pools().stream())
                        .filter(InfluenceEvaluation::isFake)
                        .count(),
                leadingFakes(all, "influence_low"),
                leadingFakes(all, "influence_lift"));
        System.out.printf(
                Locale.ROOT,
                "KOCs with %d expected buyers %d: Spearman of influence_lift %.3f, of naive_lift %.3f%n",
                MIN_EXPECTED_BUYERS,
                all.stream()
                        .mapToInt(found -> found.planted(MIN_EXPECTED_BUYERS).size())
                        .sum(),
                spearman(all, "influence_lift"),
                spearman(all, "naive_lift"));
        for (String kind :
                List.of("all", "influential", "without influence", "homophilous", "neutral", "overposting")) {
            printKind(kind, all);
        }
    }

    private static void printKind(String kind, List<GeneratedPools> all) {
        System.out.printf(
                Locale.ROOT,
                "%-17s %4d KOCs, 90%% interval covers %.3f (truth below it %.3f), mean lift %.2f, naive %.2f, planted %.2f, observed over expected %.2f%n",
                kind,
                all.stream().mapToInt(found -> ofKind(kind, found).size()).sum(),
                mean(kind, all, (found, row) -> found.covers(row) ? 1 : 0),
                mean(kind, all, (found, row) -> number(row, "influence_low") > found.ratio(row) ? 1 : 0),
                mean(kind, all, (found, row) -> number(row, "influence_lift")),
                mean(kind, all, (found, row) -> number(row, "naive_lift")),
                mean(kind, all, GeneratedPools::ratio),
                mean(kind, all, (found, row) -> number(row, "observed_purchases"))
                        / Math.max(1e-9, mean(kind, all, (found, row) -> number(row, "expected_purchases"))));
    }

    @FunctionalInterface
    private interface PoolNumber {
        double of(GeneratedPools found, Row pool);
    }

    private static double mean(String kind, List<GeneratedPools> all, PoolNumber number) {
        return all.stream()
                .flatMap(found -> ofKind(kind, found).stream().map(row -> number.of(found, row)))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    private static List<Row> ofKind(String kind, GeneratedPools found) {
        return switch (kind) {
            case "all" -> found.planted(0);
            case "without influence" ->
                found.planted(0).stream().filter(row -> found.ratio(row) == 1).toList();
            default -> found.ofKind(kind);
        };
    }

    private static double spearman(List<GeneratedPools> all, String column) {
        return GeneratedPools.spearman(
                enoughExpected(all, (found, row) -> number(row, column)), enoughExpected(all, GeneratedPools::ratio));
    }

    private static List<Double> enoughExpected(List<GeneratedPools> all, PoolNumber number) {
        return all.stream()
                .flatMap(found -> found.planted(MIN_EXPECTED_BUYERS).stream().map(row -> number.of(found, row)))
                .toList();
    }

    private static long leadingFakes(List<GeneratedPools> all, String column) {
        return all.stream()
                .flatMap(found -> sorted(found.pools(), column).stream()
                        .limit(found.pools().size() / 10))
                .filter(InfluenceEvaluation::isFake)
                .count();
    }

    private static List<Row> sorted(List<Row> pools, String column) {
        ToDoubleFunction<Row> value = row -> number(row, column);
        return pools.stream()
                .sorted(Comparator.comparingDouble(value).reversed().thenComparing(row -> row.<String>getAs("koc_id")))
                .toList();
    }

    private static boolean isFake(Row pool) {
        return pool.<String>getAs("koc_id").startsWith("fake-");
    }

    /** A column of a pool; 0 where nothing was measured. */
    private static double number(Row row, String column) {
        return row.isNullAt(row.fieldIndex(column)) ? 0 : row.<Double>getAs(column);
    }
}
