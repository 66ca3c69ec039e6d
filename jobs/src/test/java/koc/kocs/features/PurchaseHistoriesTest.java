package koc.kocs.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.kocs.Columns;
import koc.rules.KnownHistory;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PurchaseHistoriesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final KnownHistory HISTORY = new KnownHistory(LocalDate.parse("2023-01-01"), DAY);
    private static final Dataset<Row> NO_USERS = rows(CleanTables.USERS, "user_id\n");

    @Test
    void aHistoryStartsWithTheFirstKeptPurchase() {
        Row history =
                PurchaseHistories.compute(userDays("""
                arrived    | day        | user_id | purchase_lines | refunded_lines | gross_spend | refunded | shares | complaints
                2023-01-01 | 2023-01-01 | user    | 0              | 0              | 0           | 0        | 0      | 1
                2024-01-01 | 2024-01-01 | user    | 1              | 0              | 10          | 0        | 0      | 2
                2024-01-09 | 2024-01-01 | user    | 0              | 1              | 0           | 10       | 0      | 0
                2024-02-01 | 2024-02-01 | user    | 2              | 1              | 20          | 10       | 0      | 0
                2024-03-01 | 2024-03-01 | user    | 0              | 0              | 0           | 0        | 1      | 0
                2024-07-01 | 2024-07-01 | user    | 1              | 0              | 10          | 0        | 0      | 0
                """), NO_USERS, HISTORY).head();

        assertThat(history.getAs("first_purchase_on").toString()).isEqualTo("2024-02-01");
        assertThat(history.getAs("last_purchase_on").toString()).isEqualTo("2024-02-01");
        assertThat(history.getAs("first_share_on").toString()).isEqualTo("2024-03-01");
        assertThat(history.<Long>getAs("purchase_days_365d")).isEqualTo(1);
    }

    @Test
    void aUserWithoutPurchasesOrSharesHasNoDates() {
        Row history =
                PurchaseHistories.compute(userDays("""
                day        | user_id | reviews | rating_sum
                2024-06-30 | user    | 1       | 5
                2024-04-02 | user    | 1       | 4
                2024-04-01 | user    | 1       | 3
                """), NO_USERS, HISTORY).head();

        assertThat(history.isNullAt(history.fieldIndex("first_purchase_on"))).isTrue();
        assertThat(history.isNullAt(history.fieldIndex("first_share_on"))).isTrue();
        assertThat(history.<Long>getAs("reviews_90d")).isEqualTo(2);
        assertThat(history.<Long>getAs("rating_sum_90d")).isEqualTo(9);
    }

    @Test
    void onlyOfUsersWhoRegisteredWithinTheRecordsTheFirstPurchaseIsKnown() {
        Dataset<Row> histories = PurchaseHistories.compute(userDays("""
                day        | user_id | purchase_lines | gross_spend
                2023-05-01 | within  | 1              | 10
                2023-05-01 | before  | 1              | 10
                2023-05-01 | unknown | 1              | 10
                """), rows(CleanTables.USERS, """
                user_id | registered_at
                within  | 2023-04-01 10:00:00
                before  | 2022-12-31 10:00:00
                """), HISTORY);

        assertThat(histories
                        .orderBy("user_id")
                        .select("user_id", "is_history_known", "is_first_known")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[before,false,false]", "[unknown,false,false]", "[within,true,true]");
    }

    @Test
    void rowsHaveTheDeclaredColumnsAndTypes() {
        assertThat(Columns.of(PurchaseHistories.compute(userDays("user_id\n"), NO_USERS, HISTORY)))
                .isEqualTo(Columns.of(PurchaseHistories.HISTORIES));
    }

    /** Numbers without a column are 0. */
    private static Dataset<Row> userDays(String text) {
        return rows(FeatureTables.USER_DAYS, text).na().fill(0);
    }
}
