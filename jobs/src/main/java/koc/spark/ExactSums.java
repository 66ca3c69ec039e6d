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
 * Sums of doubles that are identical for every order of rows. Plain sums are not, because partitions arrive in any order and
 * (.1 + .2) + .3 differs from .1 + (.2 + .3). Here values become whole numbers first, which add up exactly.
 *
 * <p>Which method to use:
 *
 * <ul>
 *   <li>{@link #sum} counts billionths in one 64-bit number. Use it for fractions, credits, scores and other numbers
 *       of at most nine decimals that are published or compared. Their sum is the decimal that a calculator gives.
 *       The sum of a group may reach 9.2 billion. Example: 300 million purchases with one credit each use 3% of that.
 *   <li>{@link #preciseSum} counts 2^-52 (2.2e-16) in two 64-bit numbers. Use it for inputs of a model and for
 *       tiny or huge numbers: expected purchases, rates, entropies. The sum of a group may reach 8.8e12, over 4.3 billion
 *       rows. Example: 100 million users at risk for 365 days are 3.7e10, 0.4% of that. It needs a second sum.
 *   <li>{@link #wideSum} adds decimals of 38 digits, four of them after the point. Use it for squares of money, over few
 *       rows: it is several times slower. The sum of a group may reach 1e33. Example: the squared error of a customer
 *       value of 1 million is 1e12, which {@link #preciseSum} could add up eight times only.
 *   <li>{@link #roundToStep} rounds numbers to multiples of a power of two. Plain sums of such doubles, and of their
 *       products, are exact below 2^53 steps. Use it for a number that is summed in many expressions.
 * </ul>
 *
 * <p>A sum beyond the range, an infinite value and NaN fail the job with Spark's overflow error (ANSI mode); they never
 * give a wrong number. As with a plain sum, nulls are ignored, and the sum of no values is null.
 */
public final class ExactSums {
    /** Steps of {@link #roundToStep} for numbers of a few digits, such as weights of users: sums may reach 8.8e12. */
    public static final double COARSE_STEPS = 0x1p10;
    /** Steps of {@link #roundToStep} for precise numbers, such as the scores of products: sums may reach 8.6e9. */
    public static final double FINE_STEPS = 0x1p20;

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
        return fromParts(functions.sum(upper(value)), functions.sum(lower(value)));
    }

    /** As {@link #preciseSum}, over a window. */
    public static Column preciseSumOver(Column value, WindowSpec window) {
        return fromParts(
                functions.sum(upper(value)).over(window),
                functions.sum(lower(value)).over(window));
    }

    /** The sum of a group, of values rounded to 4 decimals; a double. */
    public static Column wideSum(Column value) {
        return functions.sum(value.cast(DataTypes.createDecimalType(28, 4))).cast(DataTypes.DoubleType);
    }

    /**
     * A value in billionths, a bigint, for sums in several steps or with whole weights. Example: 2.5 is 2,500,000,000.
     */
    public static Column toUnits(Column value) {
        return rint(value.cast(DataTypes.DoubleType).multiply(UNITS)).cast(DataTypes.LongType);
    }

    /** Converts billionths back to a double. */
    public static Column fromUnits(Column units) {
        return units.cast(DataTypes.DoubleType).divide(UNITS);
    }

    /**
     * The nearest multiple of a step, half away from 0. Example: .3 in steps of 1 / 1,024 is 307 / 1,024 = .2998.
     *
     * @param stepsInOne a power of two
     */
    public static Column roundToStep(Column value, double stepsInOne) {
        return round(value.multiply(stepsInOne)).divide(stepsInOne);
    }

    private static Column upper(Column value) {
        return wholeUpper(value).cast(DataTypes.LongType);
    }

    /** The remainder of the value after the upper number. It is exact as a double, and at most 2^31 units. */
    private static Column lower(Column value) {
        Column remainder =
                value.cast(DataTypes.DoubleType).minus(wholeUpper(value).divide(UPPER_UNITS));
        return rint(remainder.multiply(LOWER_UNITS)).cast(DataTypes.LongType);
    }

    private static Column wholeUpper(Column value) {
        return rint(value.cast(DataTypes.DoubleType).multiply(UPPER_UNITS));
    }

    private static Column fromParts(Column upper, Column lower) {
        return upper.cast(DataTypes.DoubleType)
                .divide(UPPER_UNITS)
                .plus(lower.cast(DataTypes.DoubleType).divide(LOWER_UNITS));
    }
}
