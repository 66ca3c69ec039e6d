package koc.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smile.math.special.Gamma;

class NegativeBinomialTest {
    @Test
    void theWorkedNumberOfTheDocumentation() {
        assertThat(NegativeBinomial.logProbability(3, 4, 2, 2) - Gamma.lgamma(4))
                .isCloseTo(-2.0273255405408217, within(1e-12));
    }

    @Test
    void probabilitiesOfAllCountsSumToOne() {
        double sum = 0;
        for (int count = 0; count < 400; count++) {
            sum += Math.exp(NegativeBinomial.logProbability(count, 3, .7, 1.4) - Gamma.lgamma(count + 1.0));
        }

        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 2, 2", "5, 3, .4, 1", "12.5, 4, 59, 50", "0, 0, 2, 1"})
    void slopesAreThoseOfTheLogarithm(double count, double expected, double shape, double rate) {
        double step = 1e-4;

        assertThat(NegativeBinomial.slopeOfShape(count, expected, shape, rate))
                .isCloseTo(
                        (NegativeBinomial.logProbability(count, expected, shape + step, rate)
                                        - NegativeBinomial.logProbability(count, expected, shape - step, rate))
                                / (2 * step),
                        within(1e-6));
        assertThat(NegativeBinomial.slopeOfRate(count, expected, shape, rate))
                .isCloseTo(
                        (NegativeBinomial.logProbability(count, expected, shape, rate + step)
                                        - NegativeBinomial.logProbability(count, expected, shape, rate - step))
                                / (2 * step),
                        within(1e-6));
    }
}
