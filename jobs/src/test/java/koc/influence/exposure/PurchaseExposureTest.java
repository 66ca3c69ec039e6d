package koc.influence.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.rules.OpenTies;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PurchaseExposureTest extends SparkTest {
    private static final InfluencePeriod PERIOD = new InfluencePeriod(day("2024-01-01"), day("2024-03-30"));
    private static final PurchaseExposure EXPOSURE = new PurchaseExposure(PERIOD, 7);

    private static Dataset<Row> products() {
        return rows(CleanTables.PRODUCTS, "product_id | category\ntea | drinks").select("product_id", "category");
    }

    private static Dataset<Row> ties() {
        return OpenTies.computeSpans(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since      | until
                koc    | member  | friend   | 2024-01-05 |
                koc    | former  | friend   | 2024-01-01 | 2024-01-09
                """));
    }

    @Test
    void purchasesBeforeThePeriodHaveNegativeOffsets() {
        Dataset<Row> purchases = EXPOSURE.selectPurchases(
                rows(CleanTables.EVENTS, """
                event_id | occurred_at         | day        | user_id | event_type | product_id | amount | quantity
                earlier  | 2023-12-31 06:00:00 | 2023-12-31 | member  | purchase   | tea        | 5      | 1
                """), products(), rows(CleanTables.REFUNDS, "refund_event_id\nnone"));

        assertThat(purchases.columns()).containsExactlyElementsOf(PurchaseExposure.PURCHASES.columnNames());
        assertThat(purchases.head().<Integer>getAs("day_offset")).isEqualTo(-1);
        assertThat(purchases.head().<Double>getAs("moment")).isEqualTo(-.75);
    }

    @Test
    void aWindowEndsAfterSevenDaysOrAtTheNextShareOrWithThePeriod() {
        List<Row> shares = EXPOSURE.selectShares(rows(CleanTables.EVENTS, """
                event_id | occurred_at         | day        | user_id  | event_type | product_id
                whole    | 2024-01-11 12:00:00 | 2024-01-11 | koc      | share      | tea
                cut      | 2024-02-01 12:00:00 | 2024-02-01 | koc      | share      | tea
                next     | 2024-02-04 12:00:00 | 2024-02-04 | koc      | share      | tea
                last     | 2024-03-29 12:00:00 | 2024-03-29 | koc      | share      | tea
                poolless | 2024-01-11 12:00:00 | 2024-01-11 | stranger | share      | tea
                """), products(), ties())
                .orderBy("window_start")
                .collectAsList();

        assertThat(shares)
                .extracting(
                        row -> row.getAs("share_id"),
                        row -> row.<Double>getAs("window_end") - row.<Double>getAs("window_start"))
                .extracting(Object::toString)
                .containsExactly("(\"whole\", 7.0)", "(\"cut\", 3.0)", "(\"next\", 7.0)", "(\"last\", 1.5)");
    }

    @Test
    void aPostThatNamesAProductIsAShareOfIt() {
        List<Row> shares = EXPOSURE.selectShares(rows(CleanTables.EVENTS, """
                event_id | occurred_at         | day        | user_id | event_type | product_id
                share    | 2024-01-11 12:00:00 | 2024-01-11 | koc     | share      | tea
                post     | 2024-01-13 12:00:00 | 2024-01-13 | koc     | post       | tea
                story    | 2024-01-14 12:00:00 | 2024-01-14 | koc     | post       |
                """), products(), ties())
                .orderBy("window_start")
                .collectAsList();

        assertThat(shares).extracting(row -> row.getAs("share_id")).containsExactly("share", "post");
        assertThat(shares.get(0).<Double>getAs("window_end")).isEqualTo(12.5);
    }

    @Test
    void onlyPurchasesOfMembersInTheWindowAreExposed() {
        Dataset<Row> shares = rows(PurchaseExposure.SHARES, """
                share_id | koc_id | product_id | share_day  | day_offset | window_start | window_end
                s        | koc    | tea        | 2024-01-11 | 10         | 10.5         | 17.5
                """);
        Dataset<Row> exposed =
                PurchaseExposure.selectExposedPurchases(rows(PurchaseExposure.PURCHASES, """
                event_id      | user_id  | product_id | day_offset | moment
                in_window     | member   | tea        | 12         | 12.25
                before_share  | member   | tea        | 10         | 10.25
                after_window  | member   | tea        | 17         | 17.75
                other_product | member   | milk       | 12         | 12.25
                tie_ended     | former   | tea        | 12         | 12.25
                no_tie        | stranger | tea        | 12         | 12.25
                """), shares, ties());

        assertThat(exposed.columns()).containsExactlyElementsOf(PurchaseExposure.EXPOSED_PURCHASES.columnNames());
        assertThat(exposed.collectAsList()).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("event_id")).isEqualTo("in_window");
            assertThat(row.<Long>getAs("purchase_offset")).isEqualTo(12);
            assertThat(row.<Integer>getAs("share_offset")).isEqualTo(10);
        });
    }
}
