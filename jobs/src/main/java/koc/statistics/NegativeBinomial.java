package koc.statistics;

import smile.math.special.Gamma;

/**
 * The negative binomial distribution: counts that are Poisson distributed around lift x expected, where the lift has a
 * Gamma distribution.
 *
 * <p>ln P(x) = ln Γ(a + x) - ln Γ(a) - ln x! + a ln(r / (r + E)) + x ln(E / (r + E)), with shape a and rate r of the
 * lift and E expected. Worked: with a = 2, r = 2 and E = 4, P(3) = 4 x (1/3)^2 x (2/3)^3 = .1317, its logarithm
 * -2.0273. Counts may be fractions.
 */
public final class NegativeBinomial {
    private NegativeBinomial() {}

    /** The logarithm of the probability of a count, without the term - ln x!, which is the same for every lift. */
    public static double logProbability(double count, double expected, double shape, double rate) {
        double sum = rate + expected;
        return Gamma.lgamma(shape + count)
                - Gamma.lgamma(shape)
                + shape * Math.log(rate / sum)
                + (count <= 0 ? 0 : count * Math.log(expected / sum));
    }

    /** The derivative of the logarithm by the shape. */
    public static double slopeOfShape(double count, double expected, double shape, double rate) {
        return Gamma.digamma(shape + count) - Gamma.digamma(shape) + Math.log(rate / (rate + expected));
    }

    /** The derivative of the logarithm by the rate. */
    public static double slopeOfRate(double count, double expected, double shape, double rate) {
        return shape / rate - (shape + count) / (rate + expected);
    }
}
