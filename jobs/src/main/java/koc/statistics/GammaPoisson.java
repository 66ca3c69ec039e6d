package koc.statistics;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;

import org.apache.spark.sql.Column;
import smile.math.Function;
import smile.math.Root;
import smile.math.special.Gamma;

/**
 * Shrunk lifts of observed over expected counts. A count is Poisson distributed around lift x expected.
 * The lift has a Gamma prior, whose mean is the lift of a wider group (DuMouchel 1999, Bayesian data mining in large frequency tables).
 *
 * <p>With prior mean m and concentration c, in expected counts, the posterior is Gamma(c m + x, c + E). Worked: x = 12
 * buyers where E = 4 were expected, m = 1, c = 2: mean (2 + 12) / (2 + 4) = 2.33, 5% quantile 1.41.
 */
public final class GammaPoisson {
    private static final double MIN_CONCENTRATION = 0.05;
    private static final double MAX_CONCENTRATION = 1000;
    /** Precision of the logarithm of the concentration. */
    private static final double TOLERANCE = 1e-12;

    private static final int MAX_STEPS = 200;
    /** Minimum shape: a prior mean of exactly 0 could not be updated by any count. */
    private static final double MIN_SHAPE = 1e-6;

    /** Evidence behind a prior mean that is exact and not an estimate: practically infinite. */
    public static final double CERTAIN = 1e12;

    private GammaPoisson() {}

    /**
     * A prior's concentration and the marginal log-likelihood it reaches.
     *
     * @param concentration in expected counts
     * @param observations number of counts it was fitted on
     */
    public record Prior(double concentration, long observations, double logLikelihood) {}

    /**
     * The concentration around a prior mean that is itself an estimate, the posterior mean of a wider group. Relative
     * variances add: 1 / c' = 1 / c + 1 / evidence.
     *
     * <p>Worked: a category with c = 2 and 4 expected buyers has evidence 2 + 4 = 6. Around its lift, c = 1000 becomes 1 /
     * (1/1000 + 1/6) = 5.96: a product's prior is no narrower than the posterior of its category.
     *
     * @param evidence expected counts behind the mean, the rate of its posterior; {@link #CERTAIN} where it is given
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

    /** The 5% quantile of the lift: it is above this with 95% probability. */
    public static Column low(Column count, Column expected, Column priorMean, Column concentration) {
        return quantile(count, expected, priorMean, concentration, -Normal.QUANTILE_95);
    }

    /** The 95% quantile of the lift: it is below this with 95% probability. */
    public static Column high(Column count, Column expected, Column priorMean, Column concentration) {
        return quantile(count, expected, priorMean, concentration, Normal.QUANTILE_95);
    }

    /**
     * A quantile of Gamma(shape, rate) by Wilson and Hilferty (1931): shape x (1 - 1/(9 shape) + z / (3 sqrt(shape)))^3
     * / rate. It is within 2% of the exact value for shapes from 2 on, and never below 0. It is computed twice for every
     * product and portrait, where a short native expression is faster than the exact {@link GammaQuantile}.
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
     * The concentration between .05 and 1000 with the maximum marginal likelihood of these counts.
     *
     * <p>Each count is negative binomial around its prior mean x expected. The maximum is where the slope of the likelihood
     * over the logarithm of the concentration is 0, found by Brent's method (1973).
     *
     * @param evidence expected counts behind each prior mean
     */
    public static Prior fit(double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        Function slope = logarithm -> slope(Math.exp(logarithm), counts, expected, priorMeans, evidence);
        double low = Math.log(MIN_CONCENTRATION);
        double high = Math.log(MAX_CONCENTRATION);
        double concentration;
        if (slope.f(low) <= 0) {
            concentration = MIN_CONCENTRATION;
        } else if (slope.f(high) >= 0) {
            concentration = MAX_CONCENTRATION;
        } else {
            concentration = Math.exp(Root.find(slope, low, high, TOLERANCE, MAX_STEPS));
        }
        return new Prior(
                concentration, counts.length, logLikelihood(concentration, counts, expected, priorMeans, evidence));
    }

    static double logLikelihood(
            double commonConcentration, double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            double concentration = concentration(commonConcentration, evidence[i]);
            double shape = Math.max(MIN_SHAPE, concentration * priorMeans[i]);
            total += NegativeBinomial.logProbability(counts[i], expected[i], shape, concentration)
                    - Gamma.lgamma(counts[i] + 1);
        }
        return total;
    }

    /** The derivative of {@link #logLikelihood} by the logarithm of the common concentration. */
    private static double slope(
            double commonConcentration, double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            double concentration = concentration(commonConcentration, evidence[i]);
            double shape = concentration * priorMeans[i];
            double slope =
                    NegativeBinomial.slopeOfRate(counts[i], expected[i], Math.max(MIN_SHAPE, shape), concentration);
            if (shape > MIN_SHAPE) {
                slope += priorMeans[i] * NegativeBinomial.slopeOfShape(counts[i], expected[i], shape, concentration);
            }
            // d concentration / d ln(common) = concentration^2 / common
            total += slope * concentration * concentration / commonConcentration;
        }
        return total;
    }
}
