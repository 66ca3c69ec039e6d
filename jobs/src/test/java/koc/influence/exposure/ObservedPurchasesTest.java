package koc.influence.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.influence.expectation.ExpectedPurchases;
import koc.influence.fraud.FraudDetection;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ObservedPurchasesTest extends SparkTest {
    @Test
    void aPurchaseCountsOncePerDayAndNotForAFraudulentPair() {
        Dataset<Row> buyers = ObservedPurchases.selectExposedPurchaseDays(
                rows(PurchaseExposure.EXPOSED_PURCHASES, """
                event_id | koc_id | user_id | product_id | share_id | share_offset | purchase_offset
                line1    | k      | a       | tea        | s        | 3            | 4
                line2    | k      | a       | tea        | s        | 3            | 4
                early    | k      | a       | tea        | s        | -2           | 1
                fake     | fake   | a       | tea        | s        | 3            | 4
                """),
                rows(PoolMembers.USERS, "user_id | portrait_id\na | parents"),
                rows(FraudDetection.FRAUDULENT_CREDITS, "koc_id | user_id\nfake | a"));

        assertThat(buyers.columns())
                .containsExactlyInAnyOrderElementsOf(ObservedPurchases.EXPOSED_PURCHASE_DAYS.columnNames());
        assertThat(buyers.orderBy("purchase_offset").collectAsList())
                .extracting(row ->
                        row.getAs("koc_id") + " " + row.getAs("purchase_offset") + " " + row.getAs("is_in_period"))
                .containsExactly("k 1 false", "k 4 true");
    }

    @Test
    void purchasesExposedByOneKocCountWholeAndThoseOfEarlierSharesNotAtAll() {
        List<Row> observed = observe("""
                koc_id | user_id | product_id | purchase_offset | is_in_period | portrait_id
                k      | a       | tea        | 4               | true         | parents
                k      | b       | tea        | 4               | true         | parents
                k      | b       | tea        | 1               | false        | parents
                """, "koc_id | portrait_id | expected_purchases\nk | parents | 1");

        assertThat(observed).singleElement().satisfies(row -> {
            assertThat(row.<Double>getAs("exposed_purchases")).isEqualTo(2);
            assertThat(row.<Double>getAs("observed_purchases")).isEqualTo(2);
        });
    }

    @Test
    void aJointPurchaseIsDividedByTheLiftsOfTheKocs() {
        // Large expectations, so that shrinkage is small: alone, the strong KOC has a lift of 4 and the weak one of 1.
        StringBuilder buyers =
                new StringBuilder("koc_id | user_id | product_id | purchase_offset | is_in_period | portrait_id\n");
        for (int i = 0; i < 400; i++) {
            buyers.append("strong | s" + i + " | tea | 4 | true | parents\n");
        }
        for (int i = 0; i < 100; i++) {
            buyers.append("weak | w" + i + " | tea | 4 | true | parents\n");
        }
        buyers.append("strong | both | tea | 4 | true | parents\n").append("weak | both | tea | 4 | true | parents\n");

        List<Row> observed = observe(buyers.toString(), """
                koc_id | portrait_id | expected_purchases
                strong | parents     | 100.25
                weak   | parents     | 100.25
                """);

        assertThat(observed.get(0).<Double>getAs("observed_purchases")).isCloseTo(401, within(.02));
        assertThat(observed.get(1).<Double>getAs("observed_purchases")).isCloseTo(100.25, within(.02));
        assertThat(observed.get(1).<Double>getAs("exposed_purchases")).isEqualTo(101);
    }

    private static List<Row> observe(String buyers, String expected) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> observed = new ObservedPurchases(checkpoints)
                    .compute(
                            rows(ObservedPurchases.EXPOSED_PURCHASE_DAYS, buyers),
                            rows(ExpectedPurchases.EXPECTED, expected));
            assertThat(observed.columns()).containsExactlyElementsOf(ObservedPurchases.OBSERVED.columnNames());
            return observed.orderBy("koc_id").collectAsList();
        }
    }
}
