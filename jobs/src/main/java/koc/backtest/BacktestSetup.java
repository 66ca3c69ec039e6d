package koc.backtest;

import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Row;

/**
 * How a backtest was made.
 *
 * @param cutoff the latest cutoff
 * @param cutoffs number of cutoffs
 * @param horizonDays number of days after each cutoff in which buyers are counted
 * @param listLength number of ranks that are evaluated
 * @param targetEvent the event type that counts as buying; several, separated by commas, where the cutoffs differ
 */
record BacktestSetup(LocalDate cutoff, int cutoffs, int horizonDays, int listLength, String targetEvent) {
    static BacktestSetup fromRow(Row row) {
        return new BacktestSetup(
                row.<Date>getAs("cutoff").toLocalDate(),
                row.<Integer>getAs("cutoffs"),
                row.<Integer>getAs("horizon_days"),
                row.<Integer>getAs("list_length"),
                row.getAs("target_event"));
    }
}
