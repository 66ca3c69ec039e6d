package koc.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CostRatioTest extends SparkTest {
    @Test
    void fourCustomersWorthAHundredEach() {
        Row row = compare("4", "200", "400", "40000");

        assertThat(row.<BigDecimal>getAs("cac")).isEqualByComparingTo("50");
        assertThat(row.<BigDecimal>getAs("ltv")).isEqualByComparingTo("100");
        assertThat(row.<Double>getAs("ltv_to_cac")).isEqualTo(2);
        assertThat(row.<Double>getAs("ltv_to_cac_low")).isCloseTo(.68, within(.005));
        assertThat(row.<Double>getAs("ltv_to_cac_high")).isCloseTo(3.88, within(.005));
        assertThat(row.<String>getAs("verdict")).isEqualTo("too_few_to_tell");
    }

    @Test
    void theVerdictNeedsTheWholeInterval() {
        // A hundred customers worth 100 each: an interval of .84 to 1.17 times the ratio.
        assertThat(verdict("100", "2000", "10000", "1000000")).isEqualTo("healthy");
        assertThat(verdict("100", "5000", "10000", "1000000")).isEqualTo("pays");
        assertThat(verdict("100", "9500", "10000", "1000000")).isEqualTo("too_few_to_tell");
        assertThat(verdict("100", "20000", "10000", "1000000")).isEqualTo("loses_money");
    }

    @Test
    void withoutCostOrCustomersThereIsNoRatio() {
        assertThat(verdict("3", "0", "300", "30000")).isEqualTo("no_cost");
        assertThat(verdict("0", "100", "0", "NULL")).isEqualTo("too_few_to_tell");
    }

    @Test
    void customersWhoCostMoreThanTheyBringLoseMoney() {
        assertThat(verdict("3", "100", "-30", "300")).isEqualTo("loses_money");
    }

    private static String verdict(String customers, String cost, String value, String squared) {
        return compare(customers, cost, value, squared).getAs("verdict");
    }

    private static Row compare(String customers, String cost, String value, String squared) {
        return CostRatio.compare(
                        SPARK.sql("SELECT " + customers + "L AS new_customers, CAST(" + cost
                                + " AS DECIMAL(18,2)) AS cost, CAST(" + value
                                + " AS DECIMAL(18,2)) AS customer_value, CAST(" + squared
                                + " AS DOUBLE) AS squared_value"),
                        3)
                .head();
    }
}
