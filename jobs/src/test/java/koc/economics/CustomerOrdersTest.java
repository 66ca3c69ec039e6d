package koc.economics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CustomerOrdersTest extends SparkTest {
    private static final Dataset<Row> PRODUCTS = rows(CleanTables.PRODUCTS, """
            product_id | unit_cost
            tea        | 6
            cake       |
            loss       | 20
            """);

    @Test
    void theMarginIsNetSalesLessTheCostOfWhatWasKept() {
        assertThat(days("""
                arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend | refunded_lines | refunded_units | refunded
                2024-01-01 | 2024-01-01 | ann     | tea        | 1              | 2     | 20          | 0              | 0              | 0
                2024-01-01 | 2024-01-01 | ann     | cake       | 1              | 1     | 10          | 0              | 0              | 0
                2024-01-01 | 2024-01-01 | bea     | loss       | 1              | 1     | 10          | 0              | 0              | 0
                """))
                .as("2 x 10 - 2 x 6, and 30% of 10; 10 - 20")
                .containsExactly("ann 2024-01-01 11.00", "bea 2024-01-01 -10.00");
    }

    @Test
    void whatWasGivenBackEarnsNothingAndADayGivenBackIsNoOrder() {
        assertThat(days("""
                arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend | refunded_lines | refunded_units | refunded
                2024-01-01 | 2024-01-01 | ann     | tea        | 1              | 2     | 20          | 0              | 0              | 0
                2024-01-09 | 2024-01-01 | ann     | tea        | 0              | 0     | 0           | 1              | 1              | 10
                2024-01-01 | 2024-01-01 | bea     | tea        | 1              | 1     | 10          | 0              | 0              | 0
                2024-01-09 | 2024-01-01 | bea     | tea        | 0              | 0     | 0           | 1              | 1              | 10
                """)).containsExactly("ann 2024-01-01 4.00");
    }

    @Test
    void theFirstOrderIsNoRepeat() {
        Dataset<Row> orderDays = rows(CustomerOrders.ORDER_DAYS, """
                user_id | day        | margin
                ann     | 2024-01-01 | 10
                ann     | 2024-01-08 | 4
                ann     | 2024-02-01 | 6
                ann     | 2024-03-01 | 9
                bea     | 2024-01-05 | 3
                """);

        List<Row> customers = CustomerOrders.summarize(orderDays, day("2024-02-15"))
                .orderBy("user_id")
                .collectAsList();

        assertThat(customers)
                .extracting(row -> row.getAs("user_id") + " " + row.getAs("first_order_on") + " "
                        + row.getAs("last_order_on") + " " + row.getAs("orders") + " " + row.getAs("margin") + " "
                        + row.getAs("repeat_margin"))
                .containsExactly("ann 2024-01-01 2024-02-01 3 20.00 10.00", "bea 2024-01-05 2024-01-05 1 3.00 0.00");
    }

    private static List<String> days(String userProductDays) {
        return CustomerOrders.computeDays(rows(FeatureTables.USER_PRODUCT_DAYS, userProductDays), PRODUCTS, .3)
                .orderBy("user_id")
                .collectAsList()
                .stream()
                .map(row -> row.getAs("user_id") + " " + row.getAs("day") + " " + row.getAs("margin"))
                .toList();
    }
}
