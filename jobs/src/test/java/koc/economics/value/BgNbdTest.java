package koc.economics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import smile.math.DifferentiableMultivariateFunction;

class BgNbdTest {
    private static final BgNbd CDNOW = new BgNbd(.243, 4.414, .793, 2.426);

    @Test
    void theExampleOfTheSource() {
        assertThat(CDNOW.expectedOrders(39, 2, 30.43, 38.86)).isCloseTo(1.226, within(.0005));
    }

    @Test
    void theDeviationOfTheExample() {
        assertThat(CDNOW.squaredVariation(39, 2, 30.43, 38.86)).isCloseTo(.898, within(.0005));
    }

    @Test
    void theDeviationIsRightWhereMostCustomersStopAlike() {
        // Reference values: 100,000 steps in logit p.
        assertThat(new BgNbd(1, 10, 5, 45).squaredVariation(52, 0, 0, 20)).isCloseTo(.7664, within(.0005));
        assertThat(new BgNbd(1.2, 6, 2, 20).squaredVariation(52, 0, 0, 20)).isCloseTo(.6485, within(.0005));
        assertThat(new BgNbd(1, 10, .5, 2).squaredVariation(52, 1, 20, 20))
                .isCloseTo(new BgNbd(1, 10, .4999, 2).squaredVariation(52, 1, 20, 20), within(.001));
    }

    @Test
    void aVeryLargeParameterHasTheForecastOfALargeOne() {
        for (double a : new double[] {300, 1_000, 1e6}) {
            assertThat(new BgNbd(1, 10, a, 9 * a).expectedOrders(52, 0, 0, 20))
                    .isCloseTo(new BgNbd(1, 10, 100, 900).expectedOrders(52, 0, 0, 20), within(.01));
        }
    }

    @Test
    void shortAheadTheTrueOrdersDeviateAsTheRatesOfTheGammaDistribution() {
        // The variance of a Gamma distribution of shape r is 1 / r times the square of its mean.
        assertThat(CDNOW.squaredVariation(1e-6, 0, 0, 0)).isCloseTo(1 / .243, within(1e-4));
        assertThat(CDNOW.squaredVariation(0, 2, 30, 38)).isZero();
    }

    @Test
    void manyOrdersLeaveLessDoubt() {
        assertThat(CDNOW.squaredVariation(39, 30, 38, 38.86))
                .isPositive()
                .isLessThan(CDNOW.squaredVariation(39, 2, 38, 38.86));
        assertThat(CDNOW.squaredVariation(39, 100_000, 38.86, 38.86)).isBetween(0.0, 1.0);
    }

    @Test
    void whoeverHasStoppedBeyondDoubtHasAFiniteDeviation() {
        assertThat(CDNOW.squaredVariation(39, 5_000, 5, 38.86)).isFinite();
    }

    @Test
    void aCustomerWithoutRepeatOrdersIsAlwaysAlive() {
        assertThat(CDNOW.aliveProbability(0, 0, 38)).isEqualTo(1);
    }

    @Test
    void aFrequentCustomerWhoIsSilentHasMostLikelyStopped() {
        double active = CDNOW.aliveProbability(10, 38, 38.86);
        double silent = CDNOW.aliveProbability(10, 15, 38.86);

        assertThat(active).isGreaterThan(.8);
        assertThat(silent).isLessThan(.1);
    }

    @Test
    void expectedOrdersGrowWithTimeAndSlowDown() {
        double near = CDNOW.expectedOrdersOfNewCustomer(10);
        double far = CDNOW.expectedOrdersOfNewCustomer(20);

        assertThat(CDNOW.expectedOrdersOfNewCustomer(0)).isZero();
        assertThat(far).isGreaterThan(near).isLessThan(2 * near);
    }

    @Test
    void shortAheadTheRateIsThatOfTheGammaDistribution() {
        assertThat(CDNOW.expectedOrdersOfNewCustomer(1e-6) / 1e-6).isCloseTo(.243 / 4.414, within(1e-6));
    }

    @Test
    void aParameterOfOneIsTheLimitOfItsNeighbours() {
        double one = new BgNbd(.243, 4.414, 1, 2.426).expectedOrders(39, 2, 30.43, 38.86);

        assertThat(one)
                .isBetween(
                        new BgNbd(.243, 4.414, 1.001, 2.426).expectedOrders(39, 2, 30.43, 38.86),
                        new BgNbd(.243, 4.414, .999, 2.426).expectedOrders(39, 2, 30.43, 38.86));
    }

    @Test
    void theHypergeometricFunctionHasItsClosedForms() {
        // F(1, 1; 2; z) = -ln(1 - z) / z and F(a, b; b; z) = (1 - z)^-a.
        assertThat(BgNbd.hypergeometric(1, 1, 2, .5)).isCloseTo(2 * Math.log(2), within(1e-12));
        assertThat(BgNbd.hypergeometric(.3, 2, 2, .9)).isCloseTo(Math.pow(.1, -.3), within(1e-10));
    }

    @Test
    void theGradientOfTheLikelihoodIsItsSlope() {
        PurchaseHistories histories = new PurchaseHistories(
                new double[] {0, 1, 4, 12}, new double[] {0, 5, 20, 38}, new double[] {30, 33, 35, 39}, new double[] {
                    50, 20, 10, 3
                });
        assertSlopes(new BgNbdLikelihood(histories), .1, 1.2, -.3, .6);
    }

    @Test
    void theGradientOfTheLikelihoodOfValuesIsItsSlope() {
        assertSlopes(
                new GammaGammaLikelihood(new double[] {1, 2, 9}, new double[] {12, 30.5, 18}, new double[] {4, 2, 1}),
                1.5,
                .9,
                2.2);
    }

    private static void assertSlopes(DifferentiableMultivariateFunction function, double... point) {
        double[] gradient = new double[point.length];
        function.g(point, gradient);
        for (int j = 0; j < point.length; j++) {
            double[] above = point.clone();
            double[] below = point.clone();
            above[j] += 1e-5;
            below[j] -= 1e-5;
            double slope = (function.f(above) - function.f(below)) / 2e-5;
            assertThat(gradient[j]).isCloseTo(slope, within(1e-6));
        }
    }
}
