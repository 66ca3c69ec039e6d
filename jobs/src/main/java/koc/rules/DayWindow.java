package koc.rules;

import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/** The days of a window such as {@code _30d}: the day itself and the 29 days before it. */
public final class DayWindow {
    private DayWindow() {}

    /** The first day of the window. Example: 30 days that end on 30 June start on 1 June. */
    public static LocalDate first(LocalDate day, int days) {
        return day.minusDays(days - 1L);
    }

    /**
     * Whether a date lies in the window; null for null.
     *
     * @param date a column of dates
     * @param day the last day of the window
     */
    public static Column includes(Column date, LocalDate day, int days) {
        return date.between(lit(first(day, days)), lit(day));
    }
}
