package koc.influence.expectation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The prior of many ratios of observed over expected counts: their mean m, and the strength s, which is large if the
 * ratios hardly differ. Each ratio is shrunk towards the mean:
 *
 * <pre>ratio = (observed + s m) / (expected + s)</pre>
 *
 * <p>If the true ratios have the mean m and the relative variance 1 / s, a count has the mean m E and the variance
 * m E + (m E)^2 / s (negative binomial). So the moments of all counts, sum((O - m E)^2 - m E) / sum((m E)^2), estimate
 * 1 / s. Ratios that differ no more than by chance get the largest strength, which makes all of them m.
 *
 * <p>Example: counts of 30 and 10 where 20 are expected have the mean 1 and 1 / s = (2 x 100 - 40) / 800 = .2. With s =
 * 5 the ratios become (30 + 5) / 25 = 1.4 and .6.
 *
 * @param mean mean of the ratios
 * @param strength weight of the mean, in expected counts
 */
public record RatioPrior(double mean, double strength) {
    /** The minimum strength, one expected count, so that a few purchases never make a large ratio. */
    private static final double MIN_STRENGTH = 1;

    /** The strength if the ratios differ no more than by chance. */
    private static final double MAX_STRENGTH = 10_000;

    /**
     * Fits the prior to all rows; the mean is shrunk towards 1.
     *
     * @param counts one row per ratio
     * @param observed column of observed counts
     * @param expected column of expected counts
     * @param shrinkage weight of the mean 1, in expected counts
     */
    static RatioPrior fit(Dataset<Row> counts, Column observed, Column expected, double shrinkage) {
        Row sums = counts.select(observed.cast("double").as("o"), expected.as("e"))
                .agg(
                        exactSum(col("o")),
                        exactSum(col("e")),
                        exactSum(col("o").multiply(col("o"))),
                        exactSum(col("o").multiply(col("e"))),
                        exactSum(col("e").multiply(col("e"))))
                .head();
        double mean = (sums.getDouble(0) + shrinkage) / (sums.getDouble(1) + shrinkage);
        double squares = mean * mean * sums.getDouble(4);
        double varianceBeyondChance =
                sums.getDouble(2) - 2 * mean * sums.getDouble(3) + squares - mean * sums.getDouble(1);
        return new RatioPrior(mean, strength(squares, varianceBeyondChance));
    }

    private static double strength(double squares, double varianceBeyondChance) {
        return varianceBeyondChance <= squares / MAX_STRENGTH
                ? MAX_STRENGTH
                : Math.max(MIN_STRENGTH, squares / varianceBeyondChance);
    }

    /** The exact sum; 0 without rows. It adds decimals: squares of counts may be too large for other exact sums. */
    private static Column exactSum(Column value) {
        return coalesce(sum(value.cast("decimal(38,9)")).cast("double"), lit(0.0));
    }

    /** The shrunk ratio. */
    Column ratio(Column observed, Column expected) {
        return observed.plus(strength * mean).divide(expected.plus(strength));
    }

    /** The relative variance of the shrunk ratio, 1 / (observed + s m). */
    Column relativeVariance(Column observed) {
        return lit(1.0).divide(observed.plus(strength * mean));
    }
}
