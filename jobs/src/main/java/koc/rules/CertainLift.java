package koc.rules;

import org.apache.spark.sql.Column;

/**
 * Whether a lift is certainly above or below 1, by its bounds. Texts show bounds with two decimals. A bound that is
 * shown as 1.00 would contradict words about a difference, so it counts as no difference.
 */
public final class CertainLift {
    /** The smallest bound that is shown above 1, as 1.01. */
    private static final double SHOWN_ABOVE_ONE = 1.005;
    /** The smallest bound that is still shown as 1.00. */
    private static final double SHOWN_AS_ONE = 0.995;

    /** Either of both, by lift_low and lift_high, in SQL. */
    public static final String IS_MORE_OR_LESS =
            "(lift_low >= " + SHOWN_ABOVE_ONE + " OR lift_high < " + SHOWN_AS_ONE + ")";

    private CertainLift() {}

    /** Whether the lift is shown above 1 when this is its lower bound; null for null. */
    public static Column isMore(Column low) {
        return low.geq(SHOWN_ABOVE_ONE);
    }

    /** Whether the lift is shown below 1 when this is its upper bound; null for null. */
    public static Column isLess(Column high) {
        return high.lt(SHOWN_AS_ONE);
    }
}
