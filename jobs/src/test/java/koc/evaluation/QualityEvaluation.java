package koc.evaluation;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.corr;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import koc.rules.CategoryPath;
import koc.tables.FitTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * How well trust and the quality gate agree with the planted quality of products, over several seeds: 1,200 users, 240
 * products, 40 KOCs, 48,000 events and 120 days each. About 7% of the products are poor.
 *
 * <pre>bin/evaluate quality --out DIR [--seeds 21-25] [--set KEY=VALUE]...</pre>
 *
 * <p>Prints by seed and for all: the correlation of trust with quality over all products, and that of the mean stars
 * over the products with reviews; how many poor products with at least five reviews, how many of all poor and how many
 * good products are refused; in how many rows the lift of a product is within 1% of that of its category, and how many
 * rows without a buyer have a lift certainly above average.
 */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        description = "Trust and the quality gate compared with planted quality.")
public final class QualityEvaluation implements Callable<Integer> {
    private static final LocalDate LAST_DAY = LocalDate.of(2024, 6, 30);
    private static final int ENOUGH_REVIEWS = 5;

    @Mixin
    private SeedOptions options = new SeedOptions();

    /** Usage as above; ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new QualityEvaluation()).execute(arguments));
    }

    @Override
    public Integer call() {
        List<String> settings = new ArrayList<>(
                // How stable portraits are does not matter here; a few refits suffice.
                List.of("koc.portraits.bootstraps=2", "koc.portraits.restarts=3", "koc.portraits.max-portraits=8"));
        settings.addAll(options.settings());
        List<Dataset<Row>> profiles = new ArrayList<>();
        List<Dataset<Row>> lifts = new ArrayList<>();
        try (LocalPipeline pipeline = new LocalPipeline(settings)) {
            for (int seed : options.seeds()) {
                Path folder = options.folder("seed-" + seed);
                Warehouse warehouse = run(pipeline, folder, seed);
                profiles.add(withTruth(pipeline.spark(), folder.resolve("landing"), warehouse));
                lifts.add(withCategoryLift(warehouse));
                print("seed " + seed, profiles.get(profiles.size() - 1), lifts.get(lifts.size() - 1));
            }
            print(
                    "all seeds",
                    profiles.stream().reduce(Dataset::unionByName).orElseThrow(),
                    lifts.stream().reduce(Dataset::unionByName).orElseThrow());
        }
        return 0;
    }

    private static Warehouse run(LocalPipeline pipeline, Path folder, int seed) {
        Path landing = folder.resolve("landing");
        SeedOptions.generate(
                landing,
                seed,
                "--users",
                "1200",
                "--products",
                "240",
                "--kocs",
                "40",
                "--events",
                "48000",
                "--days",
                "120",
                "--end-date",
                LAST_DAY.toString());
        Path warehouse = folder.resolve("warehouse");
        if (!Files.exists(warehouse)) {
            pipeline.run(
                    "run",
                    "--landing",
                    landing.toString(),
                    "--warehouse",
                    warehouse.toString(),
                    "--date",
                    LAST_DAY.toString(),
                    "--jobs",
                    "clean,features,portraits,fit");
        }
        return pipeline.openWarehouse(warehouse);
    }

    /** product_profile with the planted quality. */
    private static Dataset<Row> withTruth(SparkSession spark, Path landing, Warehouse warehouse) {
        Dataset<Row> truth = spark.read()
                .option("header", true)
                .csv(landing.resolve("_truth/products.csv").toString())
                .select(
                        col("product_id"),
                        col("quality").cast("double").as("quality"),
                        col("is_poor").cast("boolean").as("is_poor"));
        return warehouse
                .read(FitTables.PRODUCT_PROFILE, LAST_DAY)
                .join(truth, new String[] {"product_id"}, "inner")
                .withColumn("is_refused", col("quality_gate").notEqual("pass"))
                .select("quality", "is_poor", "is_refused", "trust", "mean_rating", "reviews");
    }

    /** product_portrait_fit with the lift of the category. */
    private static Dataset<Row> withCategoryLift(Warehouse warehouse) {
        Dataset<Row> categories = warehouse
                .read(FitTables.CATEGORY_PORTRAIT_FIT, LAST_DAY)
                .select(
                        col("category").as("path"),
                        col("portrait_id"),
                        col("lift").as("category_lift"));
        Dataset<Row> products = warehouse
                .read(FitTables.PRODUCT_PROFILE, LAST_DAY)
                .select(
                        col("product_id"),
                        CategoryPath.truncate(col("category"), 2).as("path"));
        return warehouse
                .read(FitTables.PRODUCT_PORTRAIT_FIT, LAST_DAY)
                .join(products, new String[] {"product_id"}, "inner")
                .join(categories, new String[] {"path", "portrait_id"}, "inner")
                .select("buyers", "lift", "lift_low", "category_lift");
    }

    private static void print(String name, Dataset<Row> profiles, Dataset<Row> lifts) {
        Column isReviewedPoor = col("is_poor").and(col("reviews").geq(ENOUGH_REVIEWS));
        Row trust = profiles.agg(
                        corr("trust", "quality").as("correlation"),
                        corr("mean_rating", "quality").as("of_reviews"),
                        count_if(isReviewedPoor).as("reviewed_poor"),
                        count_if(isReviewedPoor.and(col("is_refused"))).as("reviewed_poor_refused"),
                        count_if(col("is_poor")).as("poor"),
                        count_if(col("is_poor").and(col("is_refused"))).as("poor_refused"),
                        count_if(not(col("is_poor"))).as("good"),
                        count_if(not(col("is_poor")).and(col("is_refused"))).as("good_refused"))
                .head();
        Row lift = lifts.agg(
                        avg(when(
                                                abs(col("lift")
                                                                .divide(col("category_lift"))
                                                                .minus(1))
                                                        .lt(.01),
                                                1.0)
                                        .otherwise(0.0))
                                .as("like_category"),
                        corr("lift", "category_lift").as("correlation"),
                        count(lit(1)).as("pairs"),
                        count_if(col("buyers").equalTo(0).and(col("lift_low").gt(1)))
                                .as("certain_without_buyer"))
                .head();
        System.out.printf(
                Locale.ROOT,
                "%-10s trust and quality %.3f (stars alone %.3f); refused: poor with %d reviews %d of %d, all poor %d of %d,"
                        + " good %d of %d%n",
                name,
                trust.<Double>getAs("correlation"),
                trust.<Double>getAs("of_reviews"),
                ENOUGH_REVIEWS,
                trust.<Long>getAs("reviewed_poor_refused"),
                trust.<Long>getAs("reviewed_poor"),
                trust.<Long>getAs("poor_refused"),
                trust.<Long>getAs("poor"),
                trust.<Long>getAs("good_refused"),
                trust.<Long>getAs("good"));
        System.out.printf(
                Locale.ROOT,
                "%-10s %d lifts: %.3f within 1%% of the category, correlation with it %.4f, %d certain without a buyer%n",
                "",
                lift.<Long>getAs("pairs"),
                lift.<Double>getAs("like_category"),
                lift.<Double>getAs("correlation"),
                lift.<Long>getAs("certain_without_buyer"));
    }
}
