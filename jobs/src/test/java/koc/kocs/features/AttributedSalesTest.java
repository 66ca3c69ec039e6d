package koc.kocs.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AttributedSalesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void aNewCustomerCountsForTheKocWithTheLargestCreditForTheFirstPurchase() {
        List<String> sales = sales("""
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                first             | t1             | main   | new     | 2024-06-20 10:00:00 | 0.3               | 30
                first             | t2             | main   | new     | 2024-06-20 10:00:00 | 0.3               | 30
                first             | t3             | helper | new     | 2024-06-20 10:00:00 | 0.4               | 40
                second            | t4             | helper | new     | 2024-06-25 10:00:00 | 1                 | 100
                earlier           | t5             | helper | old     | 2024-05-20 10:00:00 | 1                 | 50
                """, """
                user_id | is_first_known | first_purchase_on
                new     | true           | 2024-06-20
                old     | true           | 2023-01-01
                """);

        assertThat(sales)
                .containsExactly(
                        "helper buyers 2 sales 140.00 190.00 190.00 new 0 0 0 from 2024-05-20",
                        "main buyers 1 sales 60.00 60.00 60.00 new 1 1 1 from 2024-06-20");
    }

    @Test
    void aUserWhoFirstBuysThroughTwoKocsOnOneDayIsNewToTheOneWithTheLargerAmount() {
        List<String> sales = sales("""
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                p1                | t1             | large  | new     | 2024-05-20 10:00:00 | 1                 | 30
                p2                | t2             | small  | new     | 2024-05-20 09:00:00 | 1                 | 20
                """, """
                user_id | is_first_known | first_purchase_on
                new     | true           | 2024-05-20
                """);

        assertThat(sales)
                .containsExactly(
                        "large buyers 1 sales 0.00 30.00 30.00 new 0 1 1 from 2024-05-20",
                        "small buyers 1 sales 0.00 20.00 20.00 new 0 0 0 from 2024-05-20");
    }

    @Test
    void sixtyDaysHoldThirtyAndTheThirtyBefore() {
        List<String> sales = sales("""
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                now               | t1             | koc    | a       | 2024-06-01 10:00:00 | 1                 | 1
                before            | t2             | koc    | b       | 2024-05-31 10:00:00 | 1                 | 20
                oldest            | t3             | koc    | c       | 2024-05-02 10:00:00 | 1                 | 300
                earlier           | t4             | koc    | d       | 2024-05-01 10:00:00 | 1                 | 4000
                """, """
                user_id | is_first_known | first_purchase_on
                a       | true           | 2024-06-01
                b       | true           | 2024-05-31
                c       | true           | 2024-05-02
                d       | true           | 2024-05-01
                """);

        assertThat(sales).containsExactly("koc buyers 4 sales 1.00 321.00 4321.00 new 1 3 4 from 2024-05-01");
    }

    @Test
    void aUserWhoMayHaveBoughtBeforeTheRecordsBeganIsNoNewCustomer() {
        List<String> sales = sales("""
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                p                 | t              | koc    | old     | 2024-06-20 10:00:00 | 1                 | 30
                """, """
                user_id | is_first_known | first_purchase_on
                old     | false          | 2024-06-20
                """);

        assertThat(sales).containsExactly("koc buyers 1 sales 30.00 30.00 30.00 new 0 0 0 from 2024-06-20");
    }

    @Test
    void refundedPurchasesAndPurchasesFromOneselfDoNotCount() {
        List<String> sales = sales("""
                purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_fraction | credited_amount
                refunded          | t1             | koc    | user    | 2024-06-20 10:00:00 | 1                 | 0
                self              | t2             | koc    | koc     | 2024-06-20 10:00:00 | 1                 | 70
                """, "user_id\n");

        assertThat(sales).isEmpty();
    }

    private static List<String> sales(String credits, String histories) {
        Dataset<Row> sales = AttributedSales.compute(
                rows(InfluenceTables.PURCHASE_CREDITS, credits), rows(PurchaseHistories.HISTORIES, histories), DAY);
        return sales.orderBy("koc_id").collectAsList().stream()
                .map(row -> row.getAs("koc_id") + " buyers " + row.getAs("attributed_buyers_90d") + " sales "
                        + row.getAs("net_sales_30d") + " " + row.getAs("net_sales_60d") + " "
                        + row.getAs("net_sales_90d")
                        + " new "
                        + row.getAs("new_customers_30d") + " " + row.getAs("new_customers_60d") + " "
                        + row.getAs("new_customers_90d") + " from "
                        + row.getAs("first_credit_on"))
                .toList();
    }
}
