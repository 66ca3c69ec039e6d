package koc.statistics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GammaMixtureTest extends SparkTest {
    private static final GammaMixture HALVES = new GammaMixture(.5, 2, 2, 8, 2);

    @Test
    void theWorkedNumbersOfTheDocumentation() {
        GammaMixture posterior = HALVES.posterior(12, 4);

        assertThat(posterior.firstWeight()).isCloseTo(.15830618892508158, within(1e-12));
        assertThat(posterior.firstShape()).isEqualTo(14);
        assertThat(posterior.secondRate()).isEqualTo(6);
        assertThat(posterior.mean()).isCloseTo(3.1750271444082516, within(1e-12));
    }

    /** Roots of SciPy's distribution functions. */
    @ParameterizedTest
    @CsvSource({
        ".15830618892508158, 14, 6, 20, 6, .05, 1.8880212503480935",
        ".15830618892508158, 14, 6, 20, 6, .95, 4.570590830499946",
        ".9, 59, 59, 3, 1.5, .05, .7874321683251249",
        ".9, 59, 59, 3, 1.5, .95, 1.7827157039795727",
        ".3, .5, .5, 20, 2.5, .05, .04428010910576004",
        ".3, .5, .5, 20, 2.5, .95, 10.763149760757512",
    })
    void quantilesAreThoseOfTheMixture(
            double weight, double shape, double rate, double shape2, double rate2, double level, double expected) {
        GammaMixture mixture = new GammaMixture(weight, shape, rate, shape2, rate2);

        assertThat(mixture.quantile(level)).isCloseTo(expected, within(2e-8 * expected));
    }

    @Test
    void aMixtureOfOneIsThatOne() {
        double single = GammaQuantile.compute(14, 6, .05);

        assertThat(new GammaMixture(.4, 14, 6, 14, 6).quantile(.05)).isEqualTo(single);
        assertThat(new GammaMixture(1, 14, 6, 200, 6).quantile(.05)).isCloseTo(single, within(1e-7));
        assertThat(new GammaMixture(0, 200, 6, 14, 6).quantile(.05)).isCloseTo(single, within(1e-7));
    }

    @Test
    void moreEvidenceNarrowsTheIntervalAroundTheMean() {
        double before = Double.MAX_VALUE;
        for (double evidence = 1; evidence < 1e6; evidence *= 4) {
            GammaMixture posterior = HALVES.posterior(2 * evidence, evidence);
            double width = posterior.quantile(.95) - posterior.quantile(.05);

            assertThat(posterior.mean()).isBetween(posterior.quantile(.05), posterior.quantile(.95));
            assertThat(width).isLessThan(before);
            before = width;
        }
    }

    @Test
    void everyRowGetsTheIntervalOfItsCounts() {
        for (Row row : SPARK.range(30)
                .repartition(3)
                .selectExpr("id * 1.5D AS count", "id / 4D AS expected")
                .withColumn("interval", GammaMixture.interval(HALVES, col("count"), col("expected")))
                .select("count", "expected", "interval.lift", "interval.low", "interval.high")
                .collectAsList()) {
            GammaMixture posterior = HALVES.posterior(row.getDouble(0), row.getDouble(1));

            assertThat(row.getDouble(2)).isEqualTo(posterior.mean());
            assertThat(row.getDouble(3)).isEqualTo(posterior.quantile(.05));
            assertThat(row.getDouble(4)).isEqualTo(posterior.quantile(.95));
        }
    }
}
