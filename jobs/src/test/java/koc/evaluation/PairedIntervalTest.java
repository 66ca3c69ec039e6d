package koc.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedIntervalTest {
    /** Differences .05 and .15 in turn: the mean .1, its standard error .05 / sqrt(100). */
    private static final double[] HUNDRED =
            IntStream.range(0, 100).mapToDouble(koc -> koc % 2 == 0 ? .05 : .15).toArray();

    @Test
    void withoutKocsThereIsNoDifference() {
        assertThat(PairedInterval.of(new double[0])).isEqualTo(new PairedInterval(0, 0, 0));
    }

    @Test
    void theIntervalIsAboutTwoStandardErrorsToEachSide() {
        PairedInterval interval = PairedInterval.of(HUNDRED);

        assertThat(interval.mean()).isCloseTo(.1, within(1e-12));
        assertThat(interval.low()).isCloseTo(.1 - 1.96 * .005, within(.001));
        assertThat(interval.high()).isCloseTo(.1 + 1.96 * .005, within(.001));
    }

    @Test
    void anIntervalOnOneSideOfZeroIsSure() {
        assertThat(PairedInterval.of(HUNDRED).verdict()).isEqualTo("surely better");
        assertThat(PairedInterval.of(Arrays.stream(HUNDRED).map(value -> -value).toArray())
                        .verdict())
                .isEqualTo("surely worse");
    }

    @Test
    void anIntervalAroundZeroIsEven() {
        assertThat(PairedInterval.of(new double[] {-1, 1, -1, 1, -1, 1}).verdict())
                .isEqualTo("even");
    }
}
