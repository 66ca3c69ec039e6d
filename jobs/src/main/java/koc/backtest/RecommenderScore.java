package koc.backtest;

import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row of backtest_results: how well a recommender did in a slice of KOCs. BacktestTables describes the columns.
 *
 * @param ndcgFirstPurchases by first purchases
 * @param ndcgAllBuyers by observed buyers; recommenders are compared by it
 */
record RecommenderScore(
        Slice slice,
        String recommender,
        BacktestSetup setup,
        long kocs,
        Estimate ndcgFirstPurchases,
        Estimate ndcgAllBuyers,
        Estimate buyersCaptured,
        Estimate hitRate,
        long products,
        @Nullable Double expectedBuyers,
        long observedBuyers,
        Estimate calibration,
        @Nullable Boolean isCalibrated) {
    /** Prefix of recommenders that are the published list without one of its steps. */
    static final String ABLATION_PREFIX = "without_";

    static RecommenderScore fromRow(Row row) {
        return new RecommenderScore(
                Slice.fromRow(row),
                row.getAs("recommender"),
                BacktestSetup.fromRow(row),
                row.<Long>getAs("kocs"),
                Estimate.fromRow(row, "ndcg_first_purchases"),
                Estimate.fromRow(row, "ndcg_all_buyers"),
                Estimate.fromRow(row, "buyers_captured"),
                Estimate.fromRow(row, "hit_rate"),
                row.<Long>getAs("products"),
                row.getAs("expected_buyers"),
                row.<Long>getAs("observed_buyers"),
                Estimate.fromRow(row, "calibration"),
                row.getAs("is_calibrated"));
    }

    /** The score of published when there is no KOC to evaluate it on. */
    static RecommenderScore ofPublishedWithoutKocs(BacktestSetup setup) {
        return new RecommenderScore(
                Slice.ALL,
                EvaluatedLists.PUBLISHED,
                setup,
                0,
                Estimate.UNKNOWN,
                Estimate.UNKNOWN,
                Estimate.UNKNOWN,
                Estimate.UNKNOWN,
                0,
                null,
                0,
                Estimate.UNKNOWN,
                null);
    }

    boolean isPublished() {
        return recommender.equals(EvaluatedLists.PUBLISHED);
    }

    /** Whether this is the published list without one of its steps, which shows the effect of the step. */
    boolean isAblation() {
        return recommender.startsWith(ABLATION_PREFIX);
    }

    /** Whether published is compared with it in the headline. */
    boolean isBaseline() {
        return !isPublished() && !isAblation();
    }
}
