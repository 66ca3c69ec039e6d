package koc.influence.exposure;

import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * The fraction of days on which a user was in no window of a share of the product, or the fraction of purchases that
 * are expected on such days.
 *
 * <p>Exposed days are counted once per tie. If several KOCs expose a user to a product on the same day, the day counts
 * several times. So unexposed days are not all days less exposed days. Let users have {@code t} ties each, and let
 * {@code u} be exposed days over all days. Then each tie is exposed on the fraction {@code u / t} of the days. If the
 * ties of a user are exposed independently, the unexposed fraction is {@code (1 - u / t)^t}.
 *
 * <p>Example: with one tie per user and u = .3, the fraction .7 is unexposed. With ten ties per user, each exposed on
 * half the days, u is 5, and .5^10 = .001 is unexposed; 1 - u would be -4.
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
