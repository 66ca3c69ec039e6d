package koc.influence.exposure;

import static koc.spark.ExactSums.preciseSum;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.expectation.ExpectedPurchases;
import koc.spark.Checkpoints;
import koc.tables.Frame;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Observed and expected purchases of the members that each KOC exposed, by portrait and for the whole pool.
 *
 * <p>Both count at most one purchase per user, product and day. So frequent purchases do not look like the effect of a
 * share.
 */
public final class ExposureCounts {
    public static final Frame COUNTS = Frame.named("exposure_counts")
            .grain("one row per KOC and portrait with an exposed member, and one for the whole pool")
            .columns("""
                    koc_id                 STRING COMMENT 'The KOC',
                    portrait_id            STRING COMMENT 'Portrait of the members; * for the whole pool',
                    exposures              BIGINT COMMENT 'Members exposed, summed over shares',
                    expected_purchases     DOUBLE COMMENT 'Purchases expected without the shares',
                    expected_purchases_90d DOUBLE COMMENT 'Of these, purchases after the shares of the last 90 days',
                    naive_purchases        DOUBLE COMMENT 'Purchases at the mean rate of the product over all users, exposed or not',
                    exposed_purchases      DOUBLE COMMENT 'Purchases after exposure, each counted in full',
                    observed_purchases     DOUBLE COMMENT 'The same, each counted as the fraction that the KOC would have seen without other KOCs',
                    deviation              DOUBLE COMMENT 'Relative standard deviation of observed over expected, the same for all rows of a KOC'""");

    /** Relative standard deviation of the purchases that are subtracted because other KOCs exposed the buyer, too. */
    private static final double OVERLAP_UNCERTAINTY = .5;

    private final InfluencePeriod period;
    private final InfluenceSettings settings;
    private final Checkpoints checkpoints;

    public ExposureCounts(InfluencePeriod period, InfluenceSettings settings, Checkpoints checkpoints) {
        this.period = period;
        this.settings = settings;
        this.checkpoints = checkpoints;
    }

    /**
     * Computes {@link #COUNTS} of portraits, with variance (of expected_purchases) instead of deviation.
     *
     * @param users user_id, portrait_id, registered_at
     * @param fraudulentCredits koc_id, user_id: buyers whose purchases do not count for the KOC
     */
    public Dataset<Row> compute(ExposureInputs inputs, Dataset<Row> users, Dataset<Row> fraudulentCredits) {
        Dataset<Row> usersWithDays = checkpoints.compute(new PoolMembers(period).withUserDays(users));
        Dataset<Row> expected = checkpoints.compute(
                new ExpectedPurchases(period, settings, checkpoints).compute(inputs, usersWithDays));
        Dataset<Row> observed = new ObservedPurchases(checkpoints)
                .compute(
                        ObservedPurchases.selectExposedPurchaseDays(
                                inputs.exposedPurchases(), usersWithDays, fraudulentCredits),
                        expected);
        return checkpoints.compute(expected.join(observed, new String[] {"koc_id", "portrait_id"}, "left")
                .na()
                .fill(0.0, new String[] {"exposed_purchases", "observed_purchases"}));
    }

    /**
     * Adds the rows of whole pools, and the deviation of each KOC. It combines the uncertainty of the expected
     * purchases with that of purchases that other KOCs exposed too: relative variances add up.
     */
    public static Dataset<Row> withWholePools(Dataset<Row> counts) {
        Dataset<Row> pools = counts.groupBy("koc_id")
                .agg(
                        sum("exposures").as("exposures"),
                        preciseSum(col("expected_purchases")).as("expected_purchases"),
                        preciseSum(col("expected_purchases_90d")).as("expected_purchases_90d"),
                        preciseSum(col("naive_purchases")).as("naive_purchases"),
                        preciseSum(col("variance")).as("variance"),
                        preciseSum(col("exposed_purchases")).as("exposed_purchases"),
                        preciseSum(col("observed_purchases")).as("observed_purchases"))
                .withColumn("portrait_id", lit(InfluenceTables.WHOLE_POOL));
        Column overlapDeviation = when(
                        col("exposed_purchases").gt(0),
                        lit(1.0).minus(col("observed_purchases").divide(col("exposed_purchases"))))
                .otherwise(lit(0.0))
                .multiply(OVERLAP_UNCERTAINTY);
        Column expectationVariance = when(
                        col("expected_purchases").gt(0), col("variance").divide(pow(col("expected_purchases"), lit(2))))
                .otherwise(lit(0.0));
        Dataset<Row> deviations = pools.select(
                col("koc_id"),
                sqrt(expectationVariance.plus(overlapDeviation.multiply(overlapDeviation)))
                        .as("deviation"));
        return counts.unionByName(pools).drop("variance").join(deviations, new String[] {"koc_id"}, "inner");
    }
}
