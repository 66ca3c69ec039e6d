package koc.backtest;

import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row of backtest_calibration: a tenth of a recommender's forecasts.
 *
 * @param decile 1 has the smallest forecasts, 10 the largest
 * @param calibration expected over observed buyers; null where no buyer was observed
 */
record CalibrationDecile(
        String recommender,
        int decile,
        long recommendations,
        double minExpected,
        double maxExpected,
        double expectedBuyers,
        long observedBuyers,
        @Nullable Double calibration,
        @Nullable Boolean isCalibrated) {

    static CalibrationDecile fromRow(Row row) {
        return new CalibrationDecile(
                row.getAs("recommender"),
                row.<Integer>getAs("decile"),
                row.<Long>getAs("recommendations"),
                row.<Double>getAs("min_expected"),
                row.<Double>getAs("max_expected"),
                row.<Double>getAs("expected_buyers"),
                row.<Long>getAs("observed_buyers"),
                row.getAs("calibration"),
                row.getAs("is_calibrated"));
    }

    boolean isPublished() {
        return recommender.equals(EvaluatedLists.PUBLISHED);
    }

    /** Expected buyers of one recommendation, on average. */
    double expectedRate() {
        return expectedBuyers / recommendations;
    }

    /** Observed buyers of one recommendation, on average. */
    double observedRate() {
        return (double) observedBuyers / recommendations;
    }
}
