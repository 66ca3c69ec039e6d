package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSum;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import koc.spark.Checkpoints;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The shared-product factor of a pool: how much more often than expected the pool buys the products that its KOC
 * shares, on days without a share of them. KOCs share what they like or what sells in their pool, and the pool may like
 * it more than its portraits and categories say. The days without a share are a placebo: on them, shares cannot be the
 * reason.
 *
 * <p>For each product, P are the unexposed purchases of the pool, B the unexposed purchases expected of it, and A the
 * purchases expected after the KOC's shares. The weight of the product is w = A / (A + B), the part of its expected
 * purchases that comes after shares. The pool counts as O = c sum(w P) purchases where c sum(w B) are expected. The
 * scale c = sum(w B) / sum(w^2 B) makes the variance of the weighted count equal to its mean, as in a Poisson count.
 * Each factor is then shrunk towards the mean of all pools ({@link RatioPrior}). The mean also corrects an error that
 * the expectations of all pools share.
 *
 * <p>Example: two products with P = 12, B = 8, A = 2 and P = 2, B = 3, A = 1 have the weights .2 and .25. So sum(w P)
 * is 2.9, sum(w B) 2.35, sum(w^2 B) .508 and c 4.63: 13.4 purchases where 10.9 are expected. With m = 1 and s = 20 the
 * factor is 33.4 / 30.9 = 1.08.
 */
public final class SharedProductFactors {
    public static final Frame FACTORS = Frame.named("shared_product_factors")
            .grain("one row per KOC who shared in the period")
            .columns("""
                    koc_id                STRING COMMENT 'The KOC',
                    shared_product_factor DOUBLE COMMENT 'Unexposed purchases of shared products by the pool over those expected, shrunk',
                    relative_variance     DOUBLE COMMENT 'Relative variance of the factor'""");

    private static final String[] KOC_PRODUCT = {"koc_id", "product_id"};

    private final double shrinkage;
    private final Checkpoints checkpoints;

    public SharedProductFactors(InfluenceSettings settings, Checkpoints checkpoints) {
        this.shrinkage = settings.shrinkage().sharedProducts();
        this.checkpoints = checkpoints;
    }

    /**
     * Computes {@link #FACTORS}.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES} of the period
     * @param members {@link PoolMembers#MEMBERS}
     * @param portraitDays {@link PoolMembers#PORTRAIT_DAYS}
     * @param baselines {@link PoolBaselines#BASELINES}
     * @param rates {@link BaselineRates#RATES}
     * @param expected one row per share and portrait: koc_id, portrait_id, product_id, category,
     *     expected_without_pool_factors, pool_category_factor
     */
    public Dataset<Row> compute(
            Dataset<Row> purchases,
            Dataset<Row> members,
            Dataset<Row> portraitDays,
            Dataset<Row> baselines,
            Dataset<Row> rates,
            Dataset<Row> expected) {
        Dataset<Row> products = expectPurchases(portraitDays, baselines, rates, expected);
        Dataset<Row> pools = checkpoints.compute(sumByPool(products, countPurchases(purchases, members, products)));
        RatioPrior prior = RatioPrior.fit(pools, col("observed"), col("expected"), shrinkage);
        return pools.select(
                col("koc_id"),
                prior.ratio(col("observed"), col("expected")).as("shared_product_factor"),
                prior.relativeVariance(col("observed")).as("relative_variance"));
    }

    /** KOC x product grain: purchases expected from the pool after shares of the KOC, and without any share. */
    private Dataset<Row> expectPurchases(
            Dataset<Row> portraitDays, Dataset<Row> baselines, Dataset<Row> rates, Dataset<Row> expected) {
        Dataset<Row> shared = expected.select("koc_id", "product_id", "category", "pool_category_factor")
                .distinct();
        Dataset<Row> afterShares = expected.groupBy("koc_id", "portrait_id", "product_id")
                .agg(preciseSum(col("expected_without_pool_factors")).as("expected_after_shares"));
        Dataset<Row> rows = shared.join(
                        baselines.select("koc_id", "portrait_id", "category", "member_days", "earlier_purchase_factor"),
                        new String[] {"koc_id", "category"},
                        "inner")
                .join(
                        rates.select("portrait_id", "product_id", "rate"),
                        new String[] {"portrait_id", "product_id"},
                        "inner")
                .join(afterShares, new String[] {"koc_id", "portrait_id", "product_id"}, "left")
                .withColumn(
                        "baseline_purchases",
                        col("member_days").multiply(col("rate")).multiply(col("earlier_purchase_factor")));
        return checkpoints.compute(UnexposedPools.withExpectedWithoutShares(rows, portraitDays, "product_id")
                .groupBy("koc_id", "product_id")
                .agg(
                        preciseSum(col("expected_without_shares").multiply(col("pool_category_factor")))
                                .as("expected_without_shares"),
                        preciseSum(col("expected_after_shares").multiply(col("pool_category_factor")))
                                .as("expected_after_shares")));
    }

    /** KOC x product grain: unexposed purchases of the products that the KOC shared. */
    private static Dataset<Row> countPurchases(Dataset<Row> purchases, Dataset<Row> members, Dataset<Row> products) {
        return UnexposedPools.purchasesOfPools(purchases, members)
                .join(products.select("koc_id", "product_id"), KOC_PRODUCT, "left_semi")
                .groupBy("koc_id", "product_id")
                .agg(count(lit(1)).as("purchases"));
    }

    /**
     * KOC grain: observed and expected purchases, weighted by the part of each product that is expected after shares.
     */
    private static Dataset<Row> sumByPool(Dataset<Row> products, Dataset<Row> purchases) {
        Column total = col("expected_after_shares").plus(col("expected_without_shares"));
        Column weight =
                when(total.gt(0), col("expected_after_shares").divide(total)).otherwise(lit(0.0));
        Column scale = when(col("squares").gt(0), col("expected").divide(col("squares")))
                .otherwise(lit(0.0));
        return products.join(purchases, KOC_PRODUCT, "left")
                .withColumn("weight", weight)
                .groupBy("koc_id")
                .agg(
                        preciseSum(col("weight").multiply(coalesce(col("purchases"), lit(0L))))
                                .as("observed"),
                        preciseSum(col("weight").multiply(col("expected_without_shares")))
                                .as("expected"),
                        preciseSum(col("weight").multiply(col("weight")).multiply(col("expected_without_shares")))
                                .as("squares"))
                .withColumn("scale", scale)
                .select(
                        col("koc_id"),
                        col("observed").multiply(col("scale")).as("observed"),
                        col("expected").multiply(col("scale")).as("expected"));
    }
}
