package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.spark.FixedPoint;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Selects kept purchases: those that were not refunded in full.
 *
 * <p>Each grain applies this rule to the quantity that it has:
 *
 * <ul>
 *   <li>a purchase line ({@link #keepLines}): fewer units were refunded than bought;
 *   <li>a user and product ({@link #units}): units bought less units refunded are above 0;
 *   <li>a user and category ({@link #lines}): lines bought less lines refunded are above 0, because units of
 *       different products do not add up;
 *   <li>a user and day ({@link #isAnyKept}): a line was kept, or part of a line, so that money was kept.
 * </ul>
 *
 * <p>A refund without a matching purchase removes no units. Its amount counts on the day of the refund.
 */
public final class KeptPurchases {
    private static final String MONEY = "decimal(18,2)";
    private static final String UNITS = "decimal(18,3)";

    /** Units that users bought and returned. */
    public static final Frame UNIT_CHANGES = Frame.named("unit_changes")
            .grain("one row per purchase line of a product, and one per matched refund")
            .columns("""
                    user_id    STRING NOT NULL COMMENT 'Who bought',
                    product_id STRING NOT NULL COMMENT 'Product bought',
                    day        DATE   NOT NULL COMMENT 'Day of the purchase, also for its refund',
                    known_on   DATE   NOT NULL COMMENT 'Day of the purchase or of the refund',
                    units      DECIMAL(18,3) NOT NULL COMMENT 'Units bought, or minus the units refunded'""");

    private KeptPurchases() {}

    /** Units bought less units refunded, of a row or a sum with units and refunded_units. */
    public static Column units() {
        return col("units").minus(col("refunded_units"));
    }

    /**
     * Purchase lines less lines refunded in whole or part, of a row or a sum with purchase_lines and refunded_lines.
     */
    public static Column lines() {
        return col("purchase_lines").minus(col("refunded_lines"));
    }

    /** Money spent less money refunded, of a row or a sum with gross_spend and refunded. */
    public static Column netSpend() {
        return col("gross_spend").minus(col("refunded"));
    }

    /**
     * Whether any purchase of a user and day was kept. Aggregates purchase_lines, refunded_lines, gross_spend and
     * refunded over all arrivals, because a refund arrives later than its purchase.
     *
     * <p>A partly refunded line counts as refunded. In that case the money decides.
     */
    public static Column isAnyKept() {
        return sum("purchase_lines")
                .gt(0)
                .and(sum(lines()).gt(0).or(FixedPoint.CENTS.sum(netSpend()).gt(0)));
    }

    /** Whether a refund matches a purchase. Needs purchase_event_id. */
    public static Column isMatched() {
        return col("purchase_event_id").isNotNull();
    }

    /**
     * Events to kept purchases, one row per line.
     *
     * <p>Adds kept_amount (the amount less the refunded amount, at least 0) and kept_fraction (kept_amount / amount,
     * 0..1; 1 for a free line). Example: a line of 3 units for 30.00, of which one unit and 10.00 were refunded, has
     * 20.00 and .67.
     *
     * @param events events with event_type, event_id, quantity and amount
     * @param refunds refunds as of the same day
     */
    public static Dataset<Row> keepLines(Dataset<Row> events, Dataset<Row> refunds) {
        Dataset<Row> refunded = refunds.where(isMatched())
                .groupBy(col("purchase_event_id").as("event_id"))
                .agg(sum("quantity").as("refunded_quantity"), sum("amount").as("refunded_amount"));
        Column keptAmount = greatest(
                lit(0).cast(MONEY),
                col("amount").minus(coalesce(col("refunded_amount"), lit(0))).cast(MONEY));
        Column keptFraction = when(
                        col("amount").gt(0),
                        least(
                                lit(1.0),
                                col("kept_amount")
                                        .cast("double")
                                        .divide(col("amount").cast("double"))))
                .otherwise(lit(1.0));
        return events.where(EventTypes.isPurchase())
                .join(refunded, new String[] {"event_id"}, "left")
                .where("refunded_quantity IS NULL OR refunded_quantity < quantity")
                .withColumn("kept_amount", keptAmount)
                .withColumn("kept_fraction", keptFraction)
                .drop("refunded_quantity", "refunded_amount");
    }

    /**
     * Purchases and refunds to {@link #UNIT_CHANGES}. The units that were kept, as known on a day, are the sum of the
     * rows with known_on up to that day.
     *
     * @param events all events
     * @param refunds all refunds
     */
    public static Dataset<Row> computeUnitChanges(Dataset<Row> events, Dataset<Row> refunds) {
        Column units = col("quantity");
        return events.where(EventTypes.isPurchase().and(col("product_id").isNotNull()))
                .select(
                        col("user_id"),
                        col("product_id"),
                        col("day"),
                        col("day").as("known_on"),
                        units.as("units"))
                .unionByName(refunds.where(isMatched())
                        .select(
                                col("user_id"),
                                col("product_id"),
                                col("day"),
                                col("refunded_on").as("known_on"),
                                negate(units).cast(UNITS).as("units")));
    }
}
