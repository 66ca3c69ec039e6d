package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClustersTest {
    @Test
    void aPointBelongsToTheNearestCentreAndToTheFirstOfEquallyNearOnes() {
        assertThat(Clusters.assign(new double[][] {{0}, {9}, {5}}, new double[][] {{0}, {10}}))
                .containsExactly(0, 1, 0);
    }

    @Test
    void sizesCountTheLabels() {
        assertThat(Clusters.sizes(new int[] {0, 2, 2}, 4)).containsExactly(1, 0, 2, 0);
    }
}
