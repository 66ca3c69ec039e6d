package koc.statistics;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;

import org.apache.spark.sql.Column;

/**
 * Shrunk lifts of observed over expected counts. A count is Poisson distributed around lift x expected.
 * The lift has a Gamma prior, whose mean is the lift of a wider group (DuMouchel 1999, Bayesian data mining in large frequency tables).
 *
 * <p>With prior mean m and concentration c, in expected counts, the posterior is Gamma(c m + x, c + E). Worked: x = 12
 * buyers where E = 4 were expected, m = 1, c = 2: mean (2 + 12) / (2 + 4) = 2.33, 5% quantile 1.41.
 */
public final class GammaPoisson {
    /** Minimum shape: a prior mean of exactly 0 could not be updated by any count. */
    private static final double MIN_SHAPE = 1e-6;

    /** Evidence behind a prior mean that is exact and not an estimate: practically infinite. */
    public static final double CERTAIN = 1e12;

    private GammaPoisson() {}

    /**
     * The concentration around a prior mean that is itself an estimate, the posterior mean of a wider group. Relative
     * variances add: 1 / c' = 1 / c + 1 / evidence.
     *
     * <p>Worked: a category with c = 2 and 4 expected buyers has evidence 2 + 4 = 6. Around its lift, c = 1000 becomes 1 /
     * (1/1000 + 1/6) = 5.96: a product's prior is no narrower than the posterior of its category.
     *
     * @param own the concentration around a mean that is known, above 0
     * @param evidence expected counts behind the mean, the rate of its posterior; {@link #CERTAIN} where it is given
     */
    public static Column concentration(Column own, Column evidence) {
        return lit(1.0).divide(lit(1.0).divide(own).plus(lit(1.0).divide(evidence)));
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
}
