package koc.backtest;

import java.time.LocalDate;

/**
 * A day at which a backtest stands, and how far it looks from there.
 *
 * @param day the last day that the recommenders know of
 * @param horizonDays days after it in which buyers are counted
 */
record Cutoff(LocalDate day, int horizonDays) {
    /** The last day in which buyers are counted. */
    LocalDate last() {
        return day.plusDays(horizonDays);
    }

    /** Whether buyers of this day are counted. */
    boolean holds(LocalDate date) {
        return date.isAfter(day) && !date.isAfter(last());
    }
}
