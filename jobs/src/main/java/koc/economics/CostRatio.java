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
 * <p>The 90% interval says how far the ratio would differ if as many customers were drawn again from those like them: the
 * Poisson bootstrap. Its total has the mean S, the sum of the values, and the variance Q, the sum of their squares. A Gamma
 * distribution with these two has shape S^2 / Q, so that no resample is drawn. Worked: four customers worth 100 each have
 * shape 4 and an interval of .342 to 1.938 times 400.
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
     * @param rows with new_customers, cost, customer_value and squared_value, the sum of the squares of the values
     */
    static Dataset<Row> compare(Dataset<Row> rows, double healthyRatio) {
        Column isJudged = col("new_customers").gt(0).and(col("cost").gt(0));
        Column value = col("customer_value").cast("double");
        Column cost = col("cost").cast("double");
        Column shape = when(isJudged.and(value.gt(0)), value.multiply(value).divide(col("squared_value")));
        Column scale = value.divide(cost).divide(shape);
        return rows.withColumn(
                        "cac",
                        when(col("new_customers").gt(0), col("cost").divide(col("new_customers")))
                                .cast(MONEY))
                .withColumn(
                        "ltv",
                        when(col("new_customers").gt(0), col("customer_value").divide(col("new_customers")))
                                .cast(MONEY))
                .withColumn("ltv_to_cac", when(isJudged, round(value.divide(cost), DECIMALS)))
                .withColumn(
                        "ltv_to_cac_low",
                        round(GammaQuantile.compute(shape, lit(1.0), LOW).multiply(scale), DECIMALS))
                .withColumn(
                        "ltv_to_cac_high",
                        round(GammaQuantile.compute(shape, lit(1.0), HIGH).multiply(scale), DECIMALS))
                .withColumn("verdict", verdict(healthyRatio));
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
