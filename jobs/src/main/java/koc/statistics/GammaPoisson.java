package koc.statistics;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;

import org.apache.spark.sql.Column;
import smile.math.Function;
import smile.math.Root;
import smile.math.special.Gamma;

/**
 * Counts against expectations, shrunk: a lift has a Gamma prior with the mean of what is known of its like, and a
 * count is Poisson around lift x expected (DuMouchel 1999, Bayesian data mining in large frequency tables).
 *
 * <p>With prior mean m and concentration c, in expected counts, the posterior is Gamma(c m + x, c + E). Worked: x = 12
 * buyers where E = 4 were expected, m = 1, c = 2: mean (2 + 12) / (2 + 4) = 2.33, 5% quantile 1.41.
 */
public final class GammaPoisson {
    private static final double LEAST = 0.05;
    private static final double MOST = 1000;
    /** How near the logarithm of the concentration is found, and in how many steps at most. */
    private static final double TOLERANCE = 1e-12;

    private static final int MAX_STEPS = 200;
    /** Shapes below this are taken for it: a lift that is 0 for sure cannot be updated. */
    private static final double MIN_SHAPE = 1e-6;

    /** Evidence behind a prior mean that is given and not estimated. */
    public static final double CERTAIN = 1e12;

    private GammaPoisson() {}

    /**
     * A prior's concentration and the marginal log-likelihood it reaches.
     *
     * @param concentration in expected counts
     * @param@param observations number of counts it was fitted on
     */
    public record Prior(double concentration, long observations, double logLikelihood) {}

    /**
     * The concentration around a mean that is itself an estimate, the posterior mean of a wider thing: relative variances
     * add, so 1 / c' = 1 / c + 1 / evidence. With c = 1000 around the lift of a category that 4 buyers were expected of
     * under c = 2, it is 6: no narrower than what is known of the category.
     *
     * @param evidence expected counts behind the mean, its posterior's rate; {@link #CERTAIN} where it is given
     */
    public static Column concentration(Prior prior, Column evidence) {
        return lit(1.0).divide(lit(1 / prior.concentration()).plus(lit(1.0).divide(evidence)));
    }

    private static double concentration(double concentration, double evidence) {
        return 1 / (1 / concentration + 1 / evidence);
    }

    /** Posterior mean of the lift. */
    public static Column mean(Column count, Column expected, Column priorMean, Column concentration) {
        return priorMean.multiply(concentration).plus(count).divide(expected.plus(concentration));
    }

    /** The lift is above this with 95% probability. */
    public static Column low(Column count, Column expected, Column priorMean, Column concentration) {
        return quantile(count, expected, priorMean, concentration, -Normal.QUANTILE_95);
    }

    /** The lift is below this with 95% probability. */
    public static Column high(Column count, Column expected, Column priorMean, Column concentration) {
        return quantile(count, expected, priorMean, concentration, Normal.QUANTILE_95);
    }

    /**
     * A quantile of Gamma(shape, rate) by Wilson and Hilferty (1931): shape x (1 - 1/(9 shape) + z / (3 sqrt(shape)))^3
     * / rate. It is within 2% of the exact value for shapes from 2 on, and never below 0. Two numbers a product and portrait
     * are needed, so a short native expression is worth more here than the exact {@link GammaQuantile}.
     */
    private static Column quantile(
            Column count, Column expected, Column priorMean, Column concentration, double deviate) {
        Column shape = greatest(priorMean.multiply(concentration).plus(count), lit(MIN_SHAPE));
        Column root = lit(1.0).minus(lit(1.0).divide(shape.multiply(9)))
                .plus(lit(deviate).divide(sqrt(shape).multiply(3)));
        Column positive = greatest(root, lit(0.0));
        return shape.multiply(positive.multiply(positive).multiply(positive)).divide(expected.plus(concentration));
    }

    /**
     * The concentration between .05 and 1000 under which these counts are most probable, each a negative binomial around
     * its prior mean x expected: where the slope of the likelihood over the concentration's logarithm is 0 (Brent 1973).
     *
     * @param evidence expected counts behind each prior mean
     */
    public static Prior fit(double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        Function slope = logarithm -> slope(Math.exp(logarithm), counts, expected, priorMeans, evidence);
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        double concentration;
        if (slope.f(low) <= 0) {
            concentration = LEAST;
        } else if (slope.f(high) >= 0) {
            concentration = MOST;
        } else {
            concentration = Math.exp(Root.find(slope, low, high, TOLERANCE, MAX_STEPS));
        }
        return new Prior(
                concentration, counts.length, logLikelihood(concentration, counts, expected, priorMeans, evidence));
    }

    static double logLikelihood(
            double level, double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            double concentration = concentration(level, evidence[i]);
            double shape = Math.max(MIN_SHAPE, concentration * priorMeans[i]);
            total += NegativeBinomial.logProbability(counts[i], expected[i], shape, concentration)
                    - Gamma.lgamma(counts[i] + 1);
        }
        return total;
    }

    /** The derivative of {@link #logLikelihood} by ln(level). */
    private static double slope(
            double level, double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            double concentration = concentration(level, evidence[i]);
            double shape = concentration * priorMeans[i];
            double slope =
                    NegativeBinomial.slopeOfRate(counts[i], expected[i], Math.max(MIN_SHAPE, shape), concentration);
            if (shape > MIN_SHAPE) {
                slope += priorMeans[i] * NegativeBinomial.slopeOfShape(counts[i], expected[i], shape, concentration);
            }
            // d concentration / d ln(level) = concentration^2 / level
            total += slope * concentration * concentration / level;
        }
        return total;
    }
}
