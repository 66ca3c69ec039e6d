package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductTotalsTest extends SparkTest {
    private static final Dataset<Row> TOTALS =
            ProductTotals.sumByProduct(rows(PurchaseHistory.USER_PRODUCTS, """
            user_id    | product_id | kept_units | kept_days | first_day  | last_day   | purchase_lines | refunded_lines | complaints
            once       | x          | 1          | 1         | 2024-01-01 | 2024-01-01 | 1              | 0              | 1
            again      | x          | 3          | 3         | 2024-01-01 | 2024-01-21 | 3              | 0              | 0
            late       | x          | 2          | 2         | 2024-02-01 | 2024-02-05 | 2              | 0              | 0
            refunded   | x          | 0          | 0         |            |            | 1              | 1              | 0
            gave back  | x          | 1          | 1         | 2024-01-02 | 2024-01-02 | 2              | 1              | 0
            """), day("2024-01-31"));

    @Test
    void buyersKeptSomethingAndWhoGaveTheSecondPurchaseBackIsNoRepeatBuyer() {
        Row totals = TOTALS.select(
                        "buyers", "repeat_buyers", "first_purchases", "purchase_lines", "refunded_lines", "complaints")
                .head();

        assertThat(totals.toString()).isEqualTo("[4,2,1,9,2,1]");
    }

    @Test
    void theGapIsTheMedianOfTheMeanGapsOfRepeatBuyers() {
        // 20 days over 2 gaps, and 4 days over 1 gap.
        assertThat(TOTALS.select("gap_days").head().getDouble(0)).isEqualTo(7);
    }

    @Test
    void theRowsHaveTheDeclaredColumns() {
        assertThat(List.of(TOTALS.columns())).isEqualTo(ProductTotals.PRODUCT_TOTALS.columnNames());
    }
}
