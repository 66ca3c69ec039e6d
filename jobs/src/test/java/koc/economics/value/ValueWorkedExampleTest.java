package koc.economics.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Recomputes the worked example of docs/models/value.md. */
class ValueWorkedExampleTest {
    private static final ValueModel MODEL =
            new ValueModel(new BgNbd(.243, 4.414, .793, 2.426), .1, new GammaGamma(6.25, 3.74, 15.44), 30);
    private static final double REPEATS = 2;
    private static final double RECENCY_WEEKS = 30;
    private static final double AGE_WEEKS = 38;

    @Test
    void theProbabilityToBeAlive() {
        assertThat(MODEL.aliveProbability(REPEATS, RECENCY_WEEKS, AGE_WEEKS)).isCloseTo(.7300, within(5e-5));
    }

    @Test
    void ordersOfTheNext90Days() {
        assertThat(MODEL.expectedOrders(90, REPEATS, RECENCY_WEEKS, AGE_WEEKS)).isCloseTo(.4632, within(5e-5));
    }

    @Test
    void ordersOfTheNextYear() {
        assertThat(MODEL.expectedOrders(365, REPEATS, RECENCY_WEEKS, AGE_WEEKS)).isCloseTo(1.5955, within(5e-5));
        assertThat(MODEL.discountedOrders(365, .1, REPEATS, RECENCY_WEEKS, AGE_WEEKS))
                .isCloseTo(1.5270, within(5e-5));
    }

    @Test
    void marginAndLifetimeValue() {
        double margin = MODEL.expectedMargin(REPEATS, 20);

        assertThat(margin).isCloseTo(22.74, within(.005));
        assertThat(margin * MODEL.discountedOrders(365, .1, REPEATS, RECENCY_WEEKS, AGE_WEEKS))
                .isCloseTo(34.72, within(.005));
    }

    @Test
    void theErrorOfTheLifetimeValue() {
        double orders = MODEL.ordersVariation(365, REPEATS, RECENCY_WEEKS, AGE_WEEKS);
        double margin = MODEL.marginVariation(REPEATS, 20);

        assertThat(orders).isCloseTo(.8919, within(5e-5));
        assertThat(margin).isCloseTo(.0702, within(5e-5));
        assertThat(34.72 * Math.sqrt((1 + orders) * (1 + margin) - 1)).isCloseTo(35.15, within(.005));
    }
}
