package koc.backtest;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.ntile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Compares expected with observed buyers, for small forecasts and for large ones. */
final class Calibration {
    private Calibration() {}

    /**
     * List grain -> recommender x decile grain: expected and observed buyers by tenth of the forecasts.
     *
     * <p>Lists of pools without buyers count too. Without them, forecasts would seem too low.
     *
     * @param lists as {@link EvaluatedLists#withBuyers} returns them, with cutoff; recommenders without forecasts are left out
     * @param target calibration error up to which a decile is calibrated
     */
    static Dataset<Row> computeDeciles(Dataset<Row> lists, LocalDate day, double target) {
        return lists.where("expected_buyers IS NOT NULL")
                .withColumn(
                        "decile",
                        ntile(10)
                                .over(Window.partitionBy("recommender")
                                        .orderBy("expected_buyers", "koc_id", "product_id", "cutoff")))
                .groupBy("recommender", "decile")
                .agg(
                        count(lit(1)).as("recommendations"),
                        min("expected_buyers").as("min_expected"),
                        max("expected_buyers").as("max_expected"),
                        ExactSums.preciseSum(col("expected_buyers")).as("expected_buyers"),
                        sum("observed_buyers").as("observed_buyers"))
                .withColumn("day", lit(day))
                .withColumn(
                        "calibration",
                        when(
                                col("observed_buyers").gt(0),
                                col("expected_buyers").divide(col("observed_buyers"))))
                .withColumn("calibration_error", error())
                .withColumn("is_calibrated", isWithin(target));
    }

    /** |expected / observed - 1|: .1 is a tenth too many or too few. Needs calibration; null where it is null. */
    static Column error() {
        return abs(col("calibration").minus(1));
    }

    /** Whether the error is at most the target; null where no buyer was observed. Needs calibration_error. */
    static Column isWithin(double target) {
        return col("calibration_error").leq(target);
    }
}
