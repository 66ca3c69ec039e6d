package koc.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CostRatioTest extends SparkTest {
    @Test
    void fourCustomersWithAForecastOf75EachWhoEarnedAHundredSoFar() {
        Row row = compare("4", "200", "400", "300", "22500");

        assertThat(row.<BigDecimal>getAs("cac")).isEqualByComparingTo("50");
        assertThat(row.<BigDecimal>getAs("ltv")).isEqualByComparingTo("100");
        assertThat(row.<Double>getAs("ltv_to_cac")).isEqualTo(2);
        assertThat(row.<Double>getAs("ltv_to_cac_low")).isCloseTo((100 + .342 * 300) / 200, within(.001));
        assertThat(row.<Double>getAs("ltv_to_cac_high")).isCloseTo((100 + 1.938 * 300) / 200, within(.001));
        assertThat(row.<String>getAs("verdict")).isEqualTo("pays");
    }

    @Test
    void theVerdictNeedsTheWholeInterval() {
        // A hundred customers with a forecast and a deviation of 100 each: an interval of .84 to 1.17 times the ratio.
        assertThat(verdict("100", "2000", "10000", "10000", "1000000")).isEqualTo("healthy");
        assertThat(verdict("100", "5000", "10000", "10000", "1000000")).isEqualTo("pays");
        assertThat(verdict("100", "9500", "10000", "10000", "1000000")).isEqualTo("too_few_to_tell");
        assertThat(verdict("100", "20000", "10000", "10000", "1000000")).isEqualTo("loses_money");
    }

    @Test
    void whatWasEarnedSoFarIsCertain() {
        // The same future, after customers have already repaid their cost.
        assertThat(verdict("100", "9500", "20000", "10000", "1000000")).isEqualTo("pays");
    }

    @Test
    void withoutAForecastNothingIsSaidAboutTheFuture() {
        Row row = compare("4", "200", "100", "0", "0");

        assertThat(row.<Double>getAs("ltv_to_cac")).isEqualTo(.5);
        assertThat(row.<Double>getAs("ltv_to_cac_low")).isNull();
        assertThat(row.<String>getAs("verdict")).isEqualTo("too_few_to_tell");
    }

    @Test
    void withoutCostOrCustomersThereIsNoRatio() {
        assertThat(verdict("3", "0", "300", "300", "30000")).isEqualTo("no_cost");
        assertThat(verdict("0", "100", "0", "NULL", "NULL")).isEqualTo("too_few_to_tell");
    }

    @Test
    void customersWhoCostMoreThanTheyBringLoseMoney() {
        assertThat(verdict("3", "100", "-30", "-40", "300")).isEqualTo("loses_money");
    }

    private static String verdict(String customers, String cost, String value, String future, String variance) {
        return compare(customers, cost, value, future, variance).getAs("verdict");
    }

    private static Row compare(String customers, String cost, String value, String future, String variance) {
        return CostRatio.compare(
                        SPARK.sql("SELECT " + customers + "L AS new_customers, CAST(" + cost
                                + " AS DECIMAL(18,2)) AS cost, CAST(" + value
                                + " AS DECIMAL(18,2)) AS customer_value, CAST(" + future
                                + " AS DECIMAL(18,2)) AS future_value, CAST(" + variance
                                + " AS DOUBLE) AS future_variance"),
                        3)
                .head();
    }
}
