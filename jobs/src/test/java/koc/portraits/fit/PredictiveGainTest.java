package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

class PredictiveGainTest {
    private static final PortraitSample SAMPLE = new PortraitSample(
            List.of("tea", "coffee"),
            List.of(user(10, 0, 1, 0), user(10, 0, 0, 0), user(0, 10, 0, 1), user(0, 10, 0, 0)),
            4);

    @Test
    void portraitsThatPredictTheNextCategoryGain() {
        // The portrait has 20 purchases of tea, smoothed with 10 at half tea: 25 of 30, against 1 of 2.
        assertThat(PredictiveGain.compute(SAMPLE, new int[] {0, 0, 1, 1}, 2))
                .isCloseTo(Math.log(25 / 30.0 / 0.5), within(1e-12));
    }

    @Test
    void onePortraitGainsNothing() {
        assertThat(PredictiveGain.compute(SAMPLE, new int[4], 1)).isZero();
    }

    @Test
    void withoutPurchasesThereIsNoGain() {
        PortraitSample noPurchases =
                new PortraitSample(SAMPLE.categories(), SAMPLE.users().subList(1, 2), 1);

        assertThat(PredictiveGain.compute(noPurchases, new int[] {0}, 1)).isZero();
    }

    private static PortraitSample.User user(double tea, double coffee, double nextTea, double nextCoffee) {
        return new PortraitSample.User(
                new Double[0], new double[] {tea, coffee}, tea + coffee, new double[] {nextTea, nextCoffee});
    }
}
