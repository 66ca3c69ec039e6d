package koc.economics.commission;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Divides money so that the parts add up to the cent: the method of the largest remainder (Hamilton).
 *
 * <p>Each row first gets its exact part, rounded down to cents. The cents that are left go one each to the rows that
 * lost the largest fraction of a cent; among equals to the first by name. Example: 1.00 divided in proportion to 1, 1
 * and 1 gives .34, .33 and .33.
 */
final class LargestRemainder {
    private static final String MONEY = "decimal(18,2)";
    private static final String WHOLE = "decimal(20,0)";

    private LargestRemainder() {}

    /**
     * Adds a column with the part of each row. Keeps the grain.
     *
     * @param group the column whose equal values share a total
     * @param name the column that tells the rows of a group apart
     * @param total column of money, equal in a group and at least 0
     * @param weight column of whole numbers, at least 0; their sum over a group is above 0
     * @param part name of the new column
     */
    static Dataset<Row> divide(Dataset<Row> rows, String group, String name, String total, Column weight, String part) {
        WindowSpec wholeGroup = Window.partitionBy(group);
        WindowSpec byRemainder =
                Window.partitionBy(group).orderBy(col("_remainder").desc(), col(name));
        Column product = col("_cents").multiply(col("_weight"));
        Column roundedDown = product.minus(col("_remainder")).divide(col("_weights"));
        Column left = col("_cents").minus(sum("_floor").over(wholeGroup));
        Column cents = col("_floor")
                .plus(when(row_number().over(byRemainder).leq(left), lit(1)).otherwise(lit(0)));
        return rows.withColumn("_cents", col(total).multiply(100).cast(WHOLE))
                .withColumn("_weight", weight.cast(WHOLE))
                .withColumn("_weights", sum("_weight").over(wholeGroup).cast(WHOLE))
                .withColumn("_remainder", product.mod(col("_weights")).cast(WHOLE))
                .withColumn("_floor", roundedDown.cast(WHOLE))
                .withColumn(part, cents.cast("decimal(20,2)").divide(lit(100)).cast(MONEY))
                .drop("_cents", "_weight", "_weights", "_remainder", "_floor");
    }
}
