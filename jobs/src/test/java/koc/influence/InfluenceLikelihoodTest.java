package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smile.math.BFGS;

class InfluenceLikelihoodTest {
    private static final double[][] PLACES = {
        {0, .5, 1, 0, 1}, {.2, -3, -2, 4, -1}, {-.3, 1.5, 6, -5, 3},
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void slopesAreThoseOfTheLikelihood(long seed) {
        InfluenceLikelihood likelihood = planted(seed, 50);

        for (double[] place : PLACES) {
            double[] slopes = new double[5];
            assertThat(likelihood.g(place, slopes)).isEqualTo(likelihood.f(place));
            for (int i = 0; i < place.length; i++) {
                double step = 1e-4;
                double slope =
                        (likelihood.f(moved(place, i, step)) - likelihood.f(moved(place, i, -step))) / (2 * step);
                assertThat(slopes[i]).isCloseTo(slope, within(1e-4 * Math.max(1, Math.abs(slope))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7})
    void everyStartEndsAtTheSameOptimumAndNoStepFromItIsBetter(long seed) {
        InfluenceLikelihood likelihood = planted(seed, 500);
        double[] first = PLACES[0].clone();
        double[] second = {0, 1, 2, -1, 0};

        double lowest = BFGS.minimize(likelihood, first, 1e-10, 500);
        double again = BFGS.minimize(likelihood, second, 1e-10, 500);

        assertThat(again).isCloseTo(lowest, within(1e-6));
        assertThat(likelihood.mixture(second).firstWeight())
                .isCloseTo(likelihood.mixture(first).firstWeight(), within(1e-3));
        for (int i = 0; i < first.length; i++) {
            for (double step : new double[] {-.1, -.01, .01, .1}) {
                assertThat(likelihood.f(moved(first, i, step))).isGreaterThan(lowest - 1e-6);
            }
        }
    }

    @Test
    void numbersFarAwayStayFinite() {
        InfluenceLikelihood likelihood = planted(8, 50);

        for (int i = 0; i < 4; i++) {
            for (double far : new double[] {-600, 600}) {
                double[] place = PLACES[0].clone();
                place[i] = i == 0 ? far / 100 : far;
                double[] slopes = new double[5];
                assertThat(likelihood.g(place, slopes)).isFinite();
                for (double slope : slopes) {
                    assertThat(slope).isFinite();
                }
            }
        }
    }

    private static double[] moved(double[] place, int i, double step) {
        double[] moved = place.clone();
        moved[i] += step;
        return moved;
    }

    /** One KOC in four makes people buy three times as often. */
    private static InfluenceLikelihood planted(long seed, int kocs) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] observed = new double[kocs];
        double[] expected = new double[kocs];
        for (int i = 0; i < kocs; i++) {
            expected[i] = .2 + 12 * random.nextDouble();
            double mean = expected[i] * (random.nextInt(4) == 0 ? 2 + 2 * random.nextDouble() : 1);
            observed[i] = Math.max(0, mean + Math.sqrt(mean) * (random.nextDouble() + random.nextDouble() - 1) * 2);
        }
        return new InfluenceLikelihood(observed, expected, 1 / (.13 * .13), 1 / .09);
    }
}
