package koc.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smile.math.DifferentiableMultivariateFunction;
import smile.math.special.Gamma;

class MinimumTest {
    /** ln Γ(e^x) + ln Γ(e^-x), which is undefined where e^x is infinite; its minimum is at 0. */
    private static final DifferentiableMultivariateFunction LOG_GAMMAS = new DifferentiableMultivariateFunction() {
        @Override
        public double f(double[] x) {
            return Gamma.lgamma(Math.exp(x[0])) + Gamma.lgamma(Math.exp(-x[0]));
        }

        @Override
        public double g(double[] x, double[] gradient) {
            double up = Math.exp(x[0]);
            double down = Math.exp(-x[0]);
            gradient[0] = up * Gamma.digamma(up) - down * Gamma.digamma(down);
            return f(x);
        }
    };

    /** From 8 on, the first step leads to -100 or further: as far as Smile goes at once. */
    @ParameterizedTest
    @ValueSource(doubles = {-12, -8, -1, .5, 8, 12})
    void theMinimumIsFoundEvenIfAStepOvershoots(double start) {
        double[] point = {start};

        double value = Minimum.find(LOG_GAMMAS, point, 1e-9, 500);

        assertThat(point[0]).isCloseTo(0, within(1e-4));
        assertThat(value).isCloseTo(0, within(1e-8));
    }

    /** -x, as a function that overflows where e^x does. */
    @Test
    void aFunctionWithoutMinimumEndsWithinTheBounds() {
        DifferentiableMultivariateFunction downhill = new DifferentiableMultivariateFunction() {
            @Override
            public double f(double[] x) {
                return Math.exp(x[0]) == Double.POSITIVE_INFINITY ? Double.NaN : -x[0];
            }

            @Override
            public double g(double[] x, double[] gradient) {
                gradient[0] = -1;
                return f(x);
            }
        };
        double[] point = {1};

        Minimum.find(downhill, point, 1e-9, 500);

        assertThat(point[0]).isBetween(50.0, 100.0);
    }
}
