package koc.influence.exposure;

import static koc.spark.ExactSums.preciseSum;
import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import koc.influence.expectation.ExpectedPurchases;
import koc.spark.Checkpoints;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Counts the purchases of exposed members, and the fraction of each purchase that counts for each KOC.
 *
 * <p>The excess x of a KOC is a preliminary estimate of their lift, less 1. It is used only here. A user who was
 * exposed by several KOCs in the same days is taken to buy 1 + sum(x) times as often as without any share. With one KOC
 * alone, they would buy 1 + x times as often. So (1 + x) / (1 + sum(x)) of the purchase counts for this KOC: the part
 * that would have happened with this KOC alone. These fractions may add up to more than 1. Example: with the excesses 3
 * and 0, the purchase counts in full for the first KOC (4 / 4), and a quarter for the second (1 / 4).
 *
 * <p>The excesses maximize the Poisson likelihood of the exposed purchases, all portraits of a pool together; none is
 * below 0. They are found by Newton's method for all KOCs at once. The steps are shortened by the number of KOCs that
 * exposed a purchase, which keeps them from oscillating (the separable bound of De Pierro 1995). Each is then shrunk
 * towards the mean of all KOCs, with the weight of one expected purchase.
 */
public final class ObservedPurchases {
    public static final Frame EXPOSED_PURCHASE_DAYS = Frame.named("exposed_purchase_days")
            .grain("one row per KOC, user, product and day of a purchase that followed an exposure")
            .columns("""
                    koc_id           STRING COMMENT 'KOC who shared the product',
                    user_id          STRING COMMENT 'The buyer',
                    product_id       STRING COMMENT 'The product',
                    purchase_offset  BIGINT COMMENT 'Day of the purchase, counted from the first day of the period',
                    is_in_period     BOOLEAN COMMENT 'Whether a share that exposed the buyer was in the period, not before it',
                    portrait_id      STRING COMMENT 'Portrait of the buyer'""");

    public static final Frame OBSERVED = Frame.named("observed_purchases")
            .grain("one row per KOC and portrait with an exposed purchase")
            .columns("""
                    koc_id             STRING COMMENT 'The KOC',
                    portrait_id        STRING COMMENT 'Portrait of the buyers',
                    exposed_purchases  DOUBLE COMMENT 'Purchases after exposure, each counted in full',
                    observed_purchases DOUBLE COMMENT 'The same, each counted as the fraction that the KOC would have seen without other KOCs'""");

    private static final int NEWTON_STEPS = 8;
    private static final double TINY = 1e-9;
    private static final String[] KOC = {"koc_id"};
    private static final WindowSpec SAME_PURCHASE = GroupWindow.by("user_id", "product_id", "purchase_offset");

    private final Checkpoints checkpoints;

    public ObservedPurchases(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    /**
     * Selects {@link #EXPOSED_PURCHASE_DAYS}: purchases count once per user, product and day, as expected purchases do.
     *
     * @param exposedPurchases {@link PurchaseExposure#EXPOSED_PURCHASES}
     * @param users {@link PoolMembers#USERS}
     * @param fraudulentCredits koc_id, user_id: buyers whose purchases do not count for the KOC
     */
    public static Dataset<Row> selectExposedPurchaseDays(
            Dataset<Row> exposedPurchases, Dataset<Row> users, Dataset<Row> fraudulentCredits) {
        return exposedPurchases
                .groupBy("koc_id", "user_id", "product_id", "purchase_offset")
                .agg(max(col("share_offset").geq(0)).as("is_in_period"))
                .join(fraudulentCredits.select("koc_id", "user_id"), new String[] {"koc_id", "user_id"}, "left_anti")
                .join(users.select("user_id", "portrait_id"), new String[] {"user_id"}, "inner");
    }

    /**
     * Computes {@link #OBSERVED}. Only purchases after a share in the period count, because expected purchases leave
     * out earlier shares, too.
     *
     * @param purchaseDays {@link #EXPOSED_PURCHASE_DAYS}
     * @param expected {@link ExpectedPurchases#EXPECTED}
     */
    public Dataset<Row> compute(Dataset<Row> purchaseDays, Dataset<Row> expected) {
        return withObservedFraction(purchaseDays, expected)
                .where("is_in_period")
                .groupBy("koc_id", "portrait_id")
                .agg(
                        count(lit(1)).cast("double").as("exposed_purchases"),
                        preciseSum(col("observed_fraction")).as("observed_purchases"));
    }

    /** Adds observed_fraction, the fraction of a purchase that counts for the KOC: 1 where no other KOC exposed it. */
    private Dataset<Row> withObservedFraction(Dataset<Row> purchaseDays, Dataset<Row> expected) {
        Dataset<Row> purchases = checkpoints.compute(
                purchaseDays.withColumn("exposing_kocs", count(lit(1)).over(SAME_PURCHASE)));
        Dataset<Row> jointPurchases = checkpoints.compute(purchases.where("exposing_kocs > 1"));
        if (jointPurchases.isEmpty()) {
            return purchases.withColumn("observed_fraction", lit(1.0));
        }
        Dataset<Row> kocs = checkpoints.compute(withSolePurchases(expected, purchases));
        for (int step = 0; step < NEWTON_STEPS; step++) {
            kocs = checkpoints.compute(takeNewtonStep(kocs, jointPurchases));
        }
        return withExcess(purchases, checkpoints.compute(shrinkExcess(kocs)))
                .withColumn(
                        "observed_fraction",
                        col("excess")
                                .plus(1)
                                .divide(preciseSumOver(col("excess"), SAME_PURCHASE)
                                        .plus(1)))
                .drop("excess");
    }

    /** KOC grain: expected_purchases, sole_purchases (exposed by no other KOC) and the excess to start from. */
    private static Dataset<Row> withSolePurchases(Dataset<Row> expected, Dataset<Row> purchases) {
        Dataset<Row> sole = purchases
                .where("exposing_kocs = 1 AND is_in_period")
                .groupBy("koc_id")
                .agg(count(lit(1)).cast("double").as("sole_purchases"));
        return expected.groupBy("koc_id")
                .agg(preciseSum(col("expected_purchases")).as("expected_purchases"))
                .join(sole, KOC, "left")
                .na()
                .fill(0.0, new String[] {"sole_purchases"})
                .withColumn("excess", lit(1.0));
    }

    /**
     * Moves the excess x of every KOC towards the maximum of the log-likelihood: the sum over purchases of ln(1 + sum
     * of x of the exposing KOCs), less the sum over KOCs of x times expected purchases. Its derivative by the x of a
     * KOC is the sum of 1 / (1 + sum of x) over the KOC's purchases, less the KOC's expected purchases. The curvature
     * of a purchase is multiplied by the number of KOCs who exposed it, which shortens the step.
     */
    private static Dataset<Row> takeNewtonStep(Dataset<Row> kocs, Dataset<Row> jointPurchases) {
        Column inverse =
                lit(1.0).divide(preciseSumOver(col("excess"), SAME_PURCHASE).plus(1));
        Dataset<Row> jointTerms = withExcess(jointPurchases, kocs)
                .withColumn("inverse", inverse)
                .where("is_in_period")
                .groupBy("koc_id")
                .agg(
                        preciseSum(col("inverse")).as("joint_gradient"),
                        preciseSum(col("exposing_kocs").multiply(col("inverse")).multiply(col("inverse")))
                                .as("joint_curvature"));
        Column soleInverse = lit(1.0).divide(col("excess").plus(1));
        Column gradient = col("sole_purchases")
                .multiply(soleInverse)
                .plus(col("joint_gradient"))
                .minus(col("expected_purchases"));
        Column curvature = col("sole_purchases")
                .multiply(soleInverse)
                .multiply(soleInverse)
                .plus(col("joint_curvature"));
        return kocs.join(jointTerms, KOC, "left")
                .na()
                .fill(0.0, new String[] {"joint_gradient", "joint_curvature"})
                .withColumn(
                        "excess",
                        when(curvature.gt(0), greatest(lit(0.0), col("excess").plus(gradient.divide(curvature))))
                                .otherwise(lit(0.0)))
                .drop("joint_gradient", "joint_curvature");
    }

    private static Dataset<Row> shrinkExcess(Dataset<Row> kocs) {
        Column mean = preciseSumOver(col("expected_purchases").multiply(col("excess")), GroupWindow.by())
                .divide(greatest(lit(TINY), preciseSumOver(col("expected_purchases"), GroupWindow.by())));
        return kocs.withColumn(
                "excess",
                col("expected_purchases")
                        .multiply(col("excess"))
                        .plus(mean)
                        .divide(col("expected_purchases").plus(1)));
    }

    /** Adds the excess of each KOC; 0 for a KOC without expected purchases, whose shares were before the period. */
    private static Dataset<Row> withExcess(Dataset<Row> purchases, Dataset<Row> kocs) {
        return purchases
                .join(broadcast(kocs.select("koc_id", "excess")), KOC, "left")
                .withColumn("excess", coalesce(col("excess"), lit(0.0)));
    }
}
