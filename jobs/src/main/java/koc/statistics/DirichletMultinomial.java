package koc.statistics;

import smile.math.Function;
import smile.math.Root;
import smile.math.special.Gamma;

/**
 * How far items differ in what part of their buyers comes from each portrait, given how many buyers they have.
 *
 * <p>The fractions of an item have a Dirichlet distribution around those of its group, with a concentration A: an item
 * with A buyers has fractions halfway between its own and those of its group. Given the number of buyers N, the counts x
 * are multinomial. With a = A and group fractions m, ln P = ln Γ(a) - ln Γ(N + a) + the sum over the portraits with
 * buyers of (ln Γ(x + a m) - ln Γ(a m)), besides terms without A (Minka 2000, Estimating a Dirichlet distribution).
 *
 * <p>Worked: N = 2 buyers, both of a portrait with m = .5, and A = 2: 1/2 x 1/3 x (1 x 2) = 1/3. If all items were
 * alike, this would have the probability .25.
 *
 * <p>A Poisson likelihood would not do: counts of a portrait that makes most of the purchases of a group vary less than
 * Poisson counts, which hides how far items differ.
 */
public final class DirichletMultinomial {
    private static final double MIN_CONCENTRATION = 0.5;
    private static final double MAX_CONCENTRATION = 1000;
    /** Precision of the logarithm of the concentration. */
    private static final double TOLERANCE = 1e-12;

    private static final int MAX_STEPS = 200;

    private DirichletMultinomial() {}

    /**
     * A concentration and the marginal log-likelihood that it reaches.
     *
     * @param concentration in buyers of an item
     * @param observations pairs of item and portrait that it was fitted on
     */
    public record Prior(double concentration, long observations, double logLikelihood) {}

    /**
     * Pairs of item and portrait with buyers. All arrays have an element for each.
     *
     * @param counts buyers of the item who are of the portrait, above 0
     * @param totals buyers of the item
     * @param fractions the portrait's fraction of the buyers of the group, without those of the item, above 0
     * @param evidence buyers behind that fraction
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Counts(double[] counts, double[] totals, double[] fractions, double[] evidence) {}

    /**
     * The concentration between .5 and 1000 with the maximum marginal likelihood, by Brent's method (1973).
     *
     * <p>The fractions of the group are estimates, so that relative variances add, as in {@link
     * GammaPoisson#concentration}. The terms of an item without portrait are divided among its portraits by their buyers, so
     * that a sample of pairs does not change the expected slope.
     */
    public static Prior fit(Counts pairs) {
        Function slope = logarithm -> slope(Math.exp(logarithm), pairs);
        double low = Math.log(MIN_CONCENTRATION);
        double high = Math.log(MAX_CONCENTRATION);
        double concentration;
        if (slope.f(high) >= 0) {
            concentration = MAX_CONCENTRATION;
        } else if (slope.f(low) <= 0) {
            concentration = MIN_CONCENTRATION;
        } else {
            concentration = Math.exp(Root.find(slope, low, high, TOLERANCE, MAX_STEPS));
        }
        return new Prior(concentration, pairs.counts().length, logLikelihood(concentration, pairs));
    }

    static double logLikelihood(double concentration, Counts pairs) {
        double total = 0;
        for (int i = 0; i < pairs.counts().length; i++) {
            double count = pairs.counts()[i];
            double items = pairs.totals()[i];
            double a = 1 / (1 / concentration + 1 / pairs.evidence()[i]);
            double ofPortrait = a * pairs.fractions()[i];
            total += Gamma.lgamma(count + ofPortrait) - Gamma.lgamma(ofPortrait);
            total += count / items * (Gamma.lgamma(a) - Gamma.lgamma(items + a));
        }
        return total;
    }

    /** The derivative of {@link #logLikelihood} by the logarithm of the concentration. */
    private static double slope(double concentration, Counts pairs) {
        double total = 0;
        for (int i = 0; i < pairs.counts().length; i++) {
            double count = pairs.counts()[i];
            double items = pairs.totals()[i];
            double fraction = pairs.fractions()[i];
            double a = 1 / (1 / concentration + 1 / pairs.evidence()[i]);
            double slope = fraction * (Gamma.digamma(count + a * fraction) - Gamma.digamma(a * fraction))
                    + count / items * (Gamma.digamma(a) - Gamma.digamma(items + a));
            // d a / d ln(concentration) = a^2 / concentration
            total += slope * a * a / concentration;
        }
        return total;
    }
}
