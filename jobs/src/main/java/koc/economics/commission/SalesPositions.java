package koc.economics.commission;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;

import koc.rules.KeptPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The position of each product among the products sold in a month: by net sales of the month before the purchase, as
 * known when the line is posted. Example: the third of 40 products has .075.
 */
final class SalesPositions {
    private static final String MONTH = "month";
    private static final int DECIMALS = 6;

    private SalesPositions() {}

    /**
     * Adds sales_position to {@link CreditedLines#LINES}; null for products without net sales in the month before.
     *
     * @param userProductDays user_product_days of all arrivals
     */
    static Dataset<Row> add(Dataset<Row> lines, Dataset<Row> userProductDays) {
        return lines.withColumn("_before", trunc(add_months(col("purchased_on"), -1), MONTH))
                .join(positions(userProductDays), new String[] {"product_id", "_before"}, "left")
                .drop("_before");
    }

    private static Dataset<Row> positions(Dataset<Row> userProductDays) {
        Column position = row_number()
                .over(Window.partitionBy("_before").orderBy(col("_net_sales").desc(), col("product_id")));
        Column products = count(lit(1)).over(Window.partitionBy("_before"));
        return userProductDays
                .where(col("purchase_lines").gt(0).or(col("refunded").gt(0)))
                .groupBy(trunc(col("day"), MONTH).as("_before"), col("product_id"))
                .agg(sum(KeptPurchases.netSpend()).as("_net_sales"))
                .where("_net_sales > 0")
                .select(
                        col("_before"),
                        col("product_id"),
                        round(position.divide(products), DECIMALS).as("sales_position"));
    }
}
