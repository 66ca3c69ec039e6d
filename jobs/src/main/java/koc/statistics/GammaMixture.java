package koc.statistics;

import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import smile.math.Function;
import smile.math.Root;

/**
 * The distribution of a lift as a mixture of two Gamma distributions (DuMouchel 1999, Bayesian data mining in large
 * frequency tables). After a count that is Poisson distributed around lift x expected, it is again such a mixture.
 *
 * <p>Worked: under .5 Gamma(2, 2) + .5 Gamma(8, 2) with means 1 and 4, a count of 12 where 4 were expected leaves
 * Gamma(14, 6) and Gamma(20, 6), the second with probability .842: mean .158 x 2.333 + .842 x 3.333 = 3.175.
 *
 * @param firstWeight probability of the first distribution, 0..1
 * @param firstRate shape over mean
 */
public record GammaMixture(
        double firstWeight, double firstShape, double firstRate, double secondShape, double secondRate)
        implements Serializable {
    private static final StructType INTERVAL = new StructType()
            .add("lift", DataTypes.DoubleType, false)
            .add("low", DataTypes.DoubleType, false)
            .add("high", DataTypes.DoubleType, false);
    /** The ends of a 90% interval. */
    private static final double LOW = .05;

    private static final double HIGH = .95;
    /** Precision of a quantile, relative to its upper bound. */
    private static final double TOLERANCE = 1e-12;

    private static final int MAX_STEPS = 200;

    /** The distribution after a count was observed. */
    public GammaMixture posterior(double count, double expected) {
        double first = Math.log(firstWeight) + NegativeBinomial.logProbability(count, expected, firstShape, firstRate);
        double second =
                Math.log(1 - firstWeight) + NegativeBinomial.logProbability(count, expected, secondShape, secondRate);
        return new GammaMixture(
                1 / (1 + Math.exp(second - first)),
                firstShape + count,
                firstRate + expected,
                secondShape + count,
                secondRate + expected);
    }

    /** The mean lift. */
    public double mean() {
        return firstWeight * firstShape / firstRate + (1 - firstWeight) * secondShape / secondRate;
    }

    /** The quantile of this level; it lies between the quantiles of the two distributions. */
    public double quantile(double level) {
        double first = GammaQuantile.compute(firstShape, firstRate, level);
        double second = GammaQuantile.compute(secondShape, secondRate, level);
        double low = Math.min(first, second);
        double high = Math.max(first, second);
        Function error = lift -> probabilityBelow(lift) - level;
        if (high - low <= TOLERANCE * high || error.f(low) >= 0) {
            return low;
        }
        if (error.f(high) <= 0) {
            return high;
        }
        return Root.find(error, low, high, TOLERANCE * high, MAX_STEPS);
    }

    private double probabilityBelow(double lift) {
        return firstWeight * GammaQuantile.probabilityBelow(firstShape, firstRate, lift)
                + (1 - firstWeight) * GammaQuantile.probabilityBelow(secondShape, secondRate, lift);
    }

    /**
     * A struct of lift (the posterior mean), low and high (its 90% interval) for the counts of a row; null when a count is
     * null.
     */
    public static Column interval(GammaMixture prior, Column count, Column expected) {
        UDF2<Double, Double, Row> interval = (observed, expectedCount) -> {
            GammaMixture posterior = prior.posterior(observed, expectedCount);
            return RowFactory.create(posterior.mean(), posterior.quantile(LOW), posterior.quantile(HIGH));
        };
        return when(
                count.isNotNull().and(expected.isNotNull()),
                udf(interval, INTERVAL).apply(count, expected));
    }
}
