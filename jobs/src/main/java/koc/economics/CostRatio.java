package koc.economics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import koc.statistics.GammaQuantile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Compares the value of new customers with their cost.
 *
 * <p>What the customers earned so far is known. Their future value is not: each customer's true value deviates from its
 * forecast, and the variances add up to V. For the 90% interval, the sum is taken as Gamma distributed with the mean F,
 * the forecast, and the variance V: its shape is F^2 / V. docs/models/value.md says why the customers are not
 * resampled. Worked: four customers with a forecast of 75 each and a deviation of 75 each, who earned 100 together so
 * far, have shape 4 and a future value of .342 to 1.938 times 300: from 202 to 681 in total, where 400 is expected.
 */
final class CostRatio {
    private static final double LOW = .05;
    private static final double HIGH = .95;
    private static final int DECIMALS = 4;
    private static final String MONEY = "decimal(18,2)";

    private CostRatio() {}

    /**
     * Adds cac, ltv, ltv_to_cac with its interval, and verdict.
     *
     * @param rows with new_customers, cost, customer_value, future_value (the part of it that is forecast) and
     *     future_variance, its variance
     */
    static Dataset<Row> compare(Dataset<Row> rows, double healthyRatio) {
        Column isJudged = col("new_customers").gt(0).and(col("cost").gt(0));
        Column value = col("customer_value").cast("double");
        Column cost = col("cost").cast("double");
        Column future = col("future_value").cast("double");
        Column hasForecast = future.gt(0).and(col("future_variance").gt(0));
        Column shape = when(isJudged.and(hasForecast), future.multiply(future).divide(col("future_variance")));
        return rows.withColumn(
                        "cac",
                        when(col("new_customers").gt(0), col("cost").divide(col("new_customers")))
                                .cast(MONEY))
                .withColumn(
                        "ltv",
                        when(col("new_customers").gt(0), col("customer_value").divide(col("new_customers")))
                                .cast(MONEY))
                .withColumn("ltv_to_cac", when(isJudged, round(value.divide(cost), DECIMALS)))
                .withColumn("ltv_to_cac_low", bound(value.minus(future), future, shape, LOW, cost))
                .withColumn("ltv_to_cac_high", bound(value.minus(future), future, shape, HIGH, cost))
                .withColumn("verdict", verdict(healthyRatio));
    }

    private static Column bound(Column soFar, Column future, Column shape, double probability, Column cost) {
        Column factor = GammaQuantile.compute(shape, lit(1.0), probability).divide(shape);
        return round(soFar.plus(future.multiply(factor)).divide(cost), DECIMALS);
    }

    private static Column verdict(double healthyRatio) {
        Column isWithoutReturn = col("cost")
                .gt(0)
                .and(col("customer_value").leq(0))
                .and(col("new_customers").gt(0));
        return when(col("cost").leq(0), "no_cost")
                .when(isWithoutReturn, "loses_money")
                .when(col("ltv_to_cac_low").gt(healthyRatio), "healthy")
                .when(col("ltv_to_cac_low").gt(1), "pays")
                .when(col("ltv_to_cac_high").lt(1), "loses_money")
                .otherwise("too_few_to_tell");
    }
}
