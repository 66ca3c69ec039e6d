package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SilhouetteTest {
    private static final double[][] LINE = {{0}, {1}, {10}, {11}};

    @Test
    void theMeanIsThePublishedRatio() {
        // The outer points have a = 1 and b = 10.5, the inner points a = 1 and b = 9.5.
        assertThat(new Silhouette(LINE).mean(new int[] {0, 0, 1, 1}, 2))
                .isCloseTo((2 * (9.5 / 10.5) + 2 * (8.5 / 9.5)) / 4, within(1e-12));
    }

    @Test
    void aSingleClusterHasNone() {
        assertThat(new Silhouette(LINE).mean(new int[4], 1)).isZero();
    }

    @Test
    void aPointAloneInItsClusterCountsZero() {
        // The points 0 and 1 have a = 1, and b = 10 and 9.
        assertThat(new Silhouette(new double[][] {{0}, {1}, {10}}).mean(new int[] {0, 0, 1}, 2))
                .isCloseTo((9.0 / 10 + 8.0 / 9) / 3, within(1e-12));
    }
}
