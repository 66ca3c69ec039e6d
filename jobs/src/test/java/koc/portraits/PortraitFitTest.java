package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import koc.SparkTest;
import org.junit.jupiter.api.Test;

class PortraitFitTest extends SparkTest {
    private static final ModelSettings SETTINGS = ModelSettings.from(DEFAULTS);

    /** Six planted tastes over nine categories: each has one of its own, all like the last three. */
    private static final PortraitSample PLANTED = planted(1);

    private static PortraitSample planted(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> categories = List.of("a", "b", "c", "d", "e", "f", "x", "y", "z");
        List<PortraitSample.User> users = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            double[] weights = new double[9];
            double[] next = new double[9];
            for (int purchase = 0; purchase < 30; purchase++) {
                int category = random.nextDouble() < 0.6 ? i % 6 : 6 + random.nextInt(3);
                weights[category]++;
                next[random.nextDouble() < 0.6 ? i % 6 : 6 + random.nextInt(3)] += 0.2;
            }
            Double[] numbers = new Double[Scaling.NUMBERS.size()];
            Arrays.fill(numbers, random.nextDouble());
            users.add(new PortraitSample.User(numbers, weights, 30, next));
        }
        return new PortraitSample(categories, users, 600);
    }

    @Test
    void thePlantedNumberOfPortraitsWinsAndEachIsStable() {
        PortraitFit.Outcome outcome = PortraitFit.fit(PLANTED, SETTINGS);

        assertThat(outcome.chosen().portraits()).isEqualTo(6);
        assertThat(outcome.chosen().minStability()).isGreaterThan(0.9);
        double[][] data = PLANTED.users().stream()
                .map(user -> outcome.scaling().vector(user, PLANTED.categories()))
                .toArray(double[][]::new);
        int[] labels = PortraitFit.assign(data, outcome.chosen().centres());
        for (int i = 6; i < labels.length; i++) {
            assertThat(labels[i]).isEqualTo(labels[i % 6]);
        }
    }

    @Test
    void equalSamplesGiveEqualModels() {
        PortraitFit.Outcome once = PortraitFit.fit(PLANTED, SETTINGS);
        PortraitFit.Outcome again = PortraitFit.fit(planted(1), SETTINGS);

        assertThat(again.chosen().centres()).isDeepEqualTo(once.chosen().centres());
        assertThat(again.chosen().stabilities()).isEqualTo(once.chosen().stabilities());
    }

    @Test
    void overlapIsOneForEqualClustersWhateverTheirNumbers() {
        assertThat(PortraitFit.bestOverlaps(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0}, 2, 2))
                .containsExactly(1, 1);
        assertThat(PortraitFit.bestOverlaps(new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1}, 2, 2))
                .containsExactly(0.5, 2 / 3.0);
    }

    @Test
    void silhouetteIsThePublishedRatio() {
        // Points 0, 1 and 10, 11 on a line: (10 - 1) / 10 or (11 - 1) ... for each.
        double[][] distances = {{0, 1, 10, 11}, {1, 0, 9, 10}, {10, 9, 0, 1}, {11, 10, 1, 0}};

        assertThat(PortraitFit.silhouette(distances, new int[] {0, 0, 1, 1}, 2))
                .isCloseTo((2 * (9.5 / 10.5) + 2 * (8.5 / 9.5)) / 4, within(1e-9));
    }

    @Test
    void aHandfulOfUsersIsOnePortrait() {
        PortraitSample few =
                new PortraitSample(PLANTED.categories(), PLANTED.users().subList(0, 8), 8);

        assertThat(PortraitFit.fit(few, SETTINGS).chosen().portraits()).isEqualTo(1);
    }
}
