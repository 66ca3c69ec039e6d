package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.OrganicPurchases;
import koc.influence.exposure.PoolMembers;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductDayFactorsTest extends SparkTest {
    @Test
    void aPromotionOfTheProductRaisesTheFactorOfItsDays() {
        ProductDayFactors computation = new ProductDayFactors(
                new InfluencePeriod(day("2024-01-01"), day("2024-01-10")), InfluenceSettings.from(DEFAULTS));
        Dataset<Row> promotion = rows(
                OrganicPurchases.PURCHASES,
                """
                user_id | portrait_id | product_id | category | day_offset
                """ + String.join("", Collections.nCopies(15, "a | parents | tea | drinks | 5\n")));

        Dataset<Row> factors = computation.compute(
                promotion,
                SPARK.sql("SELECT * FROM VALUES ('tea', 2, 0D), ('tea', 6, 0D)"
                        + " AS daily(product_id, day_offset, daily_purchases)"),
                rows(BaselineRates.RATES, """
                portrait_id | product_id | category | rate | category_rate
                parents     | tea        | drinks   | .05  | .05
                """),
                rows(PoolMembers.PORTRAIT_DAYS, """
                portrait_id | user_days        | tied_days | ties_per_user
                parents     | 142.857142857143 | 0         | 1
                """),
                new DayFactors(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));

        // From day 2 on 15 purchases in seven days where 5 are expected; from day 6 on none where 2.86 are expected.
        assertThat(factors.orderBy("day_offset").collectAsList())
                .extracting(row -> row.<Double>getAs("product_day_factor"))
                .satisfiesExactly(
                        during -> assertThat(during).isCloseTo((15 + 5) / (5 + 5.0), within(1e-9)),
                        after -> assertThat(after).isCloseTo(5 / (4 / 1.4 + 5), within(1e-9)));
        assertThat(factors.columns()).containsExactlyElementsOf(ProductDayFactors.FACTORS.columnNames());
    }
}
