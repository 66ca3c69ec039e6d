package koc.backtest;

import org.apache.spark.sql.Row;

/**
 * A row of backtest_comparisons: published less another recommender, for the same KOCs.
 *
 * @param recommender the other recommender
 * @param metric ndcg_first_purchases, ndcg_all_buyers, buyers_captured or hit_rate
 * @param difference above 0, published is better
 * @param verdict wins, loses, even or too_few
 */
record ScoreDifference(Slice slice, String recommender, String metric, long kocs, Estimate difference, String verdict) {

    static ScoreDifference fromRow(Row row) {
        return new ScoreDifference(
                Slice.fromRow(row),
                row.getAs("recommender"),
                row.getAs("metric"),
                row.<Long>getAs("kocs"),
                new Estimate(row.getAs("difference"), row.getAs("low"), row.getAs("high")),
                row.getAs("verdict"));
    }
}
