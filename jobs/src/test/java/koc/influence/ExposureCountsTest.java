package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Where nobody moves anybody, what is observed has to be what is expected; and who does move people moves them alone. */
class ExposureCountsTest extends SparkTest {
    private static final LocalDate FROM = LocalDate.parse("2024-01-01");
    private static final LocalDate DAY = FROM.plusDays(89);
    private static final String SELDOM = "pmod(xxhash64(u, d, p), 1000) < 20";

    @Test
    void whereEverybodyHasTiesToManyWhoAllShareInOneWeekTheExpectedAreStillTheObserved() {
        // Ten ties a user: counted a KOC at a time, three times as many days as there are would be reached in that
        // week.
        Row sums = sums("pmod(xxhash64(k, u), 10) = 0", "k < 100", "58 + k % 7", SELDOM);

        assertThat(sums.getDouble(0)).isGreaterThan(300);
        assertThat(sums.getDouble(0) / sums.getDouble(1)).isBetween(0.75, 1.33);
    }

    @Test
    void whatIsBoughtEveryOtherDayIsExpectedAsOftenAsItIsBought() {
        Row sums = sums("u % 20 = k", "k < 5", "60", "(u + d) % 2 = 0");

        assertThat(sums.getDouble(0)).isGreaterThan(100);
        assertThat(sums.getDouble(0) / sums.getDouble(1)).isBetween(0.9, 1.1);
    }

    @Test
    void whatOneKocMovesIsNotCountedForAnotherWhoReachedTheSamePeople() {
        // The first, of users 0 to 299, makes them buy four times as often; the second, of 100 to 399, changes nothing.
        // On
        // day 20 both share.
        Dataset<Row> counts = counts(
                shares("('k0', 20), ('k1', 20), ('k0', 40), ('k1', 60)"),
                spans("k = 0 AND u < 300 OR k = 1 AND u >= 100"),
                "pmod(xxhash64(u, d, p), 1000) < IF(p = 'shared' AND u < 300 AND (d BETWEEN 21 AND 27 OR d BETWEEN 41 AND 47), 200, 50)");

        Row mover = counts.where("koc_id = 'k0'").head();
        Row other = counts.where("koc_id = 'k1'").head();
        assertThat(mover.<Double>getAs("observed") / mover.<Double>getAs("expected"))
                .isBetween(3.3, 4.7);
        assertThat(other.<Double>getAs("counted") / other.<Double>getAs("expected"))
                .isGreaterThan(1.7);
        assertThat(other.<Double>getAs("observed") / other.<Double>getAs("expected"))
                .isBetween(0.8, 1.35);
    }

    @Test
    void ofManyWhoReachTheSamePeopleEachHasTheSamePart() {
        // Three share one product to the same people on one day, who then buy it four times as often: twice for each.
        Dataset<Row> counts = counts(
                shares("('k0', 20), ('k1', 20), ('k2', 20)"),
                spans("k < 3 AND u < 100"),
                "pmod(xxhash64(u, d, p), 1000) < IF(p = 'shared' AND u < 100 AND d BETWEEN 21 AND 27, 400, 100)");

        for (Row row : counts.collectAsList()) {
            assertThat(row.<Double>getAs("counted") / row.<Double>getAs("expected"))
                    .isGreaterThan(3);
            assertThat(row.<Double>getAs("observed") / row.<Double>getAs("expected"))
                    .isBetween(1.6, 2.4);
        }
    }

    @Test
    void whatAFakesPartnersBuyIsNeitherCountedForItNorTakenFromAnotherWhoReachedThem() {
        Dataset<Row> counts = counts(
                shares("('k0', 20), ('k1', 20)"),
                spans("k < 2 AND u < 100"),
                "pmod(xxhash64(u, d, p), 1000) < IF(p = 'shared' AND u < 100 AND d BETWEEN 21 AND 27, 400, 100)",
                SPARK.sql("SELECT 'k1' AS koc_id, concat('u', id) AS user_id FROM range(100)"));

        Row honest = counts.where("koc_id = 'k0'").head();
        Row fake = counts.where("koc_id = 'k1'").head();
        assertThat(honest.<Double>getAs("counted")).isGreaterThan(100);
        assertThat(honest.<Double>getAs("observed")).isEqualTo(honest.<Double>getAs("counted"));
        assertThat(fake.<Double>getAs("counted")).isZero();
        assertThat(fake.<Double>getAs("observed")).isZero();
    }

    private static Row sums(String isTied, String isKoc, String shareDay, String isBought) {
        Dataset<Row> sharing = SPARK.sql("SELECT concat('k', k) AS koc_id, CAST(" + shareDay
                + " AS INT) AS place FROM (SELECT id AS k FROM range(100)) WHERE " + isKoc);
        return counts(shares(sharing), spans("(" + isKoc + ") AND " + isTied), isBought)
                .selectExpr("sum(counted)", "sum(expected)")
                .head();
    }

    private static Dataset<Row> shares(String kocsAndDays) {
        return shares(SPARK.sql("SELECT * FROM VALUES " + kocsAndDays + " AS sharing(koc_id, place)"));
    }

    /** Of KOCs and days: each shares the product at noon. */
    private static Dataset<Row> shares(Dataset<Row> sharing) {
        return sharing.selectExpr(
                "concat('s', koc_id, place) AS share_id",
                "koc_id",
                "'shared' AS product_id",
                "'c' AS category",
                "date_add(DATE'2024-01-01', place) AS share_day",
                "place",
                "place + .5D AS shared",
                "place + 7.5D AS ends",
                "TIMESTAMP'2024-03-01' AS shared_at");
    }

    private static Dataset<Row> spans(String isTied) {
        return SPARK.sql("SELECT concat('k', k) AS koc_id, concat('u', u) AS user_id, DATE'2000-01-01' AS since,"
                + " DATE'9999-12-31' AS until FROM (SELECT id AS k FROM range(100)) CROSS JOIN (SELECT id AS u FROM range(400))"
                + " WHERE " + isTied);
    }

    private static Dataset<Row> counts(Dataset<Row> shares, Dataset<Row> spans, String isBought) {
        return counts(shares, spans, isBought, SPARK.sql("SELECT '' AS koc_id, '' AS user_id"));
    }

    private static Dataset<Row> counts(Dataset<Row> shares, Dataset<Row> spans, String isBought, Dataset<Row> fakes) {
        Dataset<Row> purchases = SPARK.sql(
                "SELECT concat_ws('-', u, d, p) AS event_id, concat('u', u) AS user_id, p AS product_id, 'c' AS category,"
                        + " CAST(d AS INT) AS place, date_add(DATE'2024-01-01', CAST(d AS INT)) AS bought_on, d + pmod(xxhash64(u, d), 997) / 1000D AS moment"
                        + " FROM (SELECT id AS u FROM range(400)) CROSS JOIN (SELECT id - 90 AS d FROM range(180))"
                        + " CROSS JOIN VALUES ('shared'), ('other') AS products(p) WHERE " + isBought);
        Dataset<Row> people = SPARK.sql(
                "SELECT concat('u', id) AS user_id, 'all' AS portrait_id, CAST(NULL AS TIMESTAMP) AS registered_at FROM range(400)");
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> counts = ExposureCounts.of(
                    purchases,
                    shares,
                    spans,
                    Purchases.reached(purchases, shares, spans),
                    people,
                    fakes,
                    FROM,
                    DAY,
                    InfluenceSettings.from(config()),
                    checkpoints);
            return SPARK.createDataFrame(counts.collectAsList(), counts.schema());
        }
    }
}
