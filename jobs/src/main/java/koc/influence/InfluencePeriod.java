package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.second;

import java.time.LocalDate;
import koc.rules.DayWindow;
import org.apache.spark.sql.Column;

/**
 * The days whose shares and purchases are measured, both ends included.
 *
 * <p>Columns named _offset, and moments, count time from the first day: a day offset is a whole number of days, a
 * moment has a fraction. The moment 2.25 is six in the morning of the third day. Days before the period have offsets
 * below 0.
 *
 * @param from first day
 * @param day last day, the run date
 */
public record InfluencePeriod(LocalDate from, LocalDate day) {
    private static final double SECONDS_PER_DAY = 86_400.0;

    /** The period of this many days that ends on the run date. */
    public static InfluencePeriod endingOn(LocalDate day, int days) {
        return new InfluencePeriod(DayWindow.first(day, days), day);
    }

    /** The number of days. */
    public int days() {
        return (int) (day.toEpochDay() - from.toEpochDay()) + 1;
    }

    /** Days from the first day of the period to a date. */
    public Column dayOffset(Column date) {
        return datediff(date, lit(from));
    }

    /** When a row's event occurred, in days since the first day, in the zone of the run. Needs day and occurred_at. */
    public Column moment() {
        Column at = col("occurred_at");
        Column seconds = hour(at).multiply(3600).plus(minute(at).multiply(60)).plus(second(at));
        return dayOffset(col("day")).plus(seconds.divide(SECONDS_PER_DAY));
    }

    /** Whether a row lies in the period, not before it. Needs day_offset. */
    public static Column isInPeriod() {
        return col("day_offset").geq(0);
    }
}
