package koc.kocs.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.DayWindow;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Sums the purchases that are credited to a KOC: buyers, net sales and certainly new customers. */
public final class AttributedSales {
    private static final String MONEY = "decimal(18,2)";
    private static final String[] USER = {"user_id"};

    private AttributedSales() {}

    /**
     * Purchase x touch grain -> one row per KOC with credited purchases. Fully refunded purchases and a KOC's purchases
     * from themselves do not count.
     *
     * @param credits purchase_credits of the last 90 days
     * @param histories {@link PurchaseHistories#HISTORIES}
     * @return koc_id, attributed_buyers_90d, net_sales and new_customers of 30 and 90 days, first_credit_on
     */
    public static Dataset<Row> compute(Dataset<Row> credits, Dataset<Row> histories, LocalDate day) {
        Column isLast30Days = DayWindow.includes(col("bought_on"), day, 30);
        return withNewCustomers(sumByPurchase(credits), histories)
                .groupBy("koc_id", "user_id")
                .agg(
                        sum(when(isLast30Days, col("amount"))).as("amount_30d"),
                        sum("amount").as("amount_90d"),
                        count_if(col("is_new").and(isLast30Days)).as("new_30d"),
                        count_if(col("is_new")).as("new_90d"),
                        min("bought_on").as("first_sale_on"))
                .groupBy("koc_id")
                .agg(
                        count(lit(1)).as("attributed_buyers_90d"),
                        coalesce(sum("amount_30d"), lit(0)).cast(MONEY).as("net_sales_30d"),
                        sum("amount_90d").cast(MONEY).as("net_sales_90d"),
                        count_if(col("new_30d").gt(0)).as("new_customers_30d"),
                        count_if(col("new_90d").gt(0)).as("new_customers_90d"),
                        min("first_sale_on").as("first_credit_on"));
    }

    private static Dataset<Row> sumByPurchase(Dataset<Row> credits) {
        return credits.where("credited_amount > 0 AND koc_id <> user_id")
                .groupBy("purchase_event_id", "koc_id", "user_id")
                .agg(
                        ExactSums.sum(col("credited_fraction")).as("credited_fraction"),
                        sum("credited_amount").as("amount"),
                        to_date(min("purchased_at")).as("bought_on"));
    }

    /**
     * Adds is_new: the KOC has the largest credit for a purchase on the user's first purchase day, which is certainly
     * the first ever ({@link koc.rules.KnownHistory}). A user is new to at most one KOC. If several KOCs qualify on
     * that day, the one with the largest amount counts.
     */
    private static Dataset<Row> withNewCustomers(Dataset<Row> purchases, Dataset<Row> histories) {
        Column isLargestCredit = row_number()
                .over(Window.partitionBy("purchase_event_id")
                        .orderBy(col("credited_fraction").desc(), col("koc_id")))
                .equalTo(1);
        Column isFirstPurchase =
                coalesce(col("is_first_known").and(col("bought_on").leq(col("first_purchase_on"))), lit(false));
        Column isFirstOfUser = row_number()
                .over(Window.partitionBy("user_id")
                        .orderBy(col("is_new").desc(), col("amount").desc(), col("purchase_event_id"), col("koc_id")))
                .equalTo(1);
        return purchases
                .withColumn("is_largest_credit", isLargestCredit)
                .join(histories.select("user_id", "is_first_known", "first_purchase_on"), USER, "left")
                .withColumn("is_new", col("is_largest_credit").and(isFirstPurchase))
                .withColumn("is_new", col("is_new").and(isFirstOfUser));
    }
}
