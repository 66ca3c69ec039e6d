package koc.statistics;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import smile.math.special.Gamma;
import smile.stat.distribution.GaussianDistribution;

/**
 * Quantiles of the Gamma distribution, which Spark SQL does not have.
 *
 * <p>The relative error is below 1e-8 at the ends of a 90% interval, for every shape. A quantile below the smallest double
 * is 0. Worked: 5% of Gamma(shape 14, rate 6) lie below 8.463938 / 6 = 1.410656.
 */
public final class GammaQuantile {
    /** From this shape on, the series of the incomplete gamma function is long and the normal approximation as good. */
    private static final double LARGE_SHAPE = 1e4;

    private GammaQuantile() {}

    /**
     * The quantile of this level.
     *
     * @param level a probability, 0..1
     */
    public static double compute(double shape, double rate, double level) {
        if (shape >= LARGE_SHAPE) {
            return wilsonHilferty(shape, level) / rate;
        }
        return Gamma.inverseRegularizedIncompleteGamma(shape, level) / rate;
    }

    /** The same for a column; null where the shape or the rate is null. */
    public static Column compute(Column shape, Column rate, double level) {
        UDF3<Double, Double, Double, Double> quantile = GammaQuantile::compute;
        return when(
                shape.isNotNull().and(rate.isNotNull()),
                udf(quantile, DataTypes.DoubleType).apply(shape, rate, lit(level)));
    }

    /** The probability that a Gamma distribution is below this value, at least 0. */
    static double probabilityBelow(double shape, double rate, double value) {
        if (shape >= LARGE_SHAPE) {
            double root = Math.cbrt(rate * value / shape);
            return GaussianDistribution.getInstance().cdf((root - 1 + 1 / (9 * shape)) * 3 * Math.sqrt(shape));
        }
        return Gamma.regularizedIncompleteGamma(shape, rate * value);
    }

    /** The cube root of a Gamma value is nearly normal: shape x (1 - 1 / (9 shape) + z / (3 sqrt(shape)))^3 (1931). */
    private static double wilsonHilferty(double shape, double level) {
        double deviate = GaussianDistribution.getInstance().quantile(level);
        double root = 1 - 1 / (9 * shape) + deviate / (3 * Math.sqrt(shape));
        return shape * root * root * root;
    }
}
