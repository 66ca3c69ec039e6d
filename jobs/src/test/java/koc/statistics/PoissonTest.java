package koc.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PoissonTest {
    @Test
    void probabilitiesAddUpToThoseOfTheTables() {
        double[] cumulative = Poisson.cumulative(1, 10);

        assertThat(cumulative)
                .containsExactly(
                        new double[] {
                            0.36787944117144233,
                            0.7357588823428847,
                            0.9196986029286058,
                            0.9810118431238462,
                            0.9963401531726563,
                            0.9994058151824183,
                            0.9999167588507119,
                            0.9999897508033253,
                            0.999998874797402,
                            0.9999998885745217
                        },
                        within(1e-15));
        assertThat(Poisson.cumulative(2.5, 60)[59]).isCloseTo(1, within(1e-12));
    }

    @Test
    void theWorkedNumberOfTheDocumentation() {
        assertThat(Poisson.logProbability(3, 2)).isCloseTo(3 * Math.log(2) - 2, within(1e-15));
        assertThat(Poisson.logProbability(0, 0)).isZero();
    }
}
