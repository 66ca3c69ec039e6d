package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import koc.SparkTest;
import koc.influence.expectation.BaselineRates;
import koc.influence.expectation.DayFactors;
import koc.influence.expectation.EarlierPurchaseFactors;
import koc.influence.expectation.PoolBaselines;
import koc.influence.expectation.PoolCategoryFactors;
import koc.influence.expectation.ProductWindowFactors;
import koc.influence.expectation.SharedProductFactors;
import koc.influence.exposure.ExposureCounts;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.PurchaseExposure;
import koc.influence.exposure.ShareExposures;
import koc.influence.exposure.UnexposedPurchases;
import koc.influence.fraud.FraudDetection;
import koc.influence.prior.InfluenceEstimates;
import koc.influence.prior.InfluencePrior;
import koc.spark.Checkpoints;
import koc.statistics.GammaMixture;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * The worked example of docs/models/influence.md, step by step: every number that the document quotes is computed here
 * by the classes of this package.
 *
 * <p>Ten users of one portrait, 90 days. All buy bread every day, and tea every tenth day: user i on the days d with d
 * mod 10 = i, since long before the period. One KOC has the members 0, 3, 6 and 9, and shares tea at noon of day 59.
 * Its members buy tea six more times in the week after.
 */
public class InfluenceWorkedExampleTest extends SparkTest {
    private static final Path DOCUMENT = Path.of("../docs/models/influence.md");
    private static final InfluenceSettings SETTINGS = InfluenceSettings.from(DEFAULTS);
    private static final InfluencePeriod PERIOD = new InfluencePeriod(day("2024-01-01"), day("2024-03-30"));
    private static final PoolMembers POOLS = new PoolMembers(PERIOD);
    private static final InfluencePrior PRIOR = new InfluencePrior(new GammaMixture(.75, 40, 40, 12, 4), 100, 0);

    private final Map<String, String> quoted = new LinkedHashMap<>();

    @Test
    public void theDocumentQuotesTheNumbersOfTheModel() throws IOException {
        try (Checkpoints checkpoints = new Checkpoints()) {
            ExposureInputs inputs = inputs();
            Dataset<Row> users = POOLS.withUserDays(users());
            quoteSteps(inputs, users, checkpoints);
            quoteLift(new ExposureCounts(PERIOD, SETTINGS, checkpoints)
                    .compute(inputs, users(), rows(FraudDetection.FRAUDULENT_CREDITS, "koc_id")));
        }

        String document = Files.readString(DOCUMENT);
        quoted.forEach((name, value) -> assertThat(document)
                .as("%s is %s", name, value)
                .containsPattern("\\| " + name + " \\| [^|\n]* \\| " + value.replace(".", "\\.") + " \\|"));
    }

    /** The parts of expected purchases, each by the class that computes it. */
    private void quoteSteps(ExposureInputs inputs, Dataset<Row> users, Checkpoints checkpoints) {
        Dataset<Row> unexposed = UnexposedPurchases.select(inputs.purchases(), inputs.exposedPurchases(), users)
                .cache();
        Dataset<Row> recent = unexposed.where(InfluencePeriod.isInPeriod());
        Dataset<Row> members = POOLS.selectMembers(inputs.ties(), users);
        Dataset<Row> portraitDays = POOLS.computePortraitDays(users, members);
        Dataset<Row> exposures = ShareExposures.compute(inputs.shares(), members);
        quote("exposed members", "%.0f", exposures, col("members").cast("double"));
        quote(
                "unexposed purchases of tea",
                "%.0f",
                recent.where("product_id = 'tea'").agg(sum(lit(1.0)).as("n")),
                col("n"));
        Dataset<Row> rates = new BaselineRates(PERIOD, SETTINGS)
                .compute(recent, exposures, portraitDays)
                .cache();
        quote("baseline rate", "%.5f", rates.where("product_id = 'tea'"), col("rate"));
        Dataset<Row> earliest = UnexposedPurchases.selectEarliest(unexposed);
        Dataset<Row> factors =
                new EarlierPurchaseFactors(PERIOD, SETTINGS).compute(recent, earliest, rates, portraitDays);
        Dataset<Row> baselines = PoolBaselines.compute(inputs.shares(), members, earliest, factors)
                .cache();
        quote("earlier-purchase factor", "%.3f", baselines, col("earlier_purchase_factor"));
        DayFactors dayFactors = DayFactors.compute(recent, PERIOD.days());
        Column days = dayFactors.daysBetween(col("window_start"), col("window_end"));
        quote("days", "%.3f", exposures, days);
        Dataset<Row> daily = exposures
                .withColumn("rate", lit(rates.where("product_id = 'tea'").head().<Double>getAs("rate")))
                .withColumn("daily_purchases", col("members").multiply(col("rate")));
        Dataset<Row> productWindowFactors = new ProductWindowFactors(PERIOD, SETTINGS, checkpoints)
                .compute(recent, daily, rates, portraitDays, dayFactors);
        quote("product-window factor", "%.3f", productWindowFactors, col("product_window_factor"));
        Dataset<Row> expected = daily.join(productWindowFactors, new String[] {"product_id"}, "inner")
                .withColumn(
                        "expected_without_pool_factors",
                        col("daily_purchases").multiply(days).multiply(col("product_window_factor")));
        Dataset<Row> categoryFactors =
                new PoolCategoryFactors(SETTINGS).compute(recent, members, portraitDays, baselines, expected);
        quote("pool category factor", "%.3f", categoryFactors, col("pool_category_factor"));
        quote(
                "shared-product factor",
                "%.3f",
                new SharedProductFactors(SETTINGS, checkpoints)
                        .compute(
                                recent,
                                members,
                                portraitDays,
                                baselines,
                                rates,
                                expected.join(categoryFactors, new String[] {"koc_id", "category"}, "inner")),
                col("shared_product_factor"));
    }

    /** Expected and observed purchases, and the lift. */
    private void quoteLift(Dataset<Row> counts) {
        InfluenceEstimates estimates = new InfluenceEstimates(PERIOD, SETTINGS);
        Dataset<Row> pool = estimates
                .withHomophily(ExposureCounts.withWholePools(counts))
                .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL));
        Column tempering = InfluencePrior.tempering(col("observed_purchases"), col("deviation"));
        quote("expected purchases", "%.3f", pool, col("expected_purchases"));
        quote("observed purchases", "%.0f", pool, col("observed_purchases"));
        quote("deviation", "%.3f", pool, col("deviation"));
        quote("tempering", "%.3f", pool, tempering);
        Row lift = estimates
                .estimateLifts(pool, PRIOR)
                .where(col("portrait_id").equalTo(InfluenceTables.WHOLE_POOL))
                .head();
        quote("naive lift", "%.2f", lift.<Double>getAs("naive_lift"));
        GammaMixture posterior = PRIOR.lifts()
                .posterior(
                        number(pool, col("observed_purchases").multiply(tempering)),
                        number(pool, col("expected_purchases").multiply(tempering)));
        quote("probability of no effect", "%.3f", posterior.firstWeight());
        quote("influence lift", "%.2f", lift.<Double>getAs("influence_lift"));
        quote("lower end", "%.2f", lift.<Double>getAs("influence_low"));
        quote("upper end", "%.2f", lift.<Double>getAs("influence_high"));
    }

    private void quote(String name, String format, Dataset<Row> rows, Column value) {
        quote(name, format, number(rows, value));
    }

    private void quote(String name, String format, double value) {
        quoted.put(name, String.format(Locale.ROOT, format, value));
    }

    private static double number(Dataset<Row> rows, Column value) {
        return rows.select(value).head().getDouble(0);
    }

    private static Dataset<Row> users() {
        return SPARK.sql("SELECT concat('u', id) AS user_id, 'parents' AS portrait_id,"
                + " CAST(NULL AS TIMESTAMP) AS registered_at FROM range(10)");
    }

    private static ExposureInputs inputs() {
        Dataset<Row> days = SPARK.sql("SELECT CAST(id - 90 AS INT) AS day_offset FROM range(180)");
        Dataset<Row> users = SPARK.sql("SELECT CAST(id AS INT) AS user FROM range(10)");
        Dataset<Row> bought = days.crossJoin(users)
                .selectExpr("user", "'bread' AS product_id", "'food' AS category", "day_offset")
                .unionByName(days.selectExpr(
                        "pmod(day_offset, 10) AS user", "'tea' AS product_id", "'drinks' AS category", "day_offset"))
                .unionByName(SPARK.sql("SELECT user, 'tea' AS product_id, 'drinks' AS category, day_offset FROM VALUES"
                        + " (0, 62), (0, 64), (3, 61), (6, 62), (9, 61), (9, 65) AS more(user, day_offset)"));
        Dataset<Row> purchases = bought.selectExpr(
                "concat_ws('-', user, product_id, day_offset) AS event_id",
                "concat('u', user) AS user_id",
                "product_id",
                "category",
                "day_offset",
                "day_offset + .25D AS moment");
        Dataset<Row> shares = rows(PurchaseExposure.SHARES, """
                share_id | koc_id | product_id | category | share_day  | day_offset | window_start | window_end | shared_at
                s        | k      | tea        | drinks   | 2024-02-29 | 59         | 59.5         | 66.5       | 2024-02-29 12:00:00
                """);
        Dataset<Row> ties = SPARK.sql("SELECT 'k' AS koc_id, concat('u', user) AS user_id, DATE'2000-01-01' AS since,"
                + " DATE'9999-12-31' AS until FROM VALUES (0), (3), (6), (9) AS members(user)");
        return new ExposureInputs(
                purchases, shares, ties, PurchaseExposure.selectExposedPurchases(purchases, shares, ties));
    }
}
