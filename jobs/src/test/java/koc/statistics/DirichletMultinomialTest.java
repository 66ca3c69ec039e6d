package koc.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import koc.statistics.DirichletMultinomial.Counts;
import org.junit.jupiter.api.Test;

class DirichletMultinomialTest {
    /** Fractions of the buyers of a group by portrait: one portrait makes most purchases. */
    private static final double[] FRACTIONS = {.7, .2, .1};

    @Test
    void theWorkedNumberOfTheDocumentation() {
        Counts pairs =
                new Counts(new double[] {2}, new double[] {2}, new double[] {.5}, new double[] {GammaPoisson.CERTAIN});

        assertThat(Math.exp(DirichletMultinomial.logLikelihood(2, pairs))).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void aPlantedConcentrationIsRecovered() {
        assertThat(DirichletMultinomial.fit(draw(3000, 20, 40)).concentration()).isBetween(34.0, 47.0);
        assertThat(DirichletMultinomial.fit(draw(3000, 8, 5)).concentration()).isBetween(4.5, 5.6);
    }

    @Test
    void theFitMaximizesTheLikelihood() {
        Counts pairs = draw(200, 12, 10);

        DirichletMultinomial.Prior prior = DirichletMultinomial.fit(pairs);

        for (double factor = .1; factor < 10; factor *= 1.1) {
            assertThat(DirichletMultinomial.logLikelihood(prior.concentration() * factor, pairs))
                    .isLessThanOrEqualTo(prior.logLikelihood() + 1e-9);
        }
    }

    @Test
    void theConcentrationStaysWithinItsBounds() {
        double[] ones = {1, 1};
        double[] halves = {.5, .5};
        double[] twos = {2, 2};
        double[] certain = {GammaPoisson.CERTAIN, GammaPoisson.CERTAIN};

        // An item with one buyer in each of two portraits varies less than chance; one with one portrait varies most.
        assertThat(DirichletMultinomial.fit(new Counts(ones, twos, halves, certain))
                        .concentration())
                .isEqualTo(1000);
        assertThat(DirichletMultinomial.fit(new Counts(twos, twos, halves, certain))
                        .concentration())
                .isEqualTo(.5);
        assertThat(DirichletMultinomial.fit(new Counts(new double[0], new double[0], new double[0], new double[0]))
                        .observations())
                .isZero();
    }

    /** Items whose buyers are drawn one by one, each a repetition of an earlier one or new: a Pólya urn. */
    private static Counts draw(int items, int buyers, double concentration) {
        SplittableRandom random = new SplittableRandom(7);
        List<double[]> pairs = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            double[] counts = new double[FRACTIONS.length];
            for (int buyer = 0; buyer < buyers; buyer++) {
                counts[drawPortrait(random, counts, concentration, buyer)]++;
            }
            for (int portrait = 0; portrait < counts.length; portrait++) {
                if (counts[portrait] > 0) {
                    pairs.add(new double[] {counts[portrait], buyers, FRACTIONS[portrait]});
                }
            }
        }
        double[] certain = new double[pairs.size()];
        Arrays.fill(certain, GammaPoisson.CERTAIN);
        return new Counts(column(pairs, 0), column(pairs, 1), column(pairs, 2), certain);
    }

    private static int drawPortrait(SplittableRandom random, double[] counts, double concentration, int buyers) {
        double rest = random.nextDouble() * (buyers + concentration);
        for (int portrait = 0; portrait < counts.length - 1; portrait++) {
            rest -= counts[portrait] + concentration * FRACTIONS[portrait];
            if (rest < 0) {
                return portrait;
            }
        }
        return counts.length - 1;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
