package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Rows of the ledger that take commission back.
 *
 * <p>After some refunds of a line, taken back in total = earned x refunded / paid, rounded to cents. Each refund takes
 * the difference from the total before it, so that a full refund leaves nothing, in however many parts it came.
 * Example: 1.00 earned on a line of 90.00, refunded in three parts of 30.00, gives .33, .34 and .33.
 */
final class TakeBacks {
    static final Frame REFUNDS =
            Frame.named("refund_parts").grain("one row per part of a refund").columns("""
            purchase_event_id STRING NOT NULL COMMENT 'Event of the refunded line',
            cause_event_id    STRING NOT NULL COMMENT 'Event of the refund',
            part              INT NOT NULL COMMENT 'Number of the part',
            happened_on       DATE NOT NULL COMMENT 'Day of the refund',
            refunded_amount   DECIMAL(18,2) NOT NULL COMMENT 'Money refunded',
            month             DATE NOT NULL COMMENT 'Month in which it counts',
            day               DATE NOT NULL COMMENT 'Run date that posts it'""");

    static final Frame FRAUD = Frame.named("later_fraud")
            .grain("one row per order line and seller")
            .columns("""
            purchase_event_id STRING NOT NULL COMMENT 'Event of the line',
            seller_id         STRING NOT NULL COMMENT 'KOC who no longer has credit for it',
            reason            STRING NOT NULL COMMENT 'Why',
            happened_on       DATE NOT NULL COMMENT 'Run date that found it',
            month             DATE NOT NULL COMMENT 'Month in which it counts',
            day               DATE NOT NULL COMMENT 'Run date that posts it'""");

    private static final String MONEY = "decimal(18,2)";
    private static final String[] ENTRY = {"purchase_event_id", "koc_id", "seller_id"};
    /** Why a refund takes back. */
    static final String REFUND = "refund";

    private TakeBacks() {}

    /**
     * What was taken back of each entry.
     *
     * @param takeBacks rows of the ledger of this kind
     * @return purchase_event_id, koc_id, seller_id, taken_amount, taken_sales, taken_refunds, is_fraud
     */
    static Dataset<Row> sumUp(Dataset<Row> takeBacks) {
        return takeBacks
                .groupBy(ENTRY[0], ENTRY[1], ENTRY[2])
                .agg(
                        money("amount").as("taken_amount"),
                        money("sales").as("taken_sales"),
                        money("refunded_amount").as("taken_refunds"),
                        max(col("reason").notEqual(REFUND)).as("is_fraud"));
    }

    /**
     * Entries with the refunds of their lines: entry grain -> entry and part of a refund.
     *
     * @param earned rows of the ledger of this kind
     * @param refunds {@link #REFUNDS}
     * @param on columns that tell to which entries a refund belongs
     */
    static Dataset<Row> join(Dataset<Row> earned, Dataset<Row> refunds, String... on) {
        return earned.drop("cause_event_id", "part", "happened_on", "refunded_amount", "month", "day")
                .join(refunds, on, "inner");
    }

    /**
     * The rows of refunds.
     *
     * @param refunded as {@link #join} returns it, with refunds that are not in the ledger yet
     * @param taken as {@link #sumUp} returns it, of the rows in the ledger
     */
    static Dataset<Row> ofRefunds(Dataset<Row> refunded, Dataset<Row> taken) {
        WindowSpec inOrder = Window.partitionBy(ENTRY[0], ENTRY[1], ENTRY[2])
                .orderBy("day", "happened_on", "cause_event_id", "part");
        Column soFar = sum("refunded_amount")
                .over(inOrder.rowsBetween(Window.unboundedPreceding(), Window.currentRow()))
                .plus(coalesce(col("taken_refunds"), lit(0)));
        return Entries.select(refunded.join(taken, ENTRY, "left")
                .where(coalesce(col("is_fraud"), lit(false)).equalTo(false))
                .withColumn("_refunded", least(col("line_amount"), soFar).cast(MONEY))
                .withColumn("_amount", proportional("amount"))
                .withColumn("_sales", proportional("sales"))
                .withColumn("amount", sinceBefore("_amount", "taken_amount", inOrder))
                .withColumn("sales", sinceBefore("_sales", "taken_sales", inOrder))
                .withColumn("kind", lit(Entries.TAKEN_BACK))
                .withColumn("reason", lit(REFUND)));
    }

    /**
     * The rows of fraud that was found later: all that is left of the entries.
     *
     * @param earned rows of the ledger of this kind
     * @param fraud {@link #FRAUD}
     * @param taken as {@link #sumUp} returns it, with the refunds of this run
     */
    static Dataset<Row> ofFraud(Dataset<Row> earned, Dataset<Row> fraud, Dataset<Row> taken) {
        return Entries.select(earned.drop("reason", "happened_on", "month", "day")
                .join(fraud, new String[] {"purchase_event_id", "seller_id"}, "inner")
                .join(taken, ENTRY, "left")
                .withColumn("amount", remaining("amount", "taken_amount"))
                .withColumn("sales", remaining("sales", "taken_sales"))
                .where("amount > 0 OR sales > 0")
                .withColumn("kind", lit(Entries.TAKEN_BACK)));
    }

    private static Column proportional(String column) {
        return round(col(column).multiply(col("_refunded")).divide(col("line_amount")), 2)
                .cast(MONEY);
    }

    private static Column sinceBefore(String total, String taken, WindowSpec inOrder) {
        return col(total)
                .minus(coalesce(lag(total, 1).over(inOrder), col(taken), lit(0)))
                .cast(MONEY);
    }

    private static Column remaining(String column, String taken) {
        return col(column).minus(coalesce(col(taken), lit(0))).cast(MONEY);
    }

    private static Column money(String column) {
        return sum(column).cast(MONEY);
    }
}
