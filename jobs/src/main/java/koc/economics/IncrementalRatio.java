package koc.economics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The part of their customers' value that each KOC probably caused, over the cost; and the verdict to act on. Credit is
 * not cause: members of a pool buy without the KOC too.
 *
 * <p>Let r be the credited value over the cost, and L the lift. The KOC caused the fraction s = (L - 1) / L, and the
 * ratio is r s. The errors of r and s are taken as independent, so the squares of the distances to their bounds add up.
 * The lower end of the interval is r s - sqrt((s (r - r_low))^2 + (r (s - s_low))^2): a first-order MOVER, the method
 * of variance estimates recovery (Zou and Donner 2008, Statistics in Medicine 27).
 *
 * <p>Example: r = 6 (4 to 8) and L = 4 (2 to 5), so that s = .75 (.5 to .8): 4.5, between 4.5 - sqrt(1.5^2 + 1.5^2) =
 * 2.38 and 4.5 + sqrt(1.5^2 + .3^2) = 6.03. By credit the KOC is healthy; by cause the KOC pays.
 */
final class IncrementalRatio {
    private static final int DECIMALS = 4;
    private static final String MONEY = "decimal(18,2)";

    private IncrementalRatio() {}

    /**
     * Adds incremental_value, incremental_ratio with its interval, and overall_verdict.
     *
     * @param kocs as {@link CostRatio#compare} returns them, with influence_lift and its interval
     */
    static Dataset<Row> addTo(Dataset<Row> kocs, double healthyRatio) {
        Column fraction = causedFraction("influence_lift");
        Column value = col("customer_value").cast("double").multiply(fraction).cast(MONEY);
        Column ratio =
                when(col("cost").gt(0), value.cast("double").divide(col("cost").cast("double")));
        return kocs.withColumn("incremental_value", value)
                .withColumn("incremental_ratio", round(ratio, DECIMALS))
                .withColumn("incremental_ratio_low", bound("low", -1))
                .withColumn("incremental_ratio_high", bound("high", 1))
                .withColumn("overall_verdict", overallVerdict(healthyRatio));
    }

    /** The fraction of the purchases after a share that the share caused; null without a measured lift. */
    private static Column causedFraction(String lift) {
        Column atLeastOne = when(col(lift).isNotNull(), greatest(col(lift), lit(1.0)));
        return atLeastOne.minus(1).divide(atLeastOne);
    }

    /** Only losses are below 0: a KOC with an uncertain lift may have caused nothing, but no less. */
    private static Column bound(String end, int sign) {
        Column ratio = col("ltv_to_cac");
        Column fraction = causedFraction("influence_lift");
        Column ofRatio = fraction.multiply(ratio.minus(col("ltv_to_cac_" + end)));
        Column ofFraction = ratio.multiply(fraction.minus(causedFraction("influence_" + end)));
        Column distance = sqrt(pow(ofRatio, 2).plus(pow(ofFraction, 2)));
        Column caused = ratio.multiply(fraction);
        Column bound = caused.plus(distance.multiply(sign));
        return round(when(caused.lt(0), bound).when(bound.isNotNull(), greatest(bound, lit(0.0))), DECIMALS);
    }

    private static Column overallVerdict(double healthyRatio) {
        Column isNobodyBrought = col("cost")
                .gt(0)
                .and(col("new_customers").equalTo(0))
                .and(col("left_censored").equalTo(0));
        Column paysByCredit = col("verdict").isin("healthy", "pays");
        Column low = coalesce(col("incremental_ratio_low"), lit(0.0));
        return when(isNobodyBrought, "no_customer")
                .when(paysByCredit.and(col("incremental_ratio").lt(1)), "not_caused")
                .when(paysByCredit.and(low.leq(1)), "not_proven")
                .when(paysByCredit.and(low.leq(healthyRatio)), "pays")
                .when(
                        col("verdict")
                                .notEqual("no_cost")
                                .and(col("incremental_ratio_high").lt(1)),
                        "loses_money")
                .otherwise(col("verdict"));
    }
}
