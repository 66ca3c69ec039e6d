package koc.fit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * What an evidence says of a product's quality, 0..1, and how far it can be relied on.
 *
 * <p>Each evidence is taken as a measurement of the quality with a normal error. Measurements are combined as usual: the
 * mean, weighted with the precisions, has the sum of the precisions (Gelman and others 2013, Bayesian Data Analysis,
 * section 2.5).
 *
 * @param quality the measured quality; any value where the precision is 0
 * @param precision 1 / variance of the error; 0 where there is no evidence
 */
record Evidence(Column quality, Column precision) {
    /** A measurement, limited to 0..1, where it is present. */
    static Evidence measured(Column isPresent, Column quality, Column variance) {
        Column isKnown = coalesce(isPresent, lit(false));
        return new Evidence(
                when(isKnown, least(lit(1.0), greatest(lit(0.0), quality))).otherwise(0.0),
                when(isKnown, lit(1.0).divide(variance)).otherwise(0.0));
    }

    /**
     * Both together. Worked: quality .8 with precision 25 and .2 with precision 75 are .35 with precision 100, a
     * standard deviation of .1.
     */
    Evidence and(Evidence other) {
        Column sum = precision.plus(other.precision);
        Column weighted = quality.multiply(precision).plus(other.quality.multiply(other.precision));
        return new Evidence(when(sum.gt(0), weighted.divide(sum)).otherwise(0.0), sum);
    }

    Column isPresent() {
        return precision.gt(0);
    }
}
