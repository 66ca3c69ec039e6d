package koc.statistics;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smile.stat.distribution.GammaDistribution;

class GammaPoissonTest extends SparkTest {
    @ParameterizedTest
    @CsvSource({"12, 4, 1, 2", "0, 3, 1, 2", "1, 0.5, 1.5, 2", "200, 150, 1, 5"})
    void meanAndBoundsFollowTheGammaPosterior(double x, double expected, double mean, double concentration) {
        Row found = SPARK.range(1)
                .select(
                        GammaPoisson.mean(lit(x), lit(expected), lit(mean), lit(concentration)),
                        GammaPoisson.low(lit(x), lit(expected), lit(mean), lit(concentration)),
                        GammaPoisson.high(lit(x), lit(expected), lit(mean), lit(concentration)))
                .head();

        double shape = concentration * mean + x;
        double rate = concentration + expected;
        GammaDistribution exact = new GammaDistribution(shape, 1 / rate);
        assertThat(found.getDouble(0)).isCloseTo(exact.mean(), within(1e-9));
        assertThat(found.getDouble(1)).isCloseTo(wilsonHilferty(shape, -1.6448536269514722) / rate, within(1e-9));
        assertThat(found.getDouble(2)).isCloseTo(wilsonHilferty(shape, 1.6448536269514722) / rate, within(1e-9));
        assertThat(found.getDouble(1)).isCloseTo(exact.quantile(0.05), within(0.02 * exact.mean()));
        assertThat(found.getDouble(2)).isCloseTo(exact.quantile(0.95), within(0.02 * exact.mean()));
    }

    private static double wilsonHilferty(double shape, double deviate) {
        return shape * Math.pow(1 - 1 / (9 * shape) + deviate / (3 * Math.sqrt(shape)), 3);
    }

    @Test
    void aPriorIsNoNarrowerThanThePosteriorOfItsParent() {
        Row found = SPARK.range(1)
                .select(
                        GammaPoisson.concentration(lit(1000.0), lit(6.0)),
                        GammaPoisson.concentration(lit(1000.0), lit(GammaPoisson.CERTAIN)))
                .head();

        assertThat(found.getDouble(0)).isCloseTo(6000 / 1006.0, within(1e-9));
        assertThat(found.getDouble(1)).isCloseTo(1000, within(1e-3));
    }
}
