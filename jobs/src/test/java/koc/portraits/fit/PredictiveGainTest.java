package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import koc.portraits.CategoryBaskets;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductBaskets.Basket;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

class PredictiveGainTest {
    private static final PortraitSample SAMPLE = new PortraitSample(
            List.of("tea", "coffee"),
            List.of(user(10, 0, 1, 0), user(10, 0, 1, 0), user(0, 10, 0, 1), user(0, 10, 0, 1)),
            4);

    @Test
    void portraitsThatPredictTheNextProductGain() {
        // The other user in the portrait pays attention 10 of 10 to tea, all others 10 of 30. Smoothed with 10: 13.3 of
        // 20,
        // against 1 of 3.
        assertThat(PredictiveGain.compute(CategoryBaskets.of(SAMPLE), new int[] {0, 0, 1, 1}, 2)
                        .mean())
                .isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void onePortraitGainsNothing() {
        assertThat(PredictiveGain.compute(CategoryBaskets.of(SAMPLE), new int[4], 1)
                        .mean())
                .isZero();
    }

    @Test
    void smoothingThatIsBestForOneHalfOfTheUsersIsUsedForTheOther() {
        // For the first and third user nothing is gained, so the others, who buy what their portrait likes, gain
        // nothing.
        PortraitSample sample = new PortraitSample(
                List.of("tea", "coffee"),
                List.of(user(10, 0, 0, 1), user(10, 0, 1, 0), user(0, 10, 1, 0), user(0, 10, 0, 1)),
                4);

        PredictiveGain gain = PredictiveGain.compute(CategoryBaskets.of(sample), new int[] {0, 0, 1, 1}, 2);

        assertThat(gain.nats()[1]).isZero();
        assertThat(gain.nats()[0]).isEqualTo(Math.log(0.5), within(1e-12));
        assertThat(gain.isSure()).isFalse();
    }

    @Test
    void aGainIsSureWhenManyUsersAgree() {
        PredictiveGain gain = new PredictiveGain(new double[] {1, 1, 0.5, 1}, new double[] {1, 1, 1, 1});

        assertThat(gain.isSure()).isTrue();
        assertThat(gain.isSurelyAbove(new PredictiveGain(new double[] {2, 0, 1, 0}, gain.purchases())))
                .isFalse();
    }

    @Test
    void usersWhoBuyTheirOwnProductsAgainDoNotMakeRandomPortraitsUseful() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> products =
                IntStream.range(0, 1000).mapToObj(product -> "p" + product).toList();
        List<Basket> users = IntStream.range(0, 2000)
                .mapToObj(user -> new Basket(new int[] {user % 1000}, new double[] {10}, new double[] {1}))
                .toList();
        int[] labels = random.ints(2000, 0, 4).toArray();

        PredictiveGain gain = PredictiveGain.compute(new ProductBaskets(products, users), labels, 4);

        assertThat(gain.buyers()).isEqualTo(2000);
        assertThat(gain.isSure()).isFalse();
    }

    @Test
    void aProductThatNobodyElseKnowsDoesNotCount() {
        ProductBaskets baskets = new ProductBaskets(
                List.of("tea", "coffee"),
                List.of(
                        new Basket(new int[] {0}, new double[] {10}, new double[] {1}),
                        new Basket(new int[] {1}, new double[] {10}, new double[] {1})));

        assertThat(PredictiveGain.compute(baskets, new int[] {0, 1}, 2).buyers())
                .isZero();
    }

    @Test
    void withoutPurchasesThereIsNoGain() {
        PortraitSample noPurchases =
                new PortraitSample(SAMPLE.categories(), SAMPLE.users().subList(1, 2), 1);

        assertThat(PredictiveGain.compute(CategoryBaskets.of(noPurchases), new int[] {0}, 1)
                        .mean())
                .isZero();
    }

    private static PortraitSample.User user(double tea, double coffee, double nextTea, double nextCoffee) {
        return new PortraitSample.User(
                new Double[0], new double[] {tea, coffee}, tea + coffee, new double[] {nextTea, nextCoffee});
    }
}
