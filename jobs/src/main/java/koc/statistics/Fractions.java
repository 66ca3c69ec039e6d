package koc.statistics;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Ratios, means and shrunk rates in which missing evidence stays missing (null). */
public final class Fractions {
    private Fractions() {}

    /** The quotient as a double; null if the divisor is 0 or either is null. */
    public static Column ratio(Column dividend, Column divisor) {
        return when(divisor.notEqual(0), dividend.cast("double").divide(divisor.cast("double")));
    }

    /** The value, limited to 0..1; null for null. */
    public static Column clamp(Column value) {
        return when(value.isNotNull(), greatest(lit(0.0), least(lit(1.0), value)));
    }

    /** The mean of the values that are not null; null if all are. */
    public static Column meanOfPresent(Column... values) {
        Column present = array_compact(array(values));
        return when(
                size(present).gt(0),
                aggregate(present, lit(0.0), (total, value) -> total.plus(value))
                        .divide(size(present)));
    }

    /**
     * A rate, shrunk to a baseline: {@code (count + k baseline) / (trials + k)}. With k = 10 and a baseline of .5, 8
     * of 10 give 13 / 20 = .65.
     */
    public static Column shrink(Column count, Column trials, Column baseline, double k) {
        return ratio(count.plus(baseline.multiply(k)), trials.plus(k));
    }
}
