package koc.statistics;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
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
    void aPlantedConcentrationIsRecovered() {
        // 4,000 lifts drawn from Gamma(3, 3), each seen through a Poisson count around 5 x lift.
        SplittableRandom random = new SplittableRandom(7);
        double[] counts = new double[4000];
        double[] expected = new double[counts.length];
        double[] means = new double[counts.length];
        double[] evidence = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            double lift =
                    -(Math.log(random.nextDouble()) + Math.log(random.nextDouble()) + Math.log(random.nextDouble()))
                            / 3;
            expected[i] = 5;
            means[i] = 1;
            evidence[i] = GammaPoisson.CERTAIN;
            counts[i] = poisson(5 * lift, random);
        }

        assertThat(GammaPoisson.fit(counts, expected, means, evidence).concentration())
                .isCloseTo(3, within(0.3));
    }

    @Test
    void theFitMaximizesTheLikelihood() {
        SplittableRandom random = new SplittableRandom(11);
        double[] counts = new double[300];
        double[] expected = new double[counts.length];
        double[] means = new double[counts.length];
        double[] evidence = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            expected[i] = .1 + 4 * random.nextDouble();
            means[i] = i % 50 == 0 ? 0 : .5 + random.nextDouble();
            evidence[i] = i % 3 == 0 ? GammaPoisson.CERTAIN : 1 + 30 * random.nextDouble();
            counts[i] = poisson(expected[i] * means[i] * -Math.log(random.nextDouble()), random);
        }

        GammaPoisson.Prior prior = GammaPoisson.fit(counts, expected, means, evidence);

        for (double factor = .05; factor < 30; factor *= 1.1) {
            double other = Math.max(.05, Math.min(1000, prior.concentration() * factor));
            assertThat(GammaPoisson.logLikelihood(other, counts, expected, means, evidence))
                    .isLessThanOrEqualTo(prior.logLikelihood() + 1e-9);
        }
        assertThat(prior.logLikelihood())
                .isEqualTo(GammaPoisson.logLikelihood(prior.concentration(), counts, expected, means, evidence));
    }

    @Test
    void theConcentrationStaysWithinItsBounds() {
        double[] equalCounts = new double[100];
        double[] oneLargeCount = new double[100];
        double[] ones = new double[100];
        double[] expected = new double[100];
        double[] certain = new double[100];
        Arrays.fill(equalCounts, 2);
        oneLargeCount[7] = 400;
        Arrays.fill(ones, 1);
        Arrays.fill(expected, 2);
        Arrays.fill(certain, GammaPoisson.CERTAIN);

        assertThat(GammaPoisson.fit(equalCounts, expected, ones, certain).concentration())
                .isEqualTo(1000);
        assertThat(GammaPoisson.fit(oneLargeCount, expected, ones, certain).concentration())
                .isEqualTo(.05);
    }

    @Test
    void aPriorIsNoNarrowerThanThePosteriorOfItsParent() {
        GammaPoisson.Prior prior = new GammaPoisson.Prior(1000, 1, 0);

        Row found = SPARK.range(1)
                .select(
                        GammaPoisson.concentration(prior, lit(6.0)),
                        GammaPoisson.concentration(prior, lit(GammaPoisson.CERTAIN)))
                .head();

        assertThat(found.getDouble(0)).isCloseTo(6000 / 1006.0, within(1e-9));
        assertThat(found.getDouble(1)).isCloseTo(1000, within(1e-3));
    }

    private static double poisson(double mean, SplittableRandom random) {
        double product = random.nextDouble();
        int count = 0;
        while (product > Math.exp(-mean)) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
