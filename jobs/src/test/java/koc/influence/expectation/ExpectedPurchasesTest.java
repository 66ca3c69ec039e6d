package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.InfluenceWorkedExampleTest;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.PurchaseExposure;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The formula on a small pool; {@link InfluenceWorkedExampleTest} checks every part of it. */
class ExpectedPurchasesTest extends SparkTest {
    private static final InfluencePeriod PERIOD = new InfluencePeriod(day("2024-01-01"), day("2024-03-30"));

    @Test
    void allMembersOfThePoolAreExposedAndEveryPortraitHasItsRow() {
        Dataset<Row> expected = compute(PERIOD, """
                share_id | koc_id | product_id | category | share_day  | day_offset | window_start | window_end
                s        | k      | tea        | drinks   | 2024-02-20 | 50         | 50.5         | 57.5
                """);

        assertThat(expected.columns()).containsExactlyElementsOf(ExpectedPurchases.EXPECTED.columnNames());
        assertThat(expected.orderBy("portrait_id").collectAsList())
                .satisfiesExactly(row -> isExpected(row, "a", 2), row -> isExpected(row, "b", 4))
                .allSatisfy(row -> assertThat(row.<Double>getAs("expected_purchases_90d"))
                        .isEqualTo(row.<Double>getAs("expected_purchases")));
    }

    @Test
    void sharesOfALongerHistoryAreNotAmongThoseOf90Days() {
        Dataset<Row> expected = compute(new InfluencePeriod(PERIOD.day().minusDays(179), PERIOD.day()), """
                share_id | koc_id | product_id | category | share_day  | day_offset | window_start | window_end
                before   | k      | tea        | drinks   | 2023-12-31 | 89         | 89.5         | 90
                first    | k      | tea        | drinks   | 2024-01-01 | 90         | 90.5         | 97.5
                """);

        assertThat(expected.collectAsList()).hasSize(2).allSatisfy(row -> assertThat(
                        row.<Double>getAs("expected_purchases_90d") / row.<Double>getAs("expected_purchases"))
                .isCloseTo(7 / 7.5, within(.02)));
    }

    /** Twenty users of two portraits, of whom each buys tea every tenth day; six of them are in the pool. */
    private static Dataset<Row> compute(InfluencePeriod period, String sharesOfThePool) {
        Dataset<Row> purchases = SPARK.sql("SELECT concat_ws('-', u, d) AS event_id, concat('u', u) AS user_id,"
                + " 'tea' AS product_id, 'drinks' AS category, CAST(d AS INT) AS day_offset, d + .25D AS moment"
                + " FROM (SELECT id AS u FROM range(20)) CROSS JOIN (SELECT id - 90 AS d FROM range("
                + (90 + period.days()) + ")) WHERE pmod(d, 10) = pmod(u, 10)");
        Dataset<Row> users = SPARK.sql("SELECT concat('u', id) AS user_id, IF(id < 10, 'a', 'b') AS portrait_id," + " "
                + period.days() + "D AS user_days FROM range(20)");
        Dataset<Row> shares = rows(PurchaseExposure.SHARES, sharesOfThePool);
        Dataset<Row> ties = SPARK.sql("SELECT 'k' AS koc_id, concat('u', id) AS user_id, DATE'2000-01-01' AS since,"
                + " DATE'9999-12-31' AS until FROM VALUES (0), (5), (10), (13), (16), (19) AS members(id)");
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> expected = new ExpectedPurchases(period, InfluenceSettings.from(DEFAULTS), checkpoints)
                    .compute(
                            new ExposureInputs(
                                    purchases,
                                    shares,
                                    ties,
                                    PurchaseExposure.selectExposedPurchases(purchases, shares, ties)),
                            users);
            return SPARK.createDataFrame(expected.collectAsList(), expected.schema());
        }
    }

    /** Members buy every tenth day, so seven days make .7 each. */
    private static void isExpected(Row row, String portrait, long members) {
        assertThat(row.<String>getAs("portrait_id")).isEqualTo(portrait);
        assertThat(row.<Long>getAs("exposures")).isEqualTo(members);
        assertThat(row.<Double>getAs("naive_purchases")).isCloseTo(.7 * members, within(1e-9));
        assertThat(row.<Double>getAs("expected_purchases")).isCloseTo(.7 * members, within(.1 * members));
    }
}
