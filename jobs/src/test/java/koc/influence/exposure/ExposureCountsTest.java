package koc.influence.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Observed purchases equal expected ones without influence, and follow the planted effect of each KOC with it. */
class ExposureCountsTest extends SparkTest {
    private static final LocalDate FROM = LocalDate.parse("2024-01-01");
    private static final InfluencePeriod PERIOD = new InfluencePeriod(FROM, FROM.plusDays(89));
    private static final String RARELY = "pmod(xxhash64(u, d, p), 1000) < 20";

    @Test
    void withTenTiesPerUserAndAllKocsSharingInOneWeekObservedEqualsExpected() {
        // Summed over KOCs, three times as many days are exposed as that week has.
        Row sums = sums("pmod(xxhash64(k, u), 10) = 0", "k < 100", "58 + k % 7", RARELY);

        assertThat(sums.getDouble(0)).isGreaterThan(300);
        assertThat(sums.getDouble(0) / sums.getDouble(1)).isBetween(0.75, 1.33);
    }

    @Test
    void aProductBoughtEveryOtherDayIsExpectedAsOftenAsItIsObserved() {
        Row sums = sums("u % 20 = k", "k < 5", "60", "(u + d) % 2 = 0");

        assertThat(sums.getDouble(0)).isGreaterThan(100);
        assertThat(sums.getDouble(0) / sums.getDouble(1)).isBetween(0.9, 1.1);
    }

    @Test
    void theEffectOfOneKocIsNotCountedForAnotherWithTheSameMembers() {
        // The first KOC makes users 0 to 299 buy four times as often, the second has users 100 to 399 and no effect.
        // Both share on day 20.
        Dataset<Row> counts = counts(
                shares("('k0', 20), ('k1', 20), ('k0', 40), ('k1', 60)"),
                ties("k = 0 AND u < 300 OR k = 1 AND u >= 100"),
                "pmod(xxhash64(u, d, p), 1000) < IF(p = 'shared' AND u < 300 AND (d BETWEEN 21 AND 27 OR d BETWEEN 41 AND 47), 200, 50)");

        Row influential = counts.where("koc_id = 'k0'").head();
        Row other = counts.where("koc_id = 'k1'").head();
        assertThat(influential.<Double>getAs("observed_purchases") / influential.<Double>getAs("expected_purchases"))
                .isBetween(3.3, 4.7);
        assertThat(other.<Double>getAs("exposed_purchases") / other.<Double>getAs("expected_purchases"))
                .isGreaterThan(1.7);
        assertThat(other.<Double>getAs("observed_purchases") / other.<Double>getAs("expected_purchases"))
                .isBetween(0.8, 1.35);
    }

    @Test
    void kocsWithTheSameMembersAndSharesGetEqualParts() {
        // Three KOCs share to the same users on one day, who then buy four times as often: a lift of 2 for each.
        Dataset<Row> counts = counts(
                shares("('k0', 20), ('k1', 20), ('k2', 20)"),
                ties("k < 3 AND u < 100"),
                "pmod(xxhash64(u, d, p), 1000) < IF(p = 'shared' AND u < 100 AND d BETWEEN 21 AND 27, 400, 100)");

        for (Row row : counts.collectAsList()) {
            assertThat(row.<Double>getAs("exposed_purchases") / row.<Double>getAs("expected_purchases"))
                    .isGreaterThan(3);
            assertThat(row.<Double>getAs("observed_purchases") / row.<Double>getAs("expected_purchases"))
                    .isBetween(1.6, 2.4);
        }
    }

    @Test
    void fraudulentPurchasesDoNotCountForTheFakeAndCountWholeForOthers() {
        Dataset<Row> counts = counts(
                shares("('k0', 20), ('k1', 20)"),
                ties("k < 2 AND u < 100"),
                "pmod(xxhash64(u, d, p), 1000) < IF(p = 'shared' AND u < 100 AND d BETWEEN 21 AND 27, 400, 100)",
                SPARK.sql("SELECT 'k1' AS koc_id, concat('u', id) AS user_id FROM range(100)"));

        Row honest = counts.where("koc_id = 'k0'").head();
        Row fake = counts.where("koc_id = 'k1'").head();
        assertThat(honest.<Double>getAs("exposed_purchases")).isGreaterThan(100);
        assertThat(honest.<Double>getAs("observed_purchases")).isEqualTo(honest.<Double>getAs("exposed_purchases"));
        assertThat(fake.<Double>getAs("exposed_purchases")).isZero();
        assertThat(fake.<Double>getAs("observed_purchases")).isZero();
    }

    private static Row sums(String isTied, String isKoc, String shareDay, String isBought) {
        Dataset<Row> sharing = SPARK.sql("SELECT concat('k', k) AS koc_id, CAST(" + shareDay
                + " AS INT) AS day_offset FROM (SELECT id AS k FROM range(100)) WHERE " + isKoc);
        return counts(shares(sharing), ties("(" + isKoc + ") AND " + isTied), isBought)
                .selectExpr("sum(exposed_purchases)", "sum(expected_purchases)")
                .head();
    }

    private static Dataset<Row> shares(String kocsAndDays) {
        return shares(SPARK.sql("SELECT * FROM VALUES " + kocsAndDays + " AS sharing(koc_id, day_offset)"));
    }

    /** Shares of the product at noon, by KOC and day. */
    private static Dataset<Row> shares(Dataset<Row> sharing) {
        return sharing.selectExpr(
                "concat('s', koc_id, day_offset) AS share_id",
                "koc_id",
                "'shared' AS product_id",
                "'c' AS category",
                "date_add(DATE'2024-01-01', day_offset) AS share_day",
                "day_offset",
                "day_offset + .5D AS window_start",
                "day_offset + 7.5D AS window_end",
                "TIMESTAMP'2024-03-01' AS shared_at");
    }

    private static Dataset<Row> ties(String isTied) {
        return SPARK.sql("SELECT concat('k', k) AS koc_id, concat('u', u) AS user_id, DATE'2000-01-01' AS since,"
                + " DATE'9999-12-31' AS until FROM (SELECT id AS k FROM range(100)) CROSS JOIN (SELECT id AS u FROM range(400))"
                + " WHERE " + isTied);
    }

    private static Dataset<Row> counts(Dataset<Row> shares, Dataset<Row> ties, String isBought) {
        return counts(shares, ties, isBought, SPARK.sql("SELECT '' AS koc_id, '' AS user_id"));
    }

    private static Dataset<Row> counts(
            Dataset<Row> shares, Dataset<Row> ties, String isBought, Dataset<Row> fraudulent) {
        Dataset<Row> purchases = SPARK.sql(
                "SELECT concat_ws('-', u, d, p) AS event_id, concat('u', u) AS user_id, p AS product_id, 'c' AS category,"
                        + " CAST(d AS INT) AS day_offset, d + pmod(xxhash64(u, d), 997) / 1000D AS moment"
                        + " FROM (SELECT id AS u FROM range(400)) CROSS JOIN (SELECT id - 90 AS d FROM range(180))"
                        + " CROSS JOIN VALUES ('shared'), ('other') AS products(p) WHERE " + isBought);
        Dataset<Row> users = SPARK.sql(
                "SELECT concat('u', id) AS user_id, 'all' AS portrait_id, CAST(NULL AS TIMESTAMP) AS registered_at FROM range(400)");
        try (Checkpoints checkpoints = new Checkpoints()) {
            ExposureInputs inputs = new ExposureInputs(
                    purchases, shares, ties, PurchaseExposure.selectExposedPurchases(purchases, shares, ties));
            Dataset<Row> counts = new ExposureCounts(PERIOD, InfluenceSettings.from(DEFAULTS), checkpoints)
                    .compute(inputs, users, fraudulent);
            return SPARK.createDataFrame(counts.collectAsList(), counts.schema());
        }
    }
}
