package koc.economics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.KeptPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The orders of each customer. Purchases of one day are one order, as in the source of the model of orders. */
public final class CustomerOrders {
    private static final String MONEY = "decimal(18,2)";

    /** The days on which users bought something that they kept. */
    public static final Frame ORDER_DAYS = Frame.named("order_days")
            .grain("one row per user and day with a kept purchase")
            .columns("""
                    user_id STRING NOT NULL COMMENT 'Who bought',
                    day     DATE NOT NULL COMMENT 'Day of the order',
                    margin  DECIMAL(18,2) NOT NULL COMMENT 'Net sales less unit costs of what was kept; may be negative'""");

    /** The orders of a customer up to a day. */
    public static final Frame CUSTOMERS = Frame.named("customers")
            .grain("one row per user with an order up to the day")
            .columns("""
                    user_id        STRING NOT NULL COMMENT 'The customer',
                    first_order_on DATE NOT NULL COMMENT 'Day of the first order in the log',
                    last_order_on  DATE NOT NULL COMMENT 'Day of the last order',
                    orders         BIGINT NOT NULL COMMENT 'Number of orders',
                    margin         DECIMAL(18,2) NOT NULL COMMENT 'Margin of all orders',
                    repeat_margin  DECIMAL(18,2) NOT NULL COMMENT 'Margin of all orders after the first'""");

    private CustomerOrders() {}

    /**
     * Arrival x day x user x product grain -> {@link #ORDER_DAYS}.
     *
     * @param userProductDays user_product_days of all arrivals up to the day
     * @param products with product_id and unit_cost
     * @param defaultMarginRate margin of products without a unit cost, as a fraction of net sales
     */
    public static Dataset<Row> computeDays(
            Dataset<Row> userProductDays, Dataset<Row> products, double defaultMarginRate) {
        Column cost = KeptPurchases.units().multiply(col("unit_cost"));
        Column margin = when(
                        col("unit_cost").isNotNull(),
                        KeptPurchases.netSpend().minus(cost).cast("decimal(24,4)"))
                .otherwise(KeptPurchases.netSpend()
                        .multiply(lit(defaultMarginRate).cast("decimal(5,4)"))
                        .cast("decimal(24,4)"));
        return userProductDays
                .where(col("purchase_lines").gt(0).or(col("refunded").gt(0)))
                .join(products.select("product_id", "unit_cost"), new String[] {"product_id"}, "left")
                .withColumn("line_margin", margin)
                .groupBy("user_id", "day")
                .agg(
                        KeptPurchases.isAnyKept().as("is_kept"),
                        sum("line_margin").cast(MONEY).as("margin"))
                .where("is_kept")
                .select(
                        col("user_id"),
                        col("day"),
                        coalesce(col("margin"), lit(0).cast(MONEY)).as("margin"));
    }

    /**
     * {@link #ORDER_DAYS} to {@link #CUSTOMERS}, with the orders up to a day.
     */
    public static Dataset<Row> summarize(Dataset<Row> orderDays, LocalDate day) {
        Column isFirst = col("day").equalTo(min("day").over(Window.partitionBy("user_id")));
        return orderDays
                .where(col("day").leq(lit(day)))
                .withColumn("is_first", isFirst)
                .groupBy("user_id")
                .agg(
                        min("day").as("first_order_on"),
                        max("day").as("last_order_on"),
                        count(lit(1)).as("orders"),
                        sum("margin").cast(MONEY).as("margin"),
                        coalesce(sum(when(col("is_first").equalTo(false), col("margin"))), lit(0))
                                .cast(MONEY)
                                .as("repeat_margin"));
    }
}
