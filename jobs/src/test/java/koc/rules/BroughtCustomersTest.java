package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.kocs.features.PurchaseHistories;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BroughtCustomersTest extends SparkTest {
    @Test
    void theKocWithTheMostMoneyOfTheFirstDayBroughtTheCustomer() {
        Dataset<Row> brought = BroughtCustomers.find(
                rows(InfluenceTables.PURCHASE_CREDITS, """
                purchase_event_id | koc_id | user_id | purchased_at        | credited_amount
                p1                | a      | worked  | 2024-05-20 10:00:00 | 30
                p2                | b      | worked  | 2024-05-20 09:00:00 | 20
                p2                | a      | worked  | 2024-05-20 09:00:00 | 15
                p3                | b      | worked  | 2024-05-21 09:00:00 | 99
                p4                | b      | equal   | 2024-05-20 09:00:00 | 5
                p4                | a      | equal   | 2024-05-20 09:00:00 | 5
                p5                | a      | later   | 2024-05-21 09:00:00 | 5
                p6                | self   | self    | 2024-05-20 09:00:00 | 5
                p7                | a      | free    | 2024-05-20 09:00:00 | 0
                """), rows(PurchaseHistories.HISTORIES, """
                user_id | first_purchase_on
                worked  | 2024-05-20
                equal   | 2024-05-20
                later   | 2024-05-20
                self    | 2024-05-20
                free    | 2024-05-20
                """));

        assertThat(brought.columns())
                .containsExactly(BroughtCustomers.BROUGHT_CUSTOMERS.schema().fieldNames());
        assertThat(brought.orderBy("user_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[equal,a,2024-05-20]", "[worked,a,2024-05-20]");
    }
}
