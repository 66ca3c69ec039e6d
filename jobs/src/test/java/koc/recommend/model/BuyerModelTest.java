package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import koc.recommend.model.BuyerModel.Example;
import org.junit.jupiter.api.Test;

class BuyerModelTest {
    private static final BuyerModel START = new BuyerModel(new double[] {0.1, 0.1, 0.1}, new double[] {1, 0.5}, 0);

    @Test
    void plantedWeightsAndExponentsAreRecovered() {
        BuyerModel planted = new BuyerModel(new double[] {0.05, 0.3, 0.0}, new double[] {0.7, 1.4}, 0);

        BuyerModel found = BuyerModel.fit(examples(planted, 100_000), START, 1);

        assertThat(found.weights()[0]).isCloseTo(0.05, within(0.01));
        assertThat(found.weights()[1]).isCloseTo(0.3, within(0.02));
        assertThat(found.weights()[2]).isCloseTo(0, within(0.01));
        assertThat(found.exponents()).containsExactly(new double[] {0.7, 1.4}, within(0.05));
    }

    @Test
    void expectedBuyersSumToObservedBuyers() {
        Example[] examples = examples(new BuyerModel(new double[] {0.2, 0.1, 0.05}, new double[] {1.2, 0}, 0), 20_000);

        BuyerModel found = BuyerModel.fit(examples, START, 0.1);

        double bought = Arrays.stream(examples).mapToDouble(Example::bought).sum();
        assertThat(Arrays.stream(examples).mapToDouble(found::expected).sum()).isCloseTo(bought, within(bought * 0.01));
    }

    @Test
    void aPartWithoutDataKeepsItsStartingWeight() {
        Example[] examples = {
            new Example(new double[] {10, 0, 0}, new double[] {1, 1}, 5),
            new Example(new double[] {20, 0, 0}, new double[] {1, 1}, 10),
        };

        BuyerModel found = BuyerModel.fit(examples, START, 0.1);

        assertThat(found.weights()[1]).isCloseTo(0.1, within(0.005));
        assertThat(found.exponents()).containsExactly(new double[] {1, 0.5}, within(1e-9));
    }

    @Test
    void withoutExamplesTheModelIsThePrior() {
        BuyerModel found = BuyerModel.fit(new Example[0], START, 20);

        assertThat(found.weights()).containsExactly(START.weights(), within(1e-12));
        assertThat(found.exponents()).containsExactly(1, 0.5);
    }

    private static Example[] examples(BuyerModel planted, int count) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double[] parts = {random.nextDouble(8), random.nextDouble(8), random.nextDouble(8)};
                    double[] affinities = {0.5 + 2 * random.nextDouble(), 0.5 + random.nextDouble()};
                    Example unlabelled = new Example(parts, affinities, 0);
                    return new Example(parts, affinities, poisson(planted.expected(unlabelled), random));
                })
                .toArray(Example[]::new);
    }

    private static double poisson(double mean, SplittableRandom random) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
