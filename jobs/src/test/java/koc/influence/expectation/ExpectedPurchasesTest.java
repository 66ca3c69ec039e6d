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
        Dataset<Row> purchases = SPARK.sql("SELECT concat_ws('-', u, d) AS event_id, concat('u', u) AS user_id,"
                + " 'tea' AS product_id, 'drinks' AS category, CAST(d AS INT) AS day_offset, d + .25D AS moment"
                + " FROM (SELECT id AS u FROM range(20)) CROSS JOIN (SELECT id - 90 AS d FROM range(180))"
                + " WHERE pmod(d, 10) = pmod(u, 10)");
        Dataset<Row> users = SPARK.sql("SELECT concat('u', id) AS user_id, IF(id < 10, 'a', 'b') AS portrait_id,"
                + " 90D AS user_days FROM range(20)");
        Dataset<Row> shares = rows(PurchaseExposure.SHARES, """
                share_id | koc_id | product_id | category | share_day  | day_offset | window_start | window_end
                s        | k      | tea        | drinks   | 2024-02-20 | 50         | 50.5         | 57.5
                """);
        Dataset<Row> ties = SPARK.sql("SELECT 'k' AS koc_id, concat('u', id) AS user_id, DATE'2000-01-01' AS since,"
                + " DATE'9999-12-31' AS until FROM VALUES (0), (5), (10), (13), (16), (19) AS members(id)");

        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> expected = new ExpectedPurchases(PERIOD, InfluenceSettings.from(DEFAULTS), checkpoints)
                    .compute(
                            new ExposureInputs(
                                    purchases,
                                    shares,
                                    ties,
                                    PurchaseExposure.selectExposedPurchases(purchases, shares, ties)),
                            users);

            assertThat(expected.columns()).containsExactlyElementsOf(ExpectedPurchases.EXPECTED.columnNames());
            assertThat(expected.orderBy("portrait_id").collectAsList())
                    .satisfiesExactly(row -> isExpected(row, "a", 2), row -> isExpected(row, "b", 4));
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
