package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductDayFactorsTest extends SparkTest {
    private static final ProductDayFactors COMPUTATION = new ProductDayFactors(
            new InfluencePeriod(day("2024-01-01"), day("2024-01-10")), InfluenceSettings.from(DEFAULTS));
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
        Dataset<Row> factors = COMPUTATION.compute(
                PROMOTION, shares("('tea', 2, 9.5D, 0D)", "('tea', 6, 10D, 0D)"), RATES, portraitDays(0), DAYS);

        // From day 2 on 15 purchases in seven days where 5 are expected; from day 6 on none where 2.86 are expected.
        assertThat(factors.orderBy("day_offset").collectAsList())
                .extracting(row -> row.<Double>getAs("product_day_factor"))
                .satisfiesExactly(
                        during -> assertThat(during).isCloseTo((15 + 5) / (5 + 5.0), within(1e-9)),
                        after -> assertThat(after).isCloseTo(5 / (4 / 1.4 + 5), within(1e-9)));
        assertThat(factors.columns()).containsExactlyElementsOf(ProductDayFactors.FACTORS.columnNames());
    }

    @Test
    void theNextShareEndsTheWindow() {
        Dataset<Row> factors = COMPUTATION.compute(
                PROMOTION, shares("('tea', 2, 4.2D, 0D)", "('tea', 4, 10D, 0D)"), RATES, portraitDays(0), DAYS);

        // The promotion of day 5 is in the second window only: 2 days before it, then 6 days of 1 / 1.4 purchases.
        assertThat(factors.orderBy("day_offset").collectAsList())
                .extracting(row -> row.<Double>getAs("product_day_factor"))
                .satisfiesExactly(
                        before -> assertThat(before).isCloseTo(5 / (2 / 1.4 + 5), within(1e-9)),
                        during -> assertThat(during).isCloseTo((15 + 5) / (6 / 1.4 + 5), within(1e-9)));
    }

    @Test
    void membersOfAKocWhoSharesDailyAreExposedOnceADay() {
        Dataset<Row> factors = COMPUTATION.compute(
                PROMOTION.where("false"),
                shares("('tea', 0, 1.5D, .1D)", "('tea', 1, 2.5D, .1D)", "('tea', 2, 3.5D, .1D)"),
                RATES,
                portraitDays(USER_DAYS),
                DAYS);

        // On the third day, .1 of 1 / 1.4 purchases is expected of exposed members, not .3.
        Row third = factors.where("day_offset = 2").head();
        assertThat(third.<Double>getAs("product_day_factor")).isCloseTo(5 / (1 / 1.4 - .1 + 5), within(1e-9));
    }

    private static Dataset<Row> shares(String... values) {
        return SPARK.sql("SELECT * FROM VALUES " + String.join(", ", values)
                + " AS daily(product_id, day_offset, window_end, daily_purchases)");
    }

    private static Dataset<Row> portraitDays(double tiedDays) {
        return rows(PoolMembers.PORTRAIT_DAYS, """
                portrait_id | user_days | tied_days | ties_per_user
                parents     | %s        | %s        | 1
                """.formatted(USER_DAYS, tiedDays));
    }
}
