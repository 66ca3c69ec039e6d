package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days that the records cover. What happened before the first of them is unknown, not absent: the first purchase
 * in the records need not be the first purchase ever.
 *
 * @param first first day with a record; the last day if there is no record
 * @param last last day, the run date
 */
public record KnownHistory(LocalDate first, LocalDate last) {
    /** A user of unknown age who buys after this many days of records without a purchase counts as new. */
    private static final int QUIET_DAYS = 365;

    /**
     * The history up to a day.
     *
     * @param rows rows with the column day, such as user_days
     */
    public static KnownHistory read(Dataset<Row> rows, LocalDate last) {
        Row earliest = rows.where(col("day").leq(lit(last))).agg(min("day")).head();
        return new KnownHistory(
                earliest.isNullAt(0) ? last : LocalDate.parse(earliest.get(0).toString()), last);
    }

    /** Number of days from the first to the last, both included. */
    public int days() {
        return (int) ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** Days of a window that ends on the run date and that the records cover. Example: 120 of 365. */
    public int coveredDays(int windowDays) {
        return Math.min(windowDays, days());
    }

    /** The same for a window that ends on another day; 0 for a day before the records, and for null. */
    public Column coveredDays(int windowDays, Column end) {
        return least(lit(windowDays), greatest(lit(0), datediff(end, lit(first)).plus(1)));
    }

    /** Whether everything that a person ever did is in the records, because they registered within them; never null. */
    public Column coversSince(Column registeredOn) {
        return coalesce(registeredOn.geq(lit(first)), lit(false));
    }

    /**
     * Whether the first purchase in the records is certainly the first purchase ever; never null.
     *
     * <p>It is for users who registered within the records. A user who registered before may have bought before. A user
     * without a registration date counts as new after a year of records without a purchase. Example: the records begin
     * on 1 March. A first purchase on 5 May is the first ever of a user registered on 2 April, and unknown of a user
     * registered in January.
     */
    public Column isFirstEver(Column firstPurchaseOn, Column registeredOn) {
        Column isAfterQuietYear = firstPurchaseOn.geq(lit(first.plusDays(QUIET_DAYS)));
        return coalesce(
                firstPurchaseOn
                        .isNotNull()
                        .and(when(registeredOn.isNull(), isAfterQuietYear).otherwise(registeredOn.geq(lit(first)))),
                lit(false));
    }
}
