package koc.economics;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.tables.EconomicsTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The value of each user: what they bought so far, and what they will probably earn. */
final class UserValue {
    private static final String MONEY = "decimal(18,2)";
    private static final int NEAR_DAYS = 90;
    private static final int DECIMALS = 6;

    private final EconomicsSettings.Stage stages;
    private final LocalDate day;

    UserValue(EconomicsSettings settings, LocalDate day) {
        this.stages = settings.stage();
        this.day = day;
    }

    /**
     * The rows of user_value.
     *
     * @param people {@link EconomicsInputs#PEOPLE}
     * @param customers {@link CustomerOrders#CUSTOMERS} with is_left_censored
     * @param forecasts as {@link FittedModels#forecast} returns them
     */
    Dataset<Row> compute(Dataset<Row> people, Dataset<Row> customers, Dataset<Row> forecasts) {
        String[] user = {"user_id"};
        Dataset<Row> rows = people.join(
                        customers.select(
                                "user_id", "first_order_on", "last_order_on", "orders", "margin", "is_left_censored"),
                        user,
                        "left")
                .join(
                        forecasts.select(
                                "user_id",
                                "repeats",
                                "age_days",
                                "p_alive",
                                "orders_90d",
                                "discounted_orders",
                                "margin_per_order",
                                "ltv_variation",
                                "model",
                                "parameters_of"),
                        user,
                        "left");
        Column naive = col("repeats").divide(nullif(col("age_days"), lit(0))).multiply(NEAR_DAYS);
        return rows.withColumn("day", lit(day))
                .withColumn("stage", stage())
                .withColumn("orders", coalesce(col("orders"), lit(0L)))
                .withColumn("margin_to_date", coalesce(col("margin"), lit(0)).cast(MONEY))
                .withColumn("expected_orders_90d", round(col("orders_90d"), DECIMALS))
                .withColumn(
                        "expected_margin_90d",
                        col("orders_90d").multiply(col("margin_per_order")).cast(MONEY))
                .withColumn(
                        "ltv",
                        col("discounted_orders")
                                .multiply(col("margin_per_order"))
                                .cast(MONEY))
                .withColumn(
                        "ltv_error",
                        abs(col("discounted_orders").multiply(col("margin_per_order")))
                                .multiply(sqrt(col("ltv_variation")))
                                .cast(MONEY))
                .withColumn("margin_per_order", round(col("margin_per_order"), DECIMALS))
                .withColumn("p_alive", round(col("p_alive"), DECIMALS))
                .withColumn("naive_orders_90d", round(naive, DECIMALS))
                .select(EconomicsTables.USER_VALUE.columnNames().stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }

    private Column stage() {
        Column quietDays = datediff(lit(day), col("last_order_on"));
        Column isGone = col("repeats").gt(0).and(col("p_alive").lt(stages.churnedAliveProbability()));
        return when(col("orders").isNull(), when(col("has_acted"), "activated").otherwise("lead"))
                .when(quietDays.geq(stages.churnedDays()).or(coalesce(isGone, lit(false))), "churned")
                .when(quietDays.geq(stages.dormantDays()), "dormant")
                .when(col("orders").gt(1), "repeat")
                .otherwise("buyer");
    }
}
