package koc.clean;

import koc.statistics.WilsonInterval;

/**
 * How many rows a check of data_quality saw, and how many of them failed it.
 *
 * @param failed at most as many as rows
 */
record CheckCounts(long rows, long failed) {
    static final CheckCounts NONE = new CheckCounts(0, 0);

    /** The fraction of rows that failed, 0..1; 0 without rows. */
    double failedRate() {
        return rows == 0 ? 0 : Math.min(1, (double) failed / rows);
    }

    /** The fraction that fails with 95% probability at least; 0 without rows. */
    double surelyFailedRate() {
        return rows == 0 ? 0 : WilsonInterval.low(failedRate(), (double) rows);
    }

    /**
     * The rows that came after earlier counts: 12 failed of 3,000, after 2 of 2,000, are 10 of 1,000. All rows when earlier
     * rows were replaced, so that the difference is not a number of rows.
     */
    CheckCounts since(CheckCounts earlier) {
        long newRows = rows - earlier.rows;
        long newFailed = failed - earlier.failed;
        return newRows > 0 && newFailed >= 0 && newFailed <= newRows ? new CheckCounts(newRows, newFailed) : this;
    }
}
