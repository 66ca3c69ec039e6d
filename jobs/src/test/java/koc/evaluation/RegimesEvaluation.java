package koc.evaluation;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import koc.tables.RecommendTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether recommendations are as good as the best simple recommender, on many kinds of data ({@link Regimes}).
 *
 * <pre>bin/evaluate regimes --out DIR [--only NAME...] [--seed N] [--lists-only [--again]]
 *     [--set KEY=VALUE]...</pre>
 *
 * <p>For each regime the pipeline runs as of a cutoff, with the backtest of an ordinary run. Its lists and those of all
 * baselines are scored by {@link PoolNdcg} on the days after the cutoff: the simple recommenders of a backtest, and {@link
 * OutsideRecommenders}. The best baseline is the one with the highest score on these days, which favours it: with so many
 * baselines, one of them is lucky.
 *
 * <p>Prints a table in Markdown, and below it the scores of all. DIR/seed-N/NAME has landing and warehouse; where they are
 * complete, only the scores are computed again.
 */
@Command(
        name = "regimes",
        mixinStandardHelpOptions = true,
        description = "Recommendations compared with the best baseline on many kinds of data.")
public final class RegimesEvaluation implements Callable<Integer> {
    private static final String REFERENCE_DATA = "KOC_REFERENCE_DATA";
    private static final String RECOMMEND = "recommend";
    private static final String LIST_JOBS = "clean,features,portraits,influence,fit,kocs," + RECOMMEND;
    private static final String PUBLISHED = "published";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of landings and warehouses.")
    private Path out = Path.of("");

    @Option(names = "--only", paramLabel = "NAME", arity = "1..*", description = "Regimes (default: all).")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "301",
            description = "Seed of generated data and of what is taken away (default: ${DEFAULT-VALUE}).")
    private int seed;

    @Option(
            names = "--lists-only",
            description = "Run only the jobs that recommendations need, and leave the exit status of a whole run out. A"
                    + " later call without this option runs the whole pipeline.")
    private boolean listsOnly;

    @Option(names = "--again", description = "With --lists-only: make the lists of complete warehouses again.")
    private boolean again;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the pipeline (default: none).")
    private List<String> settings = new ArrayList<>();

    /** The scores of one regime. */
    private record Result(Regime regime, String exitCode, Map<String, Map<String, Double>> scores) {
        double mean(String recommender) {
            return scores.getOrDefault(recommender, Map.of()).values().stream()
                    .mapToDouble(score -> score)
                    .average()
                    .orElse(0);
        }

        String best() {
            return scores.keySet().stream()
                    .filter(name -> !name.equals(PUBLISHED))
                    .max(Comparator.comparingDouble(this::mean))
                    .orElseThrow();
        }

        PairedInterval difference() {
            Map<String, Double> published = scores.getOrDefault(PUBLISHED, Map.of());
            Map<String, Double> baseline = scores.getOrDefault(best(), Map.of());
            return PairedInterval.of(published.entrySet().stream()
                    .mapToDouble(koc -> koc.getValue() - baseline.getOrDefault(koc.getKey(), 0.0))
                    .toArray());
        }
    }

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RegimesEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        String reference = System.getenv(REFERENCE_DATA);
        Regimes regimes = new Regimes(reference == null ? null : Path.of(reference));
        regimes.absent()
                .forEach(name -> System.out.printf("without %s: it is not in the folder $%s%n", name, REFERENCE_DATA));
        List<Regime> selected = select(regimes.all());
        List<String> all = new ArrayList<>(List.of("koc.recommend.baselines=true"));
        all.addAll(settings);
        List<Result> results = new ArrayList<>();
        try (LocalPipeline pipeline = new LocalPipeline(all, true)) {
            for (Regime regime : selected) {
                long start = System.nanoTime();
                Result result = evaluate(pipeline, regime);
                print(List.of(result));
                System.out.printf(Locale.ROOT, "  %.0f s%n", (System.nanoTime() - start) / 1e9);
                results.add(result);
            }
        }
        System.out.println();
        print(results);
        return 0;
    }

    private List<Regime> select(List<Regime> all) {
        Map<String, Regime> byName = new TreeMap<>();
        all.forEach(regime -> byName.put(regime.name(), regime));
        if (!byName.keySet().containsAll(only)) {
            throw new IllegalArgumentException("--only " + only + ": expected some of " + byName.keySet());
        }
        return only.isEmpty()
                ? all
                : only.stream().map(byName::get).filter(Objects::nonNull).toList();
    }

    private Result evaluate(LocalPipeline pipeline, Regime regime) {
        Path folder = out.toAbsolutePath().resolve("seed-" + seed).resolve(regime.name());
        Path landing = folder.resolve("landing");
        if (!Files.exists(landing)) {
            Path unfinished = folder.resolve("unfinished");
            regime.landing().write(unfinished, seed);
            move(unfinished, landing);
        }
        Path warehouse = folder.resolve("warehouse");
        String exitCode = run(pipeline, regime, landing, warehouse, folder.resolve("exit-code"));
        LandedData landed = LandedData.read(pipeline.spark(), landing, regime.event())
                .withPoolsOf(pipeline.spark(), landing, regime.cutoff());
        Map<String, Map<String, List<String>>> lists = new TreeMap<>();
        lists.put(PUBLISHED, published(pipeline.openWarehouse(warehouse), regime));
        baselines(pipeline.openWarehouse(warehouse), regime).forEach(lists::put);
        OutsideRecommenders.lists(landed, regime.cutoff(), WarehouseScores.LIST_LENGTH)
                .forEach(lists::put);
        Map<String, Map<String, Integer>> relevances =
                PoolNdcg.relevances(landed.purchases(), landed.pools(), regime.cutoff(), WarehouseScores.MIN_POOL_SIZE);
        Map<String, Map<String, Double>> scores = new TreeMap<>();
        lists.forEach(
                (name, byKoc) -> scores.put(name, PoolNdcg.byKoc(byKoc, relevances, WarehouseScores.LIST_LENGTH)));
        return new Result(regime, exitCode, scores);
    }

    /** Runs the pipeline unless it ran before, and returns its exit status. */
    private String run(LocalPipeline pipeline, Regime regime, Path landing, Path warehouse, Path exitCode) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--landing",
                landing.toString(),
                "--warehouse",
                warehouse.toString(),
                "--date",
                regime.cutoff().toString()));
        try {
            if (Files.exists(exitCode) && !again) {
                return Files.readString(exitCode);
            }
            if (listsOnly) {
                Path listed = exitCode.resolveSibling("listed");
                boolean isComplete = Files.exists(listed);
                if (!isComplete || again) {
                    command.addAll(List.of("--jobs", isComplete ? RECOMMEND : LIST_JOBS));
                    pipeline.run(command.toArray(String[]::new));
                    Files.writeString(listed, "");
                }
                return "-";
            }
            Files.writeString(exitCode, String.valueOf(pipeline.execute(command.toArray(String[]::new))));
            return Files.readString(exitCode);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, List<String>> published(Warehouse warehouse, Regime regime) {
        return byKoc(warehouse.read(RecommendTables.KOC_RECOMMENDATIONS, regime.cutoff()));
    }

    /** The simple recommenders of a backtest, without the prices of single steps of the ranking. */
    private static Map<String, Map<String, List<String>>> baselines(Warehouse warehouse, Regime regime) {
        Dataset<Row> lists = warehouse
                .read(RecommendTables.BASELINE_RECOMMENDATIONS, regime.cutoff())
                .where("recommender NOT LIKE 'without%'");
        Map<String, Map<String, List<String>>> baselines = new TreeMap<>();
        for (Row row : lists.select("recommender").distinct().collectAsList()) {
            baselines.put(row.getString(0), byKoc(lists.where(col("recommender").equalTo(row.getString(0)))));
        }
        return baselines;
    }

    private static Map<String, List<String>> byKoc(Dataset<Row> lists) {
        Map<String, List<String>> byKoc = new HashMap<>();
        lists.orderBy("koc_id", "rank")
                .select("koc_id", "product_id")
                .collectAsList()
                .forEach(row -> byKoc.computeIfAbsent(row.getString(0), any -> new ArrayList<>())
                        .add(row.getString(1)));
        return byKoc;
    }

    private static void print(List<Result> results) {
        System.out.println("| regime | KOCs | published | best baseline | difference | exit code | verdict |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (Result result : results) {
            PairedInterval difference = result.difference();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.3f | %.3f (%s) | %+.3f (%+.3f to %+.3f) | %s | %s |%n",
                    result.regime().name(),
                    result.scores().getOrDefault(PUBLISHED, Map.of()).size(),
                    result.mean(PUBLISHED),
                    result.mean(result.best()),
                    result.best(),
                    difference.mean(),
                    difference.low(),
                    difference.high(),
                    result.exitCode(),
                    difference.verdict());
        }
        for (Result result : results) {
            System.out.println(result.regime().name() + ": " + result.regime().description());
            result.scores().keySet().stream()
                    .sorted(Comparator.comparingDouble(name -> -result.mean(name)))
                    .forEach(name -> System.out.printf(Locale.ROOT, "  %-30s %.4f%n", name, result.mean(name)));
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
