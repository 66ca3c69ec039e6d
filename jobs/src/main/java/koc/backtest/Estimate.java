package koc.backtest;

import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A metric with its 95% interval. All three are null where there was nothing to average.
 *
 * @param value the metric over the KOCs without resampling
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
record Estimate(
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high) {
    static final Estimate UNKNOWN = new Estimate(null, null, null);

    /** From the columns {@code metric}, {@code metric_low} and {@code metric_high}. */
    static Estimate fromRow(Row row, String metric) {
        return new Estimate(row.getAs(metric), row.getAs(metric + "_low"), row.getAs(metric + "_high"));
    }
}
