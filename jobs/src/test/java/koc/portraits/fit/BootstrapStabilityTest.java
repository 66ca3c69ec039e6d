package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import koc.config.Configuration;
import org.junit.jupiter.api.Test;

class BootstrapStabilityTest {
    private static final ModelSettings SETTINGS = ModelSettings.from(Configuration.load(null, List.of()));

    @Test
    void equalClustersOverlapFullyWhateverTheirLabels() {
        assertThat(BootstrapStability.bestOverlaps(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0}, 2))
                .containsExactly(1, 1);
    }

    @Test
    void overlapIsCommonPointsOverAllPointsOfBothClusters() {
        assertThat(BootstrapStability.bestOverlaps(new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1}, 2))
                .containsExactly(0.5, 2 / 3.0);
    }

    @Test
    void wellSeparatedClustersAreStableAndCutOnesAreNot() {
        double[][] points = new double[40][];
        int[] separated = new int[40];
        int[] cut = new int[40];
        for (int i = 0; i < 40; i++) {
            points[i] = new double[] {(i % 2) * 100 + i / 2};
            separated[i] = i % 2;
            cut[i] = i / 20;
        }
        BootstrapStability stability = BootstrapStability.draw(points, SETTINGS);

        assertThat(stability.compute(separated, 2)).containsExactly(1, 1);
        assertThat(Arrays.stream(stability.compute(cut, 2))).allMatch(overlap -> overlap < 0.5);
    }
}
