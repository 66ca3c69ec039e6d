package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Decides which KOC brought a customer: the one with the most credited money on the day of the customer's first purchase.
 *
 * <p>Such a customer is new if that purchase is certainly their first ever ({@link KnownHistory#isFirstEver}). If the
 * history is too short to know, they are neither new nor old, and are counted apart or not at all.
 */
public final class BroughtCustomers {
    /** Customers whose first purchase is credited. */
    public static final Frame BROUGHT_CUSTOMERS = Frame.named("brought_customers")
            .grain("one row per customer whose first purchase is credited to a KOC")
            .columns("""
                    user_id           STRING NOT NULL COMMENT 'The customer',
                    koc_id            STRING NOT NULL COMMENT 'The KOC with the most credited money on that day; of equals the smaller id',
                    first_purchase_on DATE NOT NULL COMMENT 'Day of the first purchase'""");

    private BroughtCustomers() {}

    /**
     * Purchase x touch grain to {@link #BROUGHT_CUSTOMERS}. Fully refunded purchases and a KOC's purchases from themselves do
     * not count.
     *
     * <p>Worked: on a customer's first day two purchases are credited, one of 30 to a, and one of 20 to b and 15 to a. The
     * customer was brought by a, with 45.
     *
     * @param credits purchase_credits
     * @param firstPurchases user_id and first_purchase_on, one row per customer
     */
    public static Dataset<Row> find(Dataset<Row> credits, Dataset<Row> firstPurchases) {
        return credits.where("credited_amount > 0 AND koc_id <> user_id")
                .select(
                        col("user_id"),
                        col("koc_id"),
                        to_date(col("purchased_at")).as("first_purchase_on"),
                        col("credited_amount"))
                .join(
                        firstPurchases.select("user_id", "first_purchase_on"),
                        new String[] {"user_id", "first_purchase_on"},
                        "left_semi")
                .groupBy("user_id", "koc_id", "first_purchase_on")
                .agg(sum("credited_amount").as("credited"))
                .withColumn(
                        "position",
                        row_number()
                                .over(Window.partitionBy("user_id")
                                        .orderBy(col("credited").desc(), col("koc_id"))))
                .where("position = 1")
                .select("user_id", "koc_id", "first_purchase_on");
    }
}
