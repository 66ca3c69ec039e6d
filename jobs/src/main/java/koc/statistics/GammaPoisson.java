package koc.statistics;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;

import org.apache.spark.sql.Column;
import smile.math.special.Gamma;

/**
 * Counts against expectations, shrunk: a lift has a Gamma prior with the mean of what is known of its like, and a
 * count is Poisson around lift x expected (DuMouchel 1999, Bayesian data mining in large frequency tables).
 *
 * <p>With prior mean m and concentration c, in expected counts, the posterior is Gamma(c m + x, c + E). Worked: x = 12
 * buyers where E = 4 were expected, m = 1, c = 2: mean (2 + 12) / (2 + 4) = 2.33, 5% quantile 1.41.
 */
public final class GammaPoisson {
    /** The normal deviate that 95% of values are below. */
    private static final double NORMAL_95 = 1.6448536269514722;

    private static final double LEAST = 0.05;
    private static final double MOST = 1000;

    /** Evidence behind a prior mean that is given and not estimated. */
    public static final double CERTAIN = 1e12;

    private GammaPoisson() {}

    /**
     * A prior's concentration and the marginal log-likelihood it reaches.
     *
     * @param concentration in expected counts
     * @param cells counts it was fitted on
     */
    public record Prior(double concentration, long cells, double logLikelihood) {}

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
        return quantile(count, expected, priorMean, concentration, -NORMAL_95);
    }

    /** The lift is below this with 95% probability. */
    public static Column high(Column count, Column expected, Column priorMean, Column concentration) {
        return quantile(count, expected, priorMean, concentration, NORMAL_95);
    }

    /**
     * A quantile of Gamma(shape, rate) by Wilson and Hilferty (1931): shape x (1 - 1/(9 shape) + z / (3 sqrt(shape)))^3
     * / rate; within 2% of the exact value for shapes from 2 on, and never below 0.
     */
    private static Column quantile(
            Column count, Column expected, Column priorMean, Column concentration, double deviate) {
        Column shape = greatest(priorMean.multiply(concentration).plus(count), lit(1e-6));
        Column root = lit(1.0).minus(lit(1.0).divide(shape.multiply(9)))
                .plus(lit(deviate).divide(sqrt(shape).multiply(3)));
        Column cube =
                greatest(root, lit(0.0)).multiply(greatest(root, lit(0.0))).multiply(greatest(root, lit(0.0)));
        return shape.multiply(cube).divide(expected.plus(concentration));
    }

    /**
     * The concentration under which these counts are most probable, each a negative binomial around its prior mean x
     * expected; found by golden section on its logarithm, between .05 and 1000.
     *
     * @param evidence expected counts behind each prior mean
     */
    public static Prior fit(double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        double inverseGolden = (Math.sqrt(5) - 1) / 2;
        double low = Math.log(LEAST);
        double high = Math.log(MOST);
        double left = high - inverseGolden * (high - low);
        double right = low + inverseGolden * (high - low);
        double leftValue = logLikelihood(Math.exp(left), counts, expected, priorMeans, evidence);
        double rightValue = logLikelihood(Math.exp(right), counts, expected, priorMeans, evidence);
        for (int step = 0; step < 40; step++) {
            if (leftValue >= rightValue) {
                high = right;
                right = left;
                rightValue = leftValue;
                left = high - inverseGolden * (high - low);
                leftValue = logLikelihood(Math.exp(left), counts, expected, priorMeans, evidence);
            } else {
                low = left;
                left = right;
                leftValue = rightValue;
                right = low + inverseGolden * (high - low);
                rightValue = logLikelihood(Math.exp(right), counts, expected, priorMeans, evidence);
            }
        }
        double concentration = Math.exp((low + high) / 2);
        return new Prior(
                concentration, counts.length, logLikelihood(concentration, counts, expected, priorMeans, evidence));
    }

    private static double logLikelihood(
            double level, double[] counts, double[] expected, double[] priorMeans, double[] evidence) {
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            double concentration = concentration(level, evidence[i]);
            double shape = Math.max(1e-6, concentration * priorMeans[i]);
            double all = concentration + expected[i];
            total += Gamma.lgamma(shape + counts[i])
                    - Gamma.lgamma(shape)
                    - Gamma.lgamma(counts[i] + 1)
                    + shape * Math.log(concentration / all)
                    + (counts[i] == 0 ? 0 : counts[i] * Math.log(expected[i] / all));
        }
        return total;
    }
}
