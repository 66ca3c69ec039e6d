package koc.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleQuantileTest {
    @Test
    void valuesBetweenTheSortedOnesAreInProportion() {
        double[] sorted = {1, 2, 4, 8};

        assertThat(SampleQuantile.compute(sorted, .5)).isEqualTo(3);
        assertThat(SampleQuantile.compute(sorted, .9)).isCloseTo(6.8, within(1e-12));
        assertThat(SampleQuantile.compute(sorted, 0)).isEqualTo(1);
        assertThat(SampleQuantile.compute(sorted, 1)).isEqualTo(8);
        assertThat(SampleQuantile.compute(new double[] {7}, .3)).isEqualTo(7);
    }
}
