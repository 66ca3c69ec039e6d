package koc.recommend.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import koc.recommend.TargetEvent;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class OwnershipTest extends SparkTest {
    private static final Dataset<Row> PRODUCTS = SPARK.sql("SELECT 'p' AS product_id, 1 AS product_number");

    @Test
    void aReturnedProductIsNotOwned() {
        Dataset<Row> owned = owned(rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units
                2024-01-01 | 2024-01-01 | kept    | p          | 1     | 0
                2024-01-01 | 2024-01-01 | back    | p          | 1     | 0
                2024-01-05 | 2024-01-01 | back    | p          | 0     | 1
                2024-01-01 | 2024-01-01 | part    | p          | 3     | 1
                2024-01-01 | 2024-01-01 | looked  | p          | 0     | 0
                """));

        assertThat(text(owned)).containsExactly("[kept,1,2024-01-01]", "[part,1,2024-01-01]");
    }

    @Test
    void theLastPurchaseIsTheLastKeptOne() {
        Dataset<Row> owned = owned(rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units
                2024-01-01 | 2024-01-01 | u       | p          | 1     | 0
                2024-01-09 | 2024-01-09 | u       | p          | 1     | 0
                2024-01-12 | 2024-01-09 | u       | p          | 0     | 1
                """));

        assertThat(text(owned)).containsExactly("[u,1,2024-01-01]");
    }

    @Test
    void pastAndHoldoutAreSeparated() {
        Dataset<Row> history = history(rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units
                2024-01-01 | 2024-01-01 | before  | p          | 1     | 0
                2024-01-01 | 2024-01-01 | both    | p          | 1     | 0
                2024-01-20 | 2024-01-20 | both    | p          | 1     | 0
                2024-01-20 | 2024-01-20 | later   | p          | 1     | 0
                """));

        assertThat(text(Ownership.selectBeforeHoldout(history)))
                .containsExactly("[before,1,2024-01-01]", "[both,1,2024-01-01]");
        assertThat(text(Ownership.selectBoughtInHoldout(history))).containsExactly("[both,1]", "[later,1]");
        assertThat(text(Ownership.selectCurrent(history)))
                .containsExactly("[before,1,2024-01-01]", "[both,1,2024-01-20]", "[later,1,2024-01-20]");
    }

    @Test
    void aConsumableIsDueNearTheEndOfItsCycleAndADurableNever() {
        Dataset<Row> owned =
                SPARK.sql("SELECT * FROM VALUES ('due', 1, DATE'2024-01-07'), ('late', 1, DATE'2023-12-23'),"
                        + " ('not_due', 1, DATE'2024-01-08'), ('owner', 2, DATE'2020-01-01'), ('unsure', 3, DATE'2020-01-01')"
                        + " AS t(user_id, product_number, last_bought_on)");
        Dataset<Row> products = SPARK.sql("SELECT * FROM VALUES (1, true, 30), (2, false, NULL), (3, true, NULL)"
                + " AS t(product_number, is_consumable, use_cycle_days)");

        Dataset<Row> due = Ownership.withDue(owned, products, day("2024-01-31"), RecommendSettings.from(config()));

        assertThat(text(due.select("user_id", "is_due", "overdue_factor")))
                .containsExactly(
                        "[due,true,1.0]",
                        "[late,true,0.25]",
                        "[not_due,false,0.0]",
                        "[owner,false,0.0]",
                        "[unsure,false,0.0]");
    }

    @Test
    void anotherTargetEventReplacesPurchases() {
        Dataset<Row> looked = Ownership.summarise(
                rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units | views
                2024-01-01 | 2024-01-01 | u       | p          | 0     | 0              | 3
                """),
                PRODUCTS,
                functions.lit(true),
                day("2024-01-31"),
                TargetEvent.VIEW);

        assertThat(text(Ownership.selectCurrent(looked))).containsExactly("[u,1,2024-01-01]");
    }

    private static Dataset<Row> owned(Dataset<Row> days) {
        return Ownership.selectCurrent(history(days));
    }

    private static Dataset<Row> history(Dataset<Row> days) {
        return Ownership.summarise(
                days,
                PRODUCTS,
                functions.col("day").leq(functions.lit(day("2024-01-10"))),
                day("2024-01-31"),
                TargetEvent.PURCHASE);
    }

    private static List<String> text(Dataset<Row> rows) {
        return rows.orderBy("user_id").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
