package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.run.Interim;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Nobody moves anybody here: what is observed has to be what is expected. */
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

    private static Row sums(String isTied, String isKoc, String shareDay, String isBought) {
        Dataset<Row> purchases = SPARK.sql(
                "SELECT concat_ws('-', u, d, p) AS event_id, concat('u', u) AS user_id, p AS product_id, 'c' AS category,"
                        + " CAST(d AS INT) AS place, d + pmod(xxhash64(u, d), 997) / 1000D AS moment"
                        + " FROM (SELECT id AS u FROM range(400)) CROSS JOIN (SELECT id - 90 AS d FROM range(180))"
                        + " CROSS JOIN VALUES ('shared'), ('other') AS products(p) WHERE " + isBought);
        Dataset<Row> shares =
                SPARK.sql("SELECT concat('s', k) AS share_id, concat('k', k) AS koc_id, 'shared' AS product_id,"
                        + " 'c' AS category, date_add(DATE'2024-01-01', CAST(" + shareDay
                        + " AS INT)) AS share_day, CAST(" + shareDay
                        + " AS INT) AS place, " + shareDay + " + .5D AS shared, " + shareDay
                        + " + 7.5D AS ends, TIMESTAMP'2024-03-01' AS shared_at"
                        + " FROM (SELECT id AS k FROM range(100)) WHERE " + isKoc);
        Dataset<Row> spans =
                SPARK.sql("SELECT concat('k', k) AS koc_id, concat('u', u) AS user_id, DATE'2000-01-01' AS since,"
                        + " DATE'9999-12-31' AS until FROM (SELECT id AS k FROM range(100)) CROSS JOIN (SELECT id AS u FROM range(400))"
                        + " WHERE " + isKoc + " AND " + isTied);
        Dataset<Row> people = SPARK.sql(
                "SELECT concat('u', id) AS user_id, 'all' AS portrait_id, CAST(NULL AS TIMESTAMP) AS registered_at FROM range(400)");
        Dataset<Row> undamped = SPARK.sql("SELECT '' AS koc_id, '' AS user_id, 1D AS damping");
        try (Interim interim = new Interim()) {
            return ExposureCounts.of(
                            purchases,
                            shares,
                            spans,
                            Purchases.reached(purchases, shares, spans),
                            people,
                            undamped,
                            FROM,
                            DAY,
                            InfluenceSettings.from(config()),
                            interim)
                    .selectExpr("sum(observed)", "sum(expected)")
                    .head();
        }
    }
}
