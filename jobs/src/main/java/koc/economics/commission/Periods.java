package koc.economics.commission;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trunc;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * The months of the ledger, and which of them are closed.
 *
 * <p>The first run whose date is {@code closeDays} or more after the end of a month closes it. That run still posts in
 * the month; later runs do not. Example with 5 days: the run of 4 June posts May's late purchases in May, and so does
 * that of 5 June. The run of 6 June posts them in June. A closed month stays closed when {@code closeDays} changes.
 *
 * @param day run date
 * @param firstOpen first day of the first month in which this run may post
 * @param closeDays days after the end of a month until a run closes it
 */
record Periods(LocalDate day, LocalDate firstOpen, int closeDays) {
    private static final String MONTH = "month";

    /** The periods of the first run of all, which posts in every month. */
    static Periods ofFirstRun(LocalDate day, int closeDays) {
        return new Periods(day, LocalDate.EPOCH, closeDays);
    }

    /** The first day of the first month that stays open after this run. */
    LocalDate firstOpenAfterwards() {
        LocalDate first = day.minusDays(closeDays).plusDays(1).withDayOfMonth(1);
        return first.isAfter(firstOpen) ? first : firstOpen;
    }

    /** The first day of the month of the run date. */
    LocalDate current() {
        return day.withDayOfMonth(1);
    }

    /** The first day of the month in which this run posts what happened on a day. */
    Column monthOf(Column happenedOn) {
        return greatest(trunc(happenedOn, MONTH), lit(firstOpen));
    }

    /** Whether a month was closed before this run. */
    Column wasClosed(Column month) {
        return month.lt(lit(firstOpen));
    }

    /** Whether a month is closed after this run. */
    Column isClosed(Column month) {
        return month.lt(lit(firstOpenAfterwards()));
    }

    /** Whether this run closes a month. */
    Column closes(Column month) {
        return isClosed(month).and(month.geq(lit(firstOpen)));
    }
}
