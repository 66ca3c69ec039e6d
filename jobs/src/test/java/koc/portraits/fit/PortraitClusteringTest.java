package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import koc.SparkTest;
import koc.portraits.CategoryBaskets;
import koc.portraits.sample.PortraitSample;
import org.junit.jupiter.api.Test;

class PortraitClusteringTest extends SparkTest {
    private static final ModelSettings SETTINGS = ModelSettings.from(DEFAULTS);

    /** Six planted preferences over nine categories: each prefers one of the first six, all buy from the last three. */
    private static final PortraitSample PLANTED = planted(1);

    private static PortraitSample planted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> categories = List.of("a", "b", "c", "d", "e", "f", "x", "y", "z");
        List<PortraitSample.User> users = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            double[] attention = new double[9];
            double[] holdoutPurchases = new double[9];
            for (int purchase = 0; purchase < 30; purchase++) {
                int category = random.nextDouble() < 0.6 ? i % 6 : 6 + random.nextInt(3);
                attention[category]++;
                holdoutPurchases[random.nextDouble() < 0.6 ? i % 6 : 6 + random.nextInt(3)] += 0.2;
            }
            Double[] numbers = new Double[Scaling.NUMBERS.size()];
            Arrays.fill(numbers, random.nextDouble());
            users.add(new PortraitSample.User(numbers, attention, 30, holdoutPurchases));
        }
        return new PortraitSample(categories, users, 600);
    }

    private static PortraitClustering.Outcome fit(PortraitSample sample) {
        return fit(sample, SETTINGS);
    }

    private static PortraitClustering.Outcome fit(PortraitSample sample, ModelSettings settings) {
        return new PortraitClustering(sample, CategoryBaskets.of(sample), settings).vote();
    }

    @Test
    void thePlantedNumberOfPortraitsWinsAndEachIsStable() {
        PortraitClustering.Outcome outcome = fit(PLANTED);

        assertThat(outcome.chosen().portraits()).isEqualTo(6);
        assertThat(outcome.chosen().minStability()).isGreaterThan(0.9);
        double[][] data = PLANTED.users().stream()
                .map(user -> outcome.scaling().vector(user, PLANTED.categories()))
                .toArray(double[][]::new);
        int[] labels = Clusters.assign(data, outcome.chosen().centres());
        for (int i = 6; i < labels.length; i++) {
            assertThat(labels[i]).isEqualTo(labels[i % 6]);
        }
    }

    @Test
    void equalSamplesGiveEqualModels() {
        PortraitClustering.Outcome once = fit(PLANTED);
        PortraitClustering.Outcome again = fit(planted(1));

        assertThat(again.chosen().centres()).isDeepEqualTo(once.chosen().centres());
        assertThat(again.chosen().stabilities()).isEqualTo(once.chosen().stabilities());
    }

    @Test
    void portraitsThatPredictNothingAreReplacedByOne() {
        SplittableRandom random = new SplittableRandom(2);
        List<PortraitSample.User> users = PLANTED.users().stream()
                .map(user -> new PortraitSample.User(
                        user.numbers(),
                        user.categoryAttention(),
                        user.attention(),
                        random.ints(9, 0, 4).asDoubleStream().toArray()))
                .toList();

        PortraitSample unpredictable = new PortraitSample(PLANTED.categories(), users, 600);
        PortraitClustering.Outcome outcome = fit(unpredictable);
        PortraitClustering.Outcome withOneTried =
                fit(unpredictable, ModelSettings.from(config("koc.portraits.min-portraits=1")));

        assertThat(outcome.isUseful()).isFalse();
        assertThat(outcome.chosen().portraits()).isEqualTo(1);
        assertThat(withOneTried.chosen().portraits()).isEqualTo(1);
        assertThat(withOneTried.candidates())
                .extracting(PortraitClustering.Candidate::portraits)
                .doesNotHaveDuplicates();
    }

    @Test
    void fewerThanTwentyUsersAreOnePortrait() {
        PortraitSample eightUsers =
                new PortraitSample(PLANTED.categories(), PLANTED.users().subList(0, 8), 8);

        assertThat(fit(eightUsers).chosen().portraits()).isEqualTo(1);
    }
}
