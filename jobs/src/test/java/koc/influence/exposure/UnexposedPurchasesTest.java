package koc.influence.exposure;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UnexposedPurchasesTest extends SparkTest {
    @Test
    void exposedPurchasesAreLeftOutAndLinesOfOneDayAreOne() {
        Dataset<Row> unexposed = UnexposedPurchases.select(
                rows(PurchaseExposure.PURCHASES, """
                event_id | user_id | product_id | category | day_offset
                line1    | a       | tea        | drinks   | 4
                line2    | a       | tea        | drinks   | 4
                exposed  | a       | tea        | drinks   | 5
                """),
                rows(PurchaseExposure.EXPOSED_PURCHASES, "event_id\nexposed"),
                rows(PoolMembers.USERS, "user_id | portrait_id\na | parents"));

        assertThat(unexposed.columns()).containsExactlyElementsOf(UnexposedPurchases.PURCHASES.columnNames());
        assertThat(unexposed.collectAsList())
                .singleElement()
                .extracting(row -> row.getAs("day_offset"))
                .isEqualTo(4);
    }

    @Test
    void theFirstTwoPurchasesOfACategorySplitThePeriod() {
        Dataset<Row> first = UnexposedPurchases.selectEarliest(rows(UnexposedPurchases.PURCHASES, """
                user_id | portrait_id | product_id | category | day_offset
                once    | parents     | tea        | drinks   | 3
                twice   | parents     | tea        | drinks   | -5
                twice   | parents     | milk       | drinks   | 6
                """));

        assertThat(first.columns()).containsExactlyElementsOf(UnexposedPurchases.EARLIEST_PURCHASES.columnNames());
        // Days 0 to 9: a purchase counts as earlier from the day after it.
        assertThat(first.orderBy("user_id")
                        .select(
                                UnexposedPurchases.daysAfterOnePurchase(lit(0), lit(9)),
                                UnexposedPurchases.daysAfterMorePurchases(lit(0), lit(9)))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[6,0]", "[7,3]");
    }
}
