package koc.kocs.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.kocs.Columns;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PurchaseHistoriesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void aHistoryStartsWithTheFirstKeptPurchase() {
        Row history = PurchaseHistories.compute(userDays("""
                arrived    | day        | user_id | purchase_lines | refunded_lines | gross_spend | refunded | shares | complaints
                2023-01-01 | 2023-01-01 | user    | 0              | 0              | 0           | 0        | 0      | 1
                2024-01-01 | 2024-01-01 | user    | 1              | 0              | 10          | 0        | 0      | 2
                2024-01-09 | 2024-01-01 | user    | 0              | 1              | 0           | 10       | 0      | 0
                2024-02-01 | 2024-02-01 | user    | 2              | 1              | 20          | 10       | 0      | 0
                2024-03-01 | 2024-03-01 | user    | 0              | 0              | 0           | 0        | 1      | 0
                2024-07-01 | 2024-07-01 | user    | 1              | 0              | 10          | 0        | 0      | 0
                """), DAY).head();

        assertThat(history.getAs("first_purchase_on").toString()).isEqualTo("2024-02-01");
        assertThat(history.getAs("last_purchase_on").toString()).isEqualTo("2024-02-01");
        assertThat(history.getAs("first_share_on").toString()).isEqualTo("2024-03-01");
        assertThat(history.<Long>getAs("purchase_days_365d")).isEqualTo(1);
    }

    @Test
    void aUserWithoutPurchasesOrSharesHasNoDates() {
        Row history = PurchaseHistories.compute(userDays("""
                day        | user_id | reviews | rating_sum
                2024-06-30 | user    | 1       | 5
                2024-04-02 | user    | 1       | 4
                2024-04-01 | user    | 1       | 3
                """), DAY).head();

        assertThat(history.isNullAt(history.fieldIndex("first_purchase_on"))).isTrue();
        assertThat(history.isNullAt(history.fieldIndex("first_share_on"))).isTrue();
        assertThat(history.<Long>getAs("reviews_90d")).isEqualTo(2);
        assertThat(history.<Long>getAs("rating_sum_90d")).isEqualTo(9);
    }

    @Test
    void rowsHaveTheDeclaredColumnsAndTypes() {
        assertThat(Columns.of(PurchaseHistories.compute(userDays("user_id\n"), DAY)))
                .isEqualTo(Columns.of(PurchaseHistories.HISTORIES));
    }

    /** Numbers without a column are 0. */
    private static Dataset<Row> userDays(String text) {
        return rows(FeatureTables.USER_DAYS, text).na().fill(0);
    }
}
