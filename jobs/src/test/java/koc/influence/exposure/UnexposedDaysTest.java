package koc.influence.exposure;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnexposedDaysTest extends SparkTest {
    @ParameterizedTest(name = "{0} exposed of {1} days, {2} ties: {3}")
    @CsvSource({"30, 100, 1, .7", "50, 10, 10, .0009765625", "28, 28, 1, .1", "0, 10, 3, 1", "5, 0, 1, 1"})
    void eachTieIsExposedByChance(double exposed, double total, double ties, double unexposed) {
        assertThat(SPARK.range(1)
                        .select(UnexposedDays.fraction(lit(exposed), lit(total), lit(ties)))
                        .head()
                        .getDouble(0))
                .isCloseTo(unexposed, within(1e-12));
    }
}
