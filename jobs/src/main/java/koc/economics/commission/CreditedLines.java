package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import koc.rules.EventTypes;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The order lines that KOCs have credit for, with the margin of the line. */
final class CreditedLines {
    static final Frame LINES = Frame.named("credited_lines")
            .grain("one row per order line and KOC")
            .columns("""
            purchase_event_id STRING NOT NULL COMMENT 'Event of the order line',
            seller_id         STRING NOT NULL COMMENT 'KOC with credit',
            credit_fraction   DECIMAL(10,9) NOT NULL COMMENT 'Fraction of the purchase credited to the KOC',
            fraud_reason      STRING COMMENT 'Why fraud detection gives no credit; null when it does',
            user_id           STRING NOT NULL COMMENT 'The buyer',
            product_id        STRING NOT NULL COMMENT 'Product bought',
            order_id          STRING COMMENT 'Order of the line',
            purchased_on      DATE NOT NULL COMMENT 'Day of the purchase',
            line_amount       DECIMAL(18,2) NOT NULL COMMENT 'Money paid for the line',
            margin_rate       DOUBLE NOT NULL COMMENT 'Margin of the line, as a fraction of the money paid',
            is_margin_known   BOOLEAN NOT NULL COMMENT 'Whether the product has a unit cost'""");

    private static final String FRACTION = "decimal(10,9)";
    private static final int DECIMALS = 6;

    private CreditedLines() {}

    /**
     * Touch grain -> order line and KOC grain.
     *
     * @param credits purchase_credits of a day
     */
    static Dataset<Row> sumCredits(Dataset<Row> credits) {
        Column fraction = least(lit(1), sum(col("touch_fraction").cast(FRACTION)));
        return credits.groupBy(col("purchase_event_id"), col("koc_id").as("seller_id"))
                .agg(
                        fraction.cast(FRACTION).as("credit_fraction"),
                        max("fraud_reason").as("fraud_reason"))
                .where("credit_fraction > 0");
    }

    /**
     * Credits to {@link #LINES}. Lines without a price earn nothing and are left out.
     *
     * @param credits as {@link #sumCredits} returns them
     * @param events events with the purchases
     * @param products product_id and unit_cost
     * @param defaultMarginRate margin of products without a unit cost
     */
    static Dataset<Row> describe(
            Dataset<Row> credits, Dataset<Row> events, Dataset<Row> products, double defaultMarginRate) {
        Dataset<Row> purchases = events.where(
                        EventTypes.isPurchase().and(col("amount").gt(0)))
                .select(
                        col("event_id").as("purchase_event_id"),
                        col("user_id"),
                        col("product_id"),
                        col("order_id"),
                        col("day").as("purchased_on"),
                        col("quantity"),
                        col("amount").as("line_amount"));
        Column cost = col("unit_cost").cast("double").multiply(col("quantity").cast("double"));
        Column paid = col("line_amount").cast("double");
        Column margin = round(paid.minus(cost).divide(paid), DECIMALS);
        return credits.join(purchases, new String[] {"purchase_event_id"}, "inner")
                .join(products.select("product_id", "unit_cost"), new String[] {"product_id"}, "left")
                .withColumn("margin_rate", greatest(coalesce(margin, lit(defaultMarginRate)), lit(-1e9)))
                .withColumn("is_margin_known", col("unit_cost").isNotNull())
                .select(LINES.columnNames().stream().map(name -> col(name)).toArray(Column[]::new));
    }
}
