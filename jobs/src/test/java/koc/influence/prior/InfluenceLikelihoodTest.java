package koc.influence.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smile.math.BFGS;

class InfluenceLikelihoodTest {
    private static final double[][] PARAMETERS = {
        {0, .5, 1, 0, 1}, {.2, -3, -2, 4, -1}, {-.3, 1.5, 6, -5, 3},
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theGradientIsThatOfTheLikelihood(long seed) {
        InfluenceLikelihood likelihood = planted(seed, 50);

        for (double[] parameters : PARAMETERS) {
            double[] gradient = new double[5];
            assertThat(likelihood.g(parameters, gradient)).isEqualTo(likelihood.f(parameters));
            for (int i = 0; i < parameters.length; i++) {
                double step = 1e-4;
                double slope = (likelihood.f(moved(parameters, i, step)) - likelihood.f(moved(parameters, i, -step)))
                        / (2 * step);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-4 * Math.max(1, Math.abs(slope))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7})
    void everyStartEndsAtTheSameMinimum(long seed) {
        InfluenceLikelihood likelihood = planted(seed, 500);
        double[] first = PARAMETERS[0].clone();
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
    void extremeParametersStayFinite() {
        InfluenceLikelihood likelihood = planted(8, 50);

        for (int i = 0; i < 4; i++) {
            for (double far : new double[] {-600, 600}) {
                double[] parameters = PARAMETERS[0].clone();
                parameters[i] = i == 0 ? far / 100 : far;
                double[] gradient = new double[5];
                assertThat(likelihood.g(parameters, gradient)).isFinite();
                for (double slope : gradient) {
                    assertThat(slope).isFinite();
                }
            }
        }
    }

    private static double[] moved(double[] parameters, int i, double step) {
        double[] moved = parameters.clone();
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
