package koc.statistics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest extends SparkTest {
    @ParameterizedTest
    @CsvSource({"16, 17, .7744414966", "8, 9, .6231987355", "0, 5, 0", "5, 5, .6488834992"})
    void lowerEndsAreThoseOfWilson(double cases, double n, double expected) {
        double low = SPARK.range(1)
                .selectExpr(cases / n + "D AS fraction", n + "D AS n")
                .select(WilsonInterval.low(col("fraction"), col("n")))
                .head()
                .getDouble(0);

        assertThat(low).isCloseTo(expected, within(1e-9));
    }
}
