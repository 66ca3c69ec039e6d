package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class EarlierPurchaseFactorsTest extends SparkTest {
    @Test
    void usersWithMoreEarlierPurchasesHaveALargerFactorAndTheMeanIsOne() {
        EarlierPurchaseFactors computation = new EarlierPurchaseFactors(
                new InfluencePeriod(day("2024-01-01"), day("2024-01-10")), InfluenceSettings.from(DEFAULTS));
        Dataset<Row> purchases = rows(UnexposedPurchases.PURCHASES, """
                user_id | portrait_id | product_id | category | day_offset
                loyal   | parents     | tea        | drinks   | -9
                loyal   | parents     | tea        | drinks   | -8
                loyal   | parents     | tea        | drinks   | 2
                loyal   | parents     | tea        | drinks   | 4
                loyal   | parents     | tea        | drinks   | 6
                new     | parents     | tea        | drinks   | 9
                """);

        Dataset<Row> factors = computation.compute(
                purchases.where(InfluencePeriod.isInPeriod()),
                UnexposedPurchases.selectEarliest(purchases),
                rows(BaselineRates.RATES, """
                portrait_id | product_id | category | rate | category_rate
                parents     | tea        | drinks   | .2   | .2
                """),
                rows(PoolMembers.PORTRAIT_DAYS, """
                portrait_id | user_days | days_of_tied_users | ties_per_tied_user
                parents     | 20        | 0         | 1
                """));

        Row row = factors.head();
        // 10 days with more earlier purchases and 3 purchases where 2 are expected; 10 days with none and 1 purchase.
        assertThat(row.<Double>getAs("factor_more")).isCloseTo(1.5, within(1e-12));
        assertThat(row.<Double>getAs("factor_none")).isCloseTo(.5, within(1e-12));
        assertThat(factors.columns()).containsExactlyElementsOf(EarlierPurchaseFactors.FACTORS.columnNames());
    }
}
