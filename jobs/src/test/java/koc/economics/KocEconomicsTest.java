package koc.economics;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocEconomicsTest extends SparkTest {
    @Test
    void errorsOfALargeBrandAddUp() {
        Row sums = KocEconomics.sumCustomers(SPARK.sql("""
                                SELECT '1' AS channel, false AS is_left_censored, '*' AS parameters_of, .1D AS parameters_error,
                                    0.00BD AS customer_value, 100.00BD AS margin_90d,
                                    CAST(50000000 AS DECIMAL(18,2)) AS future_value, CAST(3000 AS DECIMAL(18,2)) AS ltv_error
                                FROM range(2)"""), "channel").head();

        // The error of the parameters is common to both customers: (.1 x 100 million)^2. Their own errors are not.
        assertThat(sums.<Double>getAs("future_variance")).isEqualTo(1e14 + 2 * 9e6);
        assertThat(sums.<Long>getAs("new_customers")).isEqualTo(2);
    }
}
