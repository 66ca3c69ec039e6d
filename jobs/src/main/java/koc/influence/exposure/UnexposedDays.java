package koc.influence.exposure;

import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * The fraction of days, or of purchases, that no share exposed.
 *
 * <p>A user with ties to several KOCs is exposed to several shares of a product in the same days, and is one user. So
 * unexposed days are not all days less all exposed days. With {@code d} ties per user and the fraction {@code x} of
 * their days exposed, counted once per tie, the unexposed fraction is {@code (1 - x / d)^d}, assuming that the ties of
 * a user are exposed independently.
 *
 * <p>Worked: with one tie per user, 30% of the days exposed leave .7. Ten ties per user, each exposed on half the days,
 * make x = 5 and leave .5^10 = .001; subtracting would leave -4.
 */
public final class UnexposedDays {
    /** At most this fraction of a tie's days counts as exposed, so that something is left to estimate a rate from. */
    private static final double MAX_EXPOSED_FRACTION = .9;

    private UnexposedDays() {}

    /**
     * The unexposed fraction, 0..1; 1 where the total is 0.
     *
     * @param exposed exposed days, or purchases expected in them, counted once per tie
     * @param total all days or purchases
     * @param tiesPerUser mean number of ties per user
     */
    public static Column fraction(Column exposed, Column total, Column tiesPerUser) {
        Column exposedPerTie =
                least(lit(MAX_EXPOSED_FRACTION), exposed.divide(total).divide(tiesPerUser));
        return when(total.gt(0), pow(lit(1.0).minus(exposedPerTie), tiesPerUser))
                .otherwise(lit(1.0));
    }
}
