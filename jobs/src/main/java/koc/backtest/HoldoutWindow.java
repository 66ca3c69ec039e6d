package koc.backtest;

import java.time.LocalDate;

/**
 * The days after a cutoff in which buyers are counted. Recommenders have no data of these days.
 *
 * @param cutoff the last day that the recommenders know
 * @param horizonDays number of days after the cutoff in which buyers are counted
 */
record HoldoutWindow(LocalDate cutoff, int horizonDays) {
    /** The last day in which buyers are counted. */
    LocalDate lastDay() {
        return cutoff.plusDays(horizonDays);
    }

    /** Whether buyers of this day are counted. */
    boolean contains(LocalDate date) {
        return date.isAfter(cutoff) && !date.isAfter(lastDay());
    }
}
