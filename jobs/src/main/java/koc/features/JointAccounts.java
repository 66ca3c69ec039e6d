package koc.features;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds accounts that several people seem to use, such as the account on which a shop counter enters the orders of its
 * customers. Their orders say nothing about one person.
 */
record JointAccounts(FeatureSettings.LikelyJointAccount settings) {
    /** Makes the median absolute deviation of a normal distribution equal its standard deviation. */
    private static final double NORMAL_MAD = 1.4826;
    /** Smallest spread of ln(orders): when most buyers ordered once, a buyer with two orders is no outlier. */
    private static final double MIN_SPREAD = 0.5;

    private static final String[] AS_OF = {"as_of"};

    /**
     * As_of x user grain -> the same grain: adds {@code order_fraction} (the orders of a user over those of all users, 0
     * without orders) and {@code order_spreads} (spreads above the median buyer; null without orders).
     *
     * <p>{@code order_spreads} = (ln(orders) - median) / spread. The median is that of ln(orders) of all buyers, the spread
     * 1.4826 x the median absolute deviation from it, at least .5. Both are robust: a few extreme accounts do not move them.
     * Worked: buyers with 1, 2, 2, 4 and 300 orders have the median ln 2 = .69 and the spread 1.4826 x .69 = 1.03; 300 orders
     * are (5.70 - .69) / 1.03 = 4.9 spreads above.
     */
    static Dataset<Row> withOrderStatistics(Dataset<Row> windows) {
        Column lnOrders = ln(col("orders_365d"));
        Dataset<Row> buyersByOrders = windows.where("orders_365d > 0")
                .groupBy("as_of", "orders_365d")
                .agg(count(lit(1)).as("buyers"));
        Dataset<Row> medians = buyersByOrders
                .groupBy("as_of")
                .agg(
                        percentile(lnOrders, lit(0.5), col("buyers")).as("median"),
                        sum(col("orders_365d").multiply(col("buyers"))).as("all_orders"));
        Dataset<Row> spreads = buyersByOrders
                .join(broadcast(medians), AS_OF, "inner")
                .groupBy("as_of", "median", "all_orders")
                .agg(percentile(abs(lnOrders.minus(col("median"))), lit(0.5), col("buyers"))
                        .as("deviation"));
        Column spread = greatest(lit(MIN_SPREAD), col("deviation").multiply(NORMAL_MAD));
        return windows.join(broadcast(spreads), AS_OF, "left")
                .withColumn(
                        "order_fraction",
                        when(
                                        col("orders_365d").gt(0),
                                        col("orders_365d").cast("double").divide(col("all_orders")))
                                .otherwise(lit(0.0)))
                .withColumn(
                        "order_spreads",
                        when(
                                col("orders_365d").gt(0),
                                lnOrders.minus(col("median")).divide(spread)))
                .drop("median", "all_orders", "deviation");
    }

    /**
     * Whether several people seem to use an account; never null. It has many orders, far more than other buyers, and
     * either several orders on a day or a large fraction of all orders. Needs orders_365d, order_days_365d,
     * order_fraction and order_spreads.
     *
     * <p>Worked, by default: an account with 300 of 3,000 orders, 4.9 spreads above the median buyer, is a joint
     * account. A fan who orders once a week has 52 orders on 52 days, which are 1.7% of all orders: no joint account.
     */
    Column isLikelyJointAccount() {
        Column orders = coalesce(col("orders_365d"), lit(0L));
        Column isManyPerDay = orders.geq(col("order_days_365d").multiply(settings.ordersPerDay()));
        Column isOutlier =
                orders.geq(settings.orders()).and(col("order_spreads").geq(settings.spreads()));
        return coalesce(
                isOutlier.and(isManyPerDay.or(col("order_fraction").geq(settings.orderFraction()))), lit(false));
    }
}
