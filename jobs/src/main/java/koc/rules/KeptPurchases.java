package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which purchases were kept: those that were not refunded in full.
 *
 * <p>The rule is one, and each grain states it in the quantity it has:
 *
 * <ul>
 *   <li>a purchase line ({@link #keepLines}): fewer units were refunded than bought;
 *   <li>a user and product ({@link #units}): the units of all purchases, less those refunded, are above 0;
 *   <li>a user and category ({@link #lines}): the same in lines, because units of different products do not add up;
 *   <li>a user and day ({@link #isAnyKept}): a line was kept, or part of one, which shows in money.
 * </ul>
 *
 * A refund that matches no purchase takes back no units; its amount counts on its own day.
 */
public final class KeptPurchases {
    private static final String MONEY = "decimal(18,2)";

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
     * Whether any purchase of the group was kept. An aggregate over purchase_lines, refunded_lines, gross_spend and
     * refunded: rows of one user and day, from all arrivals, because a refund arrives later than its purchase.
     *
     * <p>A line refunded in part counts as a refunded line; then something was kept if money was.
     */
    public static Column isAnyKept() {
        return sum("purchase_lines")
                .gt(0)
                .and(sum(lines()).gt(0).or(sum(netSpend()).gt(0)));
    }

    /** Whether a refund matches a purchase. Needs purchase_event_id. */
    public static Column isMatched() {
        return col("purchase_event_id").isNotNull();
    }

    /**
     * Events -> the purchases among them of which something was kept, one row per line.
     *
     * <p>Adds kept_amount (the amount less what was refunded, at least 0) and kept_fraction (kept_amount / amount, 0..1; 1
     * for a line that cost nothing). A line of 3 units for 30.00 with one unit and 10.00 refunded: 20.00 and .67.
     *
     * @param events events; the purchases need event_id, quantity and amount
     * @param refunds refunds as of the same day
     */
    public static Dataset<Row> keepLines(Dataset<Row> events, Dataset<Row> refunds) {
        Dataset<Row> back = refunds.where(isMatched())
                .groupBy(col("purchase_event_id").as("event_id"))
                .agg(sum("quantity").as("quantity_back"), sum("amount").as("amount_back"));
        Column keptAmount = greatest(
                lit(0).cast(MONEY),
                col("amount").minus(coalesce(col("amount_back"), lit(0))).cast(MONEY));
        Column keptFraction = when(
                        col("amount").gt(0),
                        least(
                                lit(1.0),
                                col("kept_amount")
                                        .cast("double")
                                        .divide(col("amount").cast("double"))))
                .otherwise(lit(1.0));
        return events.where(EventTypes.isPurchase())
                .join(back, new String[] {"event_id"}, "left")
                .where("quantity_back IS NULL OR quantity_back < quantity")
                .withColumn("kept_amount", keptAmount)
                .withColumn("kept_fraction", keptFraction)
                .drop("quantity_back", "amount_back");
    }

    /**
     * Units bought and, below 0, units refunded: user_id, product_id, day (of the purchase, for both), known_on (of the
     * refund, for units refunded) and units. What was kept as far as was known on a day is the sum of rows known by
     * then.
     *
     * @param events all events
     * @param refunds all refunds
     */
    public static Dataset<Row> computeUnitChanges(Dataset<Row> events, Dataset<Row> refunds) {
        Column units = col("quantity").cast(DataTypes.LongType);
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
                                negate(units).as("units")));
    }
}
