package koc.economics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import koc.economics.value.ValueModel;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;

/**
 * Compares the forecast of the model of orders, fitted to the days up to a day, with the orders of the days after it.
 */
final class ValueHoldout {
    /** The class of all customers with this many repeat orders and more, as in the source of the model. */
    private static final int LAST_CLASS = 7;

    private static final double DAYS_IN_WEEK = 7;

    private ValueHoldout() {}

    /**
     * The rows of value_holdout.
     *
     * @param histories {@link ValueModels#HISTORIES} as of a day
     * @param orderDays {@link CustomerOrders#ORDER_DAYS} up to the run date
     * @param models fitted to these histories
     */
    static Dataset<Row> compare(
            Dataset<Row> histories, Dataset<Row> orderDays, FittedModels models, LocalDate asOf, LocalDate day) {
        double days = day.toEpochDay() - asOf.toEpochDay();
        Map<String, ValueModel> byPortrait = models.models();
        UDF4<String, Long, Integer, Integer, Double> forecast =
                (portrait, repeats, recency, age) -> Objects.requireNonNull(byPortrait.get(portrait))
                        .expectedOrders(days, repeats, recency / DAYS_IN_WEEK, age / DAYS_IN_WEEK);
        Dataset<Row> actual = orderDays
                .where(col("day").gt(lit(asOf)))
                .groupBy("user_id")
                .agg(count(lit(1)).as("actual"));
        Column naive = when(
                        col("age_days").gt(0),
                        col("repeats").divide(col("age_days")).multiply(days))
                .otherwise(0.0);
        return histories
                .join(actual, new String[] {"user_id"}, "left")
                .withColumn(
                        "expected",
                        udf(forecast, DataTypes.DoubleType)
                                .apply(models.parametersOf(), col("repeats"), col("recency_days"), col("age_days")))
                .withColumn("naive", naive)
                .groupBy(least(col("repeats"), lit((long) LAST_CLASS))
                        .cast("int")
                        .as("repeat_orders"))
                .agg(
                        count(lit(1)).as("buyers"),
                        ExactSums.sum(col("expected")).as("expected_orders"),
                        coalesce(sum("actual"), lit(0L)).as("actual_orders"),
                        ExactSums.sum(col("naive")).as("naive_orders"))
                .select(
                        lit(day).as("day"),
                        col("repeat_orders"),
                        lit(asOf).as("as_of"),
                        col("buyers"),
                        col("expected_orders"),
                        col("actual_orders"),
                        col("naive_orders"));
    }
}
