package koc.kocs.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.BroughtCustomers;
import koc.rules.DayWindow;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums the purchases that are credited to a KOC: buyers, net sales and certainly new customers. */
public final class AttributedSales {
    private static final String MONEY = "decimal(18,2)";
    private static final String[] KOC = {"koc_id"};
    private static final String[] NEW_CUSTOMERS = {"new_customers_30d", "new_customers_60d", "new_customers_90d"};

    private AttributedSales() {}

    /**
     * Purchase x touch grain -> one row per KOC with credited purchases. Fully refunded purchases and a KOC's purchases
     * from themselves do not count.
     *
     * @param credits purchase_credits of the last 90 days
     * @param histories {@link PurchaseHistories#HISTORIES} of those who may be new customers
     * @return koc_id, attributed_buyers_90d, net_sales and new_customers of 30, 60 and 90 days, first_credit_on
     */
    public static Dataset<Row> compute(Dataset<Row> credits, Dataset<Row> histories, LocalDate day) {
        return sumSales(credits, day)
                .join(countNewCustomers(credits, histories, day), KOC, "left")
                .na()
                .fill(0L, NEW_CUSTOMERS);
    }

    private static Dataset<Row> sumSales(Dataset<Row> credits, LocalDate day) {
        Column boughtOn = to_date(col("purchased_at"));
        return credits.where("credited_amount > 0 AND koc_id <> user_id")
                .groupBy("koc_id")
                .agg(
                        count_distinct(col("user_id")).as("attributed_buyers_90d"),
                        sumSince(boughtOn, day, 30).as("net_sales_30d"),
                        sumSince(boughtOn, day, 60).as("net_sales_60d"),
                        sum("credited_amount").cast(MONEY).as("net_sales_90d"),
                        min(boughtOn).as("first_credit_on"));
    }

    private static Column sumSince(Column boughtOn, LocalDate day, int days) {
        Column isCounted = DayWindow.includes(boughtOn, day, days);
        return coalesce(sum(when(isCounted, col("credited_amount"))), lit(0)).cast(MONEY);
    }

    /** Customers whose first purchase is certainly their first ever, by the KOC who brought them. */
    private static Dataset<Row> countNewCustomers(Dataset<Row> credits, Dataset<Row> histories, LocalDate day) {
        Column firstOn = col("first_purchase_on");
        return BroughtCustomers.find(credits, histories.where("is_first_known"))
                .groupBy("koc_id")
                .agg(
                        count_if(DayWindow.includes(firstOn, day, 30)).as("new_customers_30d"),
                        count_if(DayWindow.includes(firstOn, day, 60)).as("new_customers_60d"),
                        count(lit(1)).as("new_customers_90d"));
    }
}
