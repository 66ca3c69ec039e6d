package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSum;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The factor of a pool and category: the unexposed purchases of the pool, relative to those expected from portraits and
 * earlier purchases. Friends like the same things (homophily), beyond what portraits describe.
 *
 * <p>With P unexposed purchases of the pool, B expected ones and shrinkage k (5 by default), the factor is (P + k) /
 * (B + k). Example: P = 20, B = 10, k = 5 give 1.67. The relative variance of the factor is 1 / (P + k).
 */
public final class PoolCategoryFactors {
    public static final Frame FACTORS = Frame.named("pool_category_factors")
            .grain("one row per KOC and category that they shared in the period")
            .columns("""
                    koc_id               STRING COMMENT 'The KOC',
                    category             STRING COMMENT 'The category',
                    pool_category_factor DOUBLE COMMENT 'Unexposed purchases of the pool over those expected, shrunk',
                    variance             DOUBLE COMMENT 'Variance of the purchases expected after shares in the category, due to the factor',
                    share_rows           BIGINT COMMENT 'Number of share x portrait rows of the KOC in the category'""");

    private static final String[] KOC_CATEGORY = {"koc_id", "category"};

    private final double shrinkage;

    public PoolCategoryFactors(InfluenceSettings settings) {
        this.shrinkage = settings.shrinkage().category();
    }

    /**
     * Computes {@link #FACTORS}.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES} of the period
     * @param members {@link PoolMembers#MEMBERS}
     * @param portraitDays {@link PoolMembers#PORTRAIT_DAYS}
     * @param baselines {@link PoolBaselines#BASELINES}
     * @param expected one row per share and portrait: koc_id, portrait_id, category,
     *     expected_without_pool_factors
     */
    public Dataset<Row> compute(
            Dataset<Row> purchases,
            Dataset<Row> members,
            Dataset<Row> portraitDays,
            Dataset<Row> baselines,
            Dataset<Row> expected) {
        return expectPurchases(portraitDays, baselines, expected)
                .groupBy("koc_id", "category")
                .agg(
                        preciseSum(col("expected_without_shares")).as("expected_without_shares"),
                        preciseSum(col("expected_after_shares")).as("expected_after_shares"),
                        sum(coalesce(col("share_rows"), lit(0L))).as("share_rows"))
                .where("share_rows > 0")
                .join(
                        UnexposedPools.purchasesOfPools(purchases, members)
                                .groupBy("koc_id", "category")
                                .agg(count(lit(1)).as("purchases")),
                        KOC_CATEGORY,
                        "left")
                .withColumn(
                        "shrunk_purchases", coalesce(col("purchases"), lit(0L)).plus(shrinkage))
                .withColumn(
                        "pool_category_factor",
                        col("shrunk_purchases")
                                .divide(col("expected_without_shares").plus(shrinkage)))
                .withColumn(
                        "corrected_expected_after_shares",
                        col("expected_after_shares").multiply(col("pool_category_factor")))
                .withColumn(
                        "variance",
                        col("corrected_expected_after_shares")
                                .multiply(col("corrected_expected_after_shares"))
                                .divide(col("shrunk_purchases")))
                .select("koc_id", "category", "pool_category_factor", "variance", "share_rows");
    }

    /**
     * KOC x portrait x category grain: purchases expected after shares of the KOC (expected_after_shares), and those
     * that follow no KOC's share (expected_without_shares).
     */
    private static Dataset<Row> expectPurchases(
            Dataset<Row> portraitDays, Dataset<Row> baselines, Dataset<Row> expected) {
        Dataset<Row> afterShares = expected.groupBy("koc_id", "portrait_id", "category")
                .agg(
                        preciseSum(col("expected_without_pool_factors")).as("expected_after_shares"),
                        count(lit(1)).as("share_rows"));
        return UnexposedPools.withExpectedWithoutShares(
                baselines.join(afterShares, PoolBaselines.KEY, "left"), portraitDays, "category");
    }
}
