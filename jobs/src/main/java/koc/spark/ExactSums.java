package koc.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.round;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sums of doubles that give the same bits in every order of rows. A plain sum does not: partitions arrive in any order,
 * and (.1 + .2) + .3 is not .1 + (.2 + .3). Here values become whole numbers first, which add up exactly.
 *
 * <p>Which to take:
 *
 * <ul>
 *   <li>{@link #sum} counts billionths in one 64-bit number. Take it for fractions, credits, scores and other numbers
 *       of at most nine decimals that are published or compared: they add up to the same decimal that a person gets.
 *       The sum of a group may reach 9.2 billion in size. Worked: 300 million purchases with one credit each are 3%
 *       of that.
 *   <li>{@link #preciseSum} counts 2^-52 (2.2e-16) in two 64-bit numbers. Take it for numbers that a model reads or
 *       that may be tiny or huge: expected purchases, rates, entropies. The sum of a group may reach 8.8e12 in size,
 *       over 4.3 billion rows. Worked: 100 million users at risk for 365 days are 3.7e10, 0.4% of that. It costs one
 *       sum more.
 *   <li>{@link #roundToStep} puts numbers onto steps of a power of two. Plain sums of such doubles, and of their
 *       products, are exact below 2^53 steps. Take it where one number is summed many times in many expressions.
 * </ul>
 *
 * <p>A sum beyond the range, an infinite value and NaN fail the job with Spark's overflow error (ANSI mode); they never
 * give a wrong number. As with a plain sum, nulls are left out, and a sum of nothing is null.
 */
public final class ExactSums {
    /** Units of {@link #sum} in 1. */
    private static final double UNITS = 1e9;
    /** Units of the upper and of the lower number of {@link #preciseSum} in 1. */
    private static final double UPPER_UNITS = 0x1p20;

    private static final double LOWER_UNITS = 0x1p52;

    private ExactSums() {}

    /** The sum of a group, of values rounded to 9 decimals; a double. */
    public static Column sum(Column value) {
        return fromUnits(functions.sum(toUnits(value)));
    }

    /** As {@link #sum}, over a window. */
    public static Column sumOver(Column value, WindowSpec window) {
        return fromUnits(functions.sum(toUnits(value)).over(window));
    }

    /** The mean of a group, of values rounded to 9 decimals; null without a value. */
    public static Column mean(Column value) {
        return sum(value).divide(nullif(count(value), lit(0)));
    }

    /** The sum of a group, of values rounded to 2^-52; a double. */
    public static Column preciseSum(Column value) {
        return fromLimbs(functions.sum(upper(value)), functions.sum(lower(value)));
    }

    /** As {@link #preciseSum}, over a window. */
    public static Column preciseSumOver(Column value, WindowSpec window) {
        return fromLimbs(
                functions.sum(upper(value)).over(window),
                functions.sum(lower(value)).over(window));
    }

    /**
     * A value in billionths, a bigint: for sums that are taken in several steps, or with whole weights. Worked: 2.5 is
     * 2,500,000,000.
     */
    public static Column toUnits(Column value) {
        return rint(value.cast(DataTypes.DoubleType).multiply(UNITS)).cast(DataTypes.LongType);
    }

    /** The double of so many billionths. */
    public static Column fromUnits(Column units) {
        return units.cast(DataTypes.DoubleType).divide(UNITS);
    }

    /**
     * The nearest multiple of a step, half away from 0. Worked: .3 in steps of 1 / 1,024 is 307 / 1,024 = .2998.
     *
     * @param stepsInOne a power of two
     */
    public static Column roundToStep(Column value, double stepsInOne) {
        return round(value.multiply(stepsInOne)).divide(stepsInOne);
    }

    private static Column upper(Column value) {
        return wholeUpper(value).cast(DataTypes.LongType);
    }

    /** What the upper number leaves of the value, which a double says exactly: at most 2^31 units in size. */
    private static Column lower(Column value) {
        Column rest = value.cast(DataTypes.DoubleType).minus(wholeUpper(value).divide(UPPER_UNITS));
        return rint(rest.multiply(LOWER_UNITS)).cast(DataTypes.LongType);
    }

    private static Column wholeUpper(Column value) {
        return rint(value.cast(DataTypes.DoubleType).multiply(UPPER_UNITS));
    }

    private static Column fromLimbs(Column upper, Column lower) {
        return upper.cast(DataTypes.DoubleType)
                .divide(UPPER_UNITS)
                .plus(lower.cast(DataTypes.DoubleType).divide(LOWER_UNITS));
    }
}
