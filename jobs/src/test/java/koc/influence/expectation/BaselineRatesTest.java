package koc.influence.expectation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.ShareExposures;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BaselineRatesTest extends SparkTest {
    private static final BaselineRates RATES = new BaselineRates(
            new InfluencePeriod(day("2024-01-01"), day("2024-01-10")), InfluenceSettings.from(DEFAULTS));
    private static final String PURCHASES = """
            user_id | portrait_id | product_id | category | day_offset
            a       | parents     | tea        | drinks   | 1
            a       | parents     | tea        | drinks   | 2
            b       | parents     | tea        | drinks   | 3
            b       | parents     | milk       | drinks   | 3
            c       | students    | milk       | drinks   | 4
            c       | students    | milk       | drinks   | 5
            """;
    private static final String PORTRAITS = """
            portrait_id | user_days | days_of_tied_users | ties_per_tied_user
            parents     | 20        | 10        | 1
            students    | 20        | 0         | 1
            """;

    private static double rate(Dataset<Row> rates, String portrait, String product) {
        return rates.where("portrait_id = '" + portrait + "' AND product_id = '" + product + "'")
                .head()
                .<Double>getAs("rate");
    }

    @Test
    void ratesAreShrunkTowardsTheProductsFractionOfTheCategory() {
        Dataset<Row> rates = RATES.compute(
                rows(UnexposedPurchases.PURCHASES, PURCHASES),
                rows(ShareExposures.EXPOSURES, "share_id"),
                rows(PoolMembers.PORTRAIT_DAYS, PORTRAITS));

        // Parents buy drinks .2 times a day; half of all drinks are tea: 2 expected from the category, 3 bought.
        assertThat(rate(rates, "parents", "tea")).isCloseTo((3 + 2) / (2 + 2.0) * 2 / 20, within(1e-12));
        // Students bought no tea where 1 is expected from the category.
        assertThat(rate(rates, "students", "tea")).isCloseTo((0 + 2) / (1 + 2.0) * 1 / 20, within(1e-12));
        assertThat(rates.columns()).containsExactlyElementsOf(BaselineRates.RATES.columnNames());
    }

    @Test
    void exposedDaysAreNotAtRisk() {
        Dataset<Row> rates = RATES.compute(
                rows(UnexposedPurchases.PURCHASES, PURCHASES),
                rows(ShareExposures.EXPOSURES, """
                koc_id | day_offset | share_id | product_id | category | window_start | window_end | portrait_id | members
                k      | 0          | s        | tea        | drinks   | 0            | 3.5        | parents     | 1
                """),
                rows(PoolMembers.PORTRAIT_DAYS, PORTRAITS));

        // 3.5 of 20 days are exposed: of tea 16.5 days are left, weighted with milk (16.5 + 20) / 2 of the category.
        double fromCategory = 4 / 18.25 * .5 * 16.5;
        assertThat(rate(rates, "parents", "tea"))
                .isCloseTo((3 + 2) / (fromCategory + 2) * fromCategory / 16.5, within(1e-12));
    }
}
