package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_timestamp;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koc.influence.exposure.ExposureCounts;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.PoolMembers;
import koc.influence.fraud.FraudDetection;
import koc.influence.fraud.KocFlags;
import koc.influence.prior.InfluenceEstimates;
import koc.rules.KnownHistory;
import koc.rules.OpenTies;
import koc.sample.GeneratorOptions;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The influence of the KOCs of a generated landing folder, with what was planted.
 *
 * @param pools rows of koc_influence for whole pools
 * @param flags rows of koc_flags
 * @param ratios planted rate ratios by KOC
 * @param kinds planted kinds by KOC
 */
public record GeneratedPools(List<Row> pools, List<Row> flags, Map<String, Double> ratios, Map<String, String> kinds) {
    private static final LocalDate DAY = GeneratorOptions.DEFAULT_END_DATE;
    private static final InfluencePeriod PERIOD = InfluencePeriod.endingOn(DAY, 90);

    /** Measures a landing folder without dirt by the transforms of the influence job, with the planted portraits. */
    public static GeneratedPools count(SparkSession spark, Path landing, Config config) {
        InfluenceSettings settings = InfluenceSettings.from(config);
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> events = checkpoints.compute(csv(spark, landing, "events")
                    .select(
                            col("event_id"),
                            col("group_id"),
                            col("user_id"),
                            col("event_type"),
                            col("product_id"),
                            col("sharer_id"),
                            to_timestamp(col("occurred_at")).as("occurred_at"),
                            to_date(col("occurred_at")).as("day"),
                            col("quantity").cast("int").as("quantity"),
                            col("unit_price").cast("decimal(18,2)").as("amount")));
            Dataset<Row> users = csv(spark, landing, "users")
                    .select(
                            col("user_id"),
                            to_timestamp(col("registered_at")).as("registered_at"),
                            col("acquired_via"));
            Dataset<Row> products =
                    checkpoints.compute(csv(spark, landing, "products").select("product_id", "category"));
            Dataset<Row> ties = checkpoints.compute(OpenTies.computeSpans(OpenTies.withLeaves(
                    csv(spark, landing, "ties")
                            .select(
                                    col("koc_id"),
                                    col("user_id"),
                                    col("tie_type"),
                                    to_date(col("since")).as("since"),
                                    to_date(col("until")).as("until"),
                                    col("group_id"),
                                    col("scene")),
                    events)));
            Dataset<Row> refunds =
                    spark.sql("SELECT CAST(NULL AS STRING) AS purchase_event_id, 0 AS quantity, 0 AS amount");
            InfluenceInputs inputs = new InfluenceInputs(events, users, products, refunds, ties, false);
            ExposureInputs exposure = ExposureInputs.select(inputs, PERIOD, settings.windowDays(), checkpoints);
            Dataset<Row> touches = new Attribution(settings).selectTouches(exposure, events, users);
            FraudDetection.Findings fraud =
                    new FraudDetection(settings.fraud(), checkpoints).detect(touches, exposure.purchases());
            Dataset<Row> portraits = csv(spark, landing, "_truth/users.csv")
                    .select(col("user_id"), col("portrait").as("portrait_id"));
            Dataset<Row> influence = checkpoints.compute(
                    estimate(exposure, PoolMembers.withPortraits(users, portraits), fraud, settings, checkpoints));
            Dataset<Row> flags = new KocFlags(settings)
                    .compute(
                            fraud,
                            exposure.shares(),
                            ties.where(OpenTies.isOpenOn(lit(DAY))),
                            influence.where("portrait_id = '*'"),
                            new KnownHistory(DAY.minusDays(89), DAY));
            return withTruth(spark, landing, influence.where("portrait_id = '*'"), flags);
        }
    }

    private static Dataset<Row> estimate(
            ExposureInputs exposure,
            Dataset<Row> users,
            FraudDetection.Findings fraud,
            InfluenceSettings settings,
            Checkpoints checkpoints) {
        InfluenceEstimates estimates = new InfluenceEstimates(PERIOD, settings);
        Dataset<Row> counts =
                new ExposureCounts(PERIOD, settings, checkpoints).compute(exposure, users, fraud.fraudulentCredits());
        Dataset<Row> pools = checkpoints.compute(estimates.withHomophily(ExposureCounts.withWholePools(counts)));
        return estimates.estimateLifts(pools, estimates.fitPrior(pools));
    }

    /** Rows of koc_influence for whole pools and of koc_flags, with the truth of the landing folder. */
    public static GeneratedPools withTruth(SparkSession spark, Path landing, Dataset<Row> pools, Dataset<Row> flags) {
        Map<String, Double> ratios = new TreeMap<>();
        Map<String, String> kinds = new TreeMap<>();
        csv(spark, landing, "_truth/influence.csv")
                .select("koc_id", "rate_ratio", "kind")
                .collectAsList()
                .forEach(row -> {
                    ratios.put(row.getString(0), Double.parseDouble(row.getString(1)));
                    kinds.put(row.getString(0), row.getString(2));
                });
        return new GeneratedPools(pools.collectAsList(), flags.collectAsList(), ratios, kinds);
    }

    /** Pools of KOCs with a planted ratio and at least this many expected purchases. */
    public List<Row> planted(double minExpected) {
        return pools.stream()
                .filter(row -> ratios.containsKey(row.<String>getAs("koc_id")))
                .filter(row -> row.<Double>getAs("expected_purchases") >= minExpected)
                .toList();
    }

    /** Pools of KOCs of a planted kind. */
    public List<Row> ofKind(String kind) {
        return pools.stream()
                .filter(row -> kind.equals(kinds.get(row.<String>getAs("koc_id"))))
                .toList();
    }

    /** The planted rate ratio of a pool; 1 where none was planted. */
    public double ratio(Row pool) {
        return ratios.getOrDefault(pool.<String>getAs("koc_id"), 1.0);
    }

    /** Whether the 90% interval contains the planted ratio. */
    public boolean covers(Row pool) {
        return pool.<Double>getAs("influence_low") <= ratio(pool)
                && ratio(pool) <= pool.<Double>getAs("influence_high");
    }

    /** Spearman's rank correlation; equal values have the mean of their ranks. */
    public static double spearman(List<Double> left, List<Double> right) {
        return smile.math.MathEx.cor(ranks(left), ranks(right));
    }

    private static double[] ranks(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.naturalOrder());
        return values.stream()
                .mapToDouble(value -> (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2.0)
                .toArray();
    }

    private static Dataset<Row> csv(SparkSession spark, Path landing, String source) {
        return spark.read().option("header", "true").csv(landing.resolve(source).toString());
    }
}
