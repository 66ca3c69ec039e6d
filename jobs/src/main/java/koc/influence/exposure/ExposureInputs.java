package koc.influence.exposure;

import koc.influence.InfluenceInputs;
import koc.influence.InfluencePeriod;
import koc.rules.OpenTies;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Purchases, shares, ties, and the purchases that followed an exposure.
 *
 * @param purchases {@link PurchaseExposure#PURCHASES} of the period and of 364 days before it
 * @param shares {@link PurchaseExposure#SHARES} of the period and of one window before it, because their windows reach
 *     into the period
 * @param ties ties over time, inferred ties from the day after the first contact
 * @param exposedPurchases {@link PurchaseExposure#EXPOSED_PURCHASES}
 */
public record ExposureInputs(
        Dataset<Row> purchases, Dataset<Row> shares, Dataset<Row> ties, Dataset<Row> exposedPurchases) {
    /** Days before the period whose purchases count as earlier purchases. */
    private static final int EARLIER_DAYS = 364;

    /** Selects the frames from the inputs of the job; all are computed once. */
    public static ExposureInputs select(
            InfluenceInputs inputs, InfluencePeriod period, int windowDays, Checkpoints checkpoints) {
        PurchaseExposure exposure = new PurchaseExposure(period, windowDays);
        Dataset<Row> purchases = checkpoints.compute(exposure.selectPurchases(
                inputs.eventsSince(period.from().minusDays(EARLIER_DAYS)), inputs.products(), inputs.refunds()));
        Dataset<Row> shares = checkpoints.compute(exposure.selectShares(
                inputs.eventsSince(period.from().minusDays(windowDays)), inputs.products(), inputs.ties()));
        Dataset<Row> ties = OpenTies.startAfterFirstContact(inputs.ties());
        return new ExposureInputs(
                purchases,
                shares,
                ties,
                checkpoints.compute(PurchaseExposure.selectExposedPurchases(purchases, shares, ties)));
    }

    /** Whether any KOC with a pool shared a product in the period. */
    public boolean hasShares() {
        return !shares.where(InfluencePeriod.isInPeriod()).isEmpty();
    }
}
