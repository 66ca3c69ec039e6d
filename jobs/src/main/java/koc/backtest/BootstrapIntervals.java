package koc.backtest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes estimates and their 95% intervals from bootstrap samples. The interval is the middle 95% of the samples. */
final class BootstrapIntervals {
    private static final List<String> METRICS =
            List.of("ndcg_first_purchases", "ndcg_all_buyers", "buyers_captured", "hit_rate");
    private static final double LOW = .025;
    private static final double HIGH = .975;

    private BootstrapIntervals() {}

    /**
     * Bootstrap samples -> slice x recommender grain: the metrics of backtest_results, with the ends of their intervals.
     *
     * @param samples as {@link BootstrapSamples#compute} returns them
     * @param calibrationTarget calibration error up to which forecasts are calibrated
     */
    static Dataset<Row> estimate(Dataset<Row> samples, double calibrationTarget) {
        List<Column> estimates = new ArrayList<>();
        for (String name : List.of("cases", "cases_with_list", "expected_buyers", "observed_buyers")) {
            estimates.add(estimate(name).as(name));
        }
        for (String metric :
                Stream.concat(METRICS.stream(), Stream.of("calibration")).toList()) {
            estimates.add(estimate(metric).as(metric));
            estimates.add(bound(metric, LOW).as(metric + "_low"));
            estimates.add(bound(metric, HIGH).as(metric + "_high"));
        }
        return samples.groupBy("slice_kind", "slice", "recommender")
                .agg(estimate("kocs").as("kocs"), estimates.toArray(Column[]::new))
                .withColumn("calibration_error", Calibration.error())
                .withColumn("is_calibrated", Calibration.isWithin(calibrationTarget));
    }

    /**
     * Bootstrap samples -> slice x other recommender x metric grain: published less the other recommender, sample by sample,
     * with the verdict.
     *
     * @param samples as {@link BootstrapSamples#compute} returns them
     * @param minKocs with fewer KOCs the verdict is too_few
     */
    static Dataset<Row> comparePublished(Dataset<Row> samples, int minKocs) {
        Dataset<Row> published = samples.where(col("recommender").equalTo(EvaluatedLists.PUBLISHED))
                .select(
                        "slice_kind",
                        "slice",
                        "sample",
                        "ndcg_first_purchases",
                        "ndcg_all_buyers",
                        "buyers_captured",
                        "hit_rate");
        for (String metric : METRICS) {
            published = published.withColumnRenamed(metric, "published_" + metric);
        }
        return samples.where(col("recommender").notEqual(EvaluatedLists.PUBLISHED))
                .join(published, new String[] {"slice_kind", "slice", "sample"}, "inner")
                .withColumn("comparison", explode(comparisons()))
                .select("slice_kind", "slice", "recommender", "sample", "comparison.*")
                .groupBy("slice_kind", "slice", "recommender", "metric")
                .agg(
                        coalesce(estimate("kocs"), lit(0L)).as("kocs"),
                        estimate("difference").as("difference"),
                        bound("difference", LOW).as("low"),
                        bound("difference", HIGH).as("high"))
                .withColumn("verdict", verdict(minKocs));
    }

    /** An array with metric, kocs and difference of every metric. */
    private static Column comparisons() {
        return array(METRICS.stream()
                .map(metric -> struct(
                        lit(metric).as("metric"),
                        col(metric.equals("ndcg_all_buyers") ? "kocs" : "first_purchase_kocs")
                                .as("kocs"),
                        col("published_" + metric).minus(col(metric)).as("difference")))
                .toArray(Column[]::new));
    }

    private static Column verdict(int minKocs) {
        return when(col("kocs").lt(minKocs).or(col("low").isNull()), "too_few")
                .when(col("low").gt(0), "wins")
                .when(col("high").lt(0), "loses")
                .otherwise("even");
    }

    /** The value over the KOCs without resampling (sample 0). */
    private static Column estimate(String column) {
        return max(when(col("sample").equalTo(0), col(column)));
    }

    private static Column bound(String column, double quantile) {
        return percentile(when(col("sample").gt(0), col(column)), lit(quantile));
    }
}
