package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductWindowFactorsTest extends SparkTest {
    private static final InfluencePeriod PERIOD = new InfluencePeriod(day("2024-01-01"), day("2024-01-10"));
    private static final double USER_DAYS = 200 / 1.4;
    private static final DayFactors DAYS = new DayFactors(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    private static final Dataset<Row> RATES = rows(BaselineRates.RATES, """
            portrait_id | product_id | category | rate | category_rate
            parents     | tea        | drinks   | .05  | .05
            """);
    private static final Dataset<Row> PROMOTION = rows(
            UnexposedPurchases.PURCHASES,
            """
            user_id | portrait_id | product_id | category | day_offset
            """ + String.join("", Collections.nCopies(15, "a | parents | tea | drinks | 5\n")));

    @Test
    void aPromotionOfTheProductRaisesTheFactorOfItsDays() {
        List<Row> factors = compute(PROMOTION, 0, "('s', 'tea', 1.4D, 9.4D, 0D)", "('t', 'tea', 6D, 10D, 0D)");

        // From day 2 on 15 purchases in seven days where 5 are expected; from day 6 on none where 2.86 are expected.
        // So the mean is 20 / 12.86 = 1.556, and the two windows differ so much that it is worth 1.344 purchases only.
        assertThat(factors)
                .extracting(row -> row.<Double>getAs("product_window_factor"))
                .satisfiesExactly(
                        during -> assertThat(during).isCloseTo((15 + 1.344 * 1.556) / (5 + 1.344), within(1e-3)),
                        after -> assertThat(after).isCloseTo(1.344 * 1.556 / (4 / 1.4 + 1.344), within(1e-3)));
    }

    @Test
    void theNextShareEndsTheWindow() {
        // The promotion of day 5 is in the second window only.
        assertThat(compute(PROMOTION, 0, "('s', 'tea', 1.2D, 4.2D, 0D)", "('t', 'tea', 4.2D, 10D, 0D)"))
                .satisfiesExactly(before -> isWindow(before, 2, 2, 0, 1), during -> isWindow(during, 5, 5, 2, 5));
    }

    @Test
    void aWindowWithoutAWholeDayHasTheMeanFactor() {
        assertThat(compute(PROMOTION, 0, "('s', 'tea', .6D, 7.6D, 0D)", "('t', 'tea', 8.8D, 9.7D, 0D)"))
                .satisfiesExactly(whole -> isWindow(whole, 1, 6, 2.8, 3), part -> isWindow(part, 9, 0, 2.15, 2.16));
    }

    private static void isWindow(Row row, int firstDay, int days, double min, double max) {
        assertThat(row.<Integer>getAs("first_day")).isEqualTo(firstDay);
        assertThat(row.<Integer>getAs("window_days")).isEqualTo(days);
        assertThat(row.<Double>getAs("product_window_factor")).isBetween(min, max);
    }

    @Test
    void membersOfAKocWhoSharesDailyAreExposedOnceADay() {
        List<Row> factors = compute(
                PROMOTION.where("false"),
                USER_DAYS,
                "('s', 'tea', 0D, 1D, .1D)",
                "('t', 'tea', 1D, 2D, .1D)",
                "('u', 'tea', 2D, 3D, .1D)");

        // On each day, .1 of 1 / 1.4 purchases is expected of exposed members; on the third it is not .3.
        assertThat(factors)
                .extracting(row -> row.<Double>getAs("product_window_factor"))
                .hasSize(3)
                .allSatisfy(factor -> assertThat(factor).isCloseTo(5 / (3 * (1 / 1.4 - .1) + 5), within(1e-3)));
    }

    private static List<Row> compute(Dataset<Row> purchases, double tiedDays, String... shares) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> factors = new ProductWindowFactors(PERIOD, InfluenceSettings.from(DEFAULTS), checkpoints)
                    .compute(purchases, shares(shares), RATES, portraitDays(tiedDays), DAYS);
            assertThat(factors.columns()).containsExactlyElementsOf(ProductWindowFactors.FACTORS.columnNames());
            return factors.orderBy("first_day").collectAsList();
        }
    }

    private static Dataset<Row> shares(String... values) {
        return SPARK.sql("SELECT * FROM VALUES " + String.join(", ", values)
                + " AS daily(share_id, product_id, window_start, window_end, daily_purchases)");
    }

    private static Dataset<Row> portraitDays(double tiedDays) {
        return rows(PoolMembers.PORTRAIT_DAYS, """
                portrait_id | user_days | days_of_tied_users | ties_per_tied_user
                parents     | %s        | %s        | 1
                """.formatted(USER_DAYS, tiedDays));
    }
}
