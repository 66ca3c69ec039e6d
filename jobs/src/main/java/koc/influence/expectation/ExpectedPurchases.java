package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSum;
import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.GroupWindow;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.ShareExposures;
import koc.influence.exposure.UnexposedPurchases;
import koc.spark.Checkpoints;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many purchases exposed members would have made without the shares.
 *
 * <p>For each share and the exposed members of one portrait:
 *
 * <pre>expected = members x rate x earlier-purchase factor x days x product-window factor x pool category factor
 *     x shared-product factor</pre>
 *
 * <ul>
 *   <li>rate: unexposed purchases of the product per user of the portrait and day ({@link BaselineRates});
 *   <li>earlier-purchase factor: how much more often than their portrait the members buy the category, predicted from
 *       their earlier purchases of it ({@link PoolBaselines});
 *   <li>days: length of the share's window, busy days counting more ({@link DayFactors});
 *   <li>product-window factor: how much more than usual unexposed users bought the product in those days ({@link
 *       ProductWindowFactors});
 *   <li>pool category factor: how much more of the category the pool buys unexposed than rates and earlier purchases
 *       predict ({@link PoolCategoryFactors});
 *   <li>shared-product factor: how much more of the shared products the pool buys unexposed than rates, earlier
 *       purchases and the pool category factor predict ({@link SharedProductFactors}).
 * </ul>
 *
 * <p>So the comparison group matches the exposed members in portrait, earlier purchases, product and days. Rows are
 * shares x portraits, never shares x members.
 */
public final class ExpectedPurchases {
    public static final Frame EXPECTED = Frame.named("expected_purchases")
            .grain("one row per KOC and portrait with an exposed member")
            .columns("""
                    koc_id                 STRING COMMENT 'The KOC',
                    portrait_id            STRING COMMENT 'Portrait of the members',
                    exposures              BIGINT COMMENT 'Members exposed, summed over shares',
                    expected_purchases     DOUBLE COMMENT 'Purchases expected without the shares',
                    expected_purchases_90d DOUBLE COMMENT 'Of these, purchases after the shares of the last 90 days',
                    naive_purchases        DOUBLE COMMENT 'Purchases at the mean rate of the product over all users, exposed or not',
                    variance               DOUBLE COMMENT 'Variance of expected_purchases'""");

    private static final int LAST_90_DAYS = 90;

    private final InfluencePeriod period;
    private final InfluenceSettings settings;
    private final Checkpoints checkpoints;
    private final PoolMembers pools;

    public ExpectedPurchases(InfluencePeriod period, InfluenceSettings settings, Checkpoints checkpoints) {
        this.period = period;
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.pools = new PoolMembers(period);
    }

    /**
     * Computes {@link #EXPECTED}.
     *
     * @param users {@link PoolMembers#USERS}
     */
    public Dataset<Row> compute(ExposureInputs inputs, Dataset<Row> users) {
        Dataset<Row> shares = inputs.shares().where(InfluencePeriod.isInPeriod());
        Dataset<Row> unexposed =
                checkpoints.compute(UnexposedPurchases.select(inputs.purchases(), inputs.exposedPurchases(), users));
        Dataset<Row> recent = unexposed.where(InfluencePeriod.isInPeriod());
        Dataset<Row> members = checkpoints.compute(pools.selectMembers(inputs.ties(), users));
        Dataset<Row> portraitDays = checkpoints.compute(pools.computePortraitDays(users, members));
        Dataset<Row> exposures = checkpoints.compute(ShareExposures.compute(shares, members));

        Dataset<Row> rates =
                checkpoints.compute(new BaselineRates(period, settings).compute(recent, exposures, portraitDays));
        Dataset<Row> earliest = checkpoints.compute(UnexposedPurchases.selectEarliest(unexposed));
        Dataset<Row> factors =
                new EarlierPurchaseFactors(period, settings).compute(recent, earliest, rates, portraitDays);
        Dataset<Row> baselines = checkpoints.compute(PoolBaselines.compute(shares, members, earliest, factors));
        DayFactors dayFactors = DayFactors.compute(recent, period.days());
        Dataset<Row> daily = checkpoints.compute(withDailyPurchases(exposures, rates, baselines));
        Dataset<Row> productWindowFactors = new ProductWindowFactors(period, settings, checkpoints)
                .compute(recent, daily, rates, portraitDays, dayFactors);
        Dataset<Row> expected = checkpoints.compute(withExpectedPurchases(daily, productWindowFactors, dayFactors));
        Dataset<Row> categoryFactors =
                new PoolCategoryFactors(settings).compute(recent, members, portraitDays, baselines, expected);
        Dataset<Row> expectedOfPools =
                checkpoints.compute(expected.join(categoryFactors, new String[] {"koc_id", "category"}, "inner"));
        Dataset<Row> productFactors = new SharedProductFactors(settings, checkpoints)
                .compute(recent, members, portraitDays, baselines, rates, expectedOfPools);
        return sumByPool(expectedOfPools, productFactors, computeNaiveRates(inputs.purchases(), portraitDays));
    }

    /** Adds daily_purchases: purchases of the product expected from the exposed members on an average day. */
    private static Dataset<Row> withDailyPurchases(Dataset<Row> exposures, Dataset<Row> rates, Dataset<Row> baselines) {
        return exposures
                .join(
                        rates.select("portrait_id", "product_id", "rate"),
                        new String[] {"portrait_id", "product_id"},
                        "inner")
                .join(
                        baselines.select("koc_id", "portrait_id", "category", "earlier_purchase_factor"),
                        PoolBaselines.KEY,
                        "inner")
                .withColumn(
                        "daily_purchases",
                        col("members").multiply(col("rate")).multiply(col("earlier_purchase_factor")));
    }

    /**
     * Adds expected_without_pool_factors: purchases expected in the window of the share, before they are multiplied by
     * the pool category factor and the shared-product factor.
     */
    private static Dataset<Row> withExpectedPurchases(
            Dataset<Row> daily, Dataset<Row> productWindowFactors, DayFactors dayFactors) {
        return ProductWindowFactors.withWindow(daily)
                .join(productWindowFactors, new String[] {"product_id", "first_day", "window_days"}, "inner")
                .withColumn(
                        "expected_without_pool_factors",
                        col("daily_purchases")
                                .multiply(dayFactors.daysBetween(col("window_start"), col("window_end")))
                                .multiply(col("product_window_factor")));
    }

    /** Product grain: naive_rate, purchases per user and day of all users, exposed or not. */
    private static Dataset<Row> computeNaiveRates(Dataset<Row> purchases, Dataset<Row> portraitDays) {
        return purchases
                .where(InfluencePeriod.isInPeriod())
                .select("user_id", "product_id", "day_offset")
                .distinct()
                .groupBy("product_id")
                .agg(count(lit(1)).as("purchases"))
                .crossJoin(broadcast(portraitDays.agg(sum("user_days").as("total_user_days"))))
                .select(
                        col("product_id"),
                        col("purchases").divide(col("total_user_days")).as("naive_rate"));
    }

    /** Sums by pool and portrait. The variance is that of both pool factors together. */
    private Dataset<Row> sumByPool(Dataset<Row> expected, Dataset<Row> productFactors, Dataset<Row> naiveRates) {
        Column factor = col("shared_product_factor");
        Column purchases = col("expected_without_pool_factors")
                .multiply(col("pool_category_factor"))
                .multiply(factor);
        Column isLast90Days = col("day_offset").geq(period.days() - LAST_90_DAYS);
        Column expectedOfPool = preciseSumOver(col("expected_purchases"), GroupWindow.by("koc_id"));
        return expected.join(productFactors, new String[] {"koc_id"}, "inner")
                .join(naiveRates, new String[] {"product_id"}, "left")
                .groupBy("koc_id", "portrait_id")
                .agg(
                        sum("members").as("exposures"),
                        preciseSum(purchases).as("expected_purchases"),
                        preciseSum(when(isLast90Days, purchases).otherwise(0.0)).as("expected_purchases_90d"),
                        preciseSum(col("members")
                                        .multiply(coalesce(col("naive_rate"), lit(0.0)))
                                        .multiply(col("window_end").minus(col("window_start"))))
                                .as("naive_purchases"),
                        // One variance per KOC and category, divided equally among its share x portrait rows.
                        preciseSum(factor.multiply(factor)
                                        .multiply(col("variance"))
                                        .divide(col("share_rows")))
                                .as("variance"),
                        max("relative_variance").as("relative_variance"))
                // The shared-product factor is common to the pool, so its variance is relative_variance x (expected of
                // the pool)^2. It is divided among portraits in proportion to their expected purchases.
                .withColumn(
                        "variance",
                        col("variance")
                                .plus(col("relative_variance")
                                        .multiply(col("expected_purchases"))
                                        .multiply(expectedOfPool)))
                .drop("relative_variance");
    }
}
