package koc.backtest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Scores the list of each recommender for each KOC against the purchases of the KOC's pool. */
final class KocScores {
    private KocScores() {}

    /**
     * List grain -> recommender x KOC grain: the columns of backtest_kocs but day, cutoff and target_event.
     *
     * <p>Every evaluated KOC has a row for every recommender. A KOC without a list scores 0. {@code ndcg_first_purchases}
     * counts first purchases, {@code ndcg_all_buyers} counts observed buyers ({@link Ndcg}).
     *
     * @param lists as {@link EvaluatedLists#withBuyers} returns them
     * @param kocs as {@link Ndcg#withIdealGains} returns them
     */
    static Dataset<Row> compute(Dataset<Row> lists, Dataset<Row> kocs) {
        Dataset<Row> recommenders = lists.select("recommender")
                .union(kocs.sparkSession().range(1).select(lit(EvaluatedLists.PUBLISHED)))
                .distinct();
        return kocs.crossJoin(broadcast(recommenders))
                .join(sumLists(lists), new String[] {"recommender", "koc_id"}, "left")
                .select(
                        col("recommender"),
                        col("koc_id"),
                        col("pool_size"),
                        col("portrait"),
                        col("level"),
                        col("pool_band"),
                        orZero("first_purchases").as("first_purchases"),
                        orZero("listed").as("listed"),
                        fractionOf("gain_first_purchases", "ideal_gain_first_purchases")
                                .as("ndcg_first_purchases"),
                        fractionOf("gain_all_buyers", "ideal_gain_all_buyers").as("ndcg_all_buyers"),
                        fractionOf("listed_first_purchases", "first_purchases").as("buyers_captured"),
                        when(
                                        col("ideal_gain_first_purchases").isNotNull(),
                                        orZero("listed_first_purchases").gt(0))
                                .as("is_hit"),
                        col("expected_buyers"),
                        orZero("observed_buyers").as("observed_buyers"));
    }

    private static Dataset<Row> sumLists(Dataset<Row> lists) {
        return lists.groupBy("recommender", "koc_id")
                .agg(
                        count(lit(1)).as("listed"),
                        ExactSums.preciseSum(Ndcg.discountedGain("first_purchases"))
                                .as("gain_first_purchases"),
                        ExactSums.preciseSum(Ndcg.discountedGain("observed_buyers"))
                                .as("gain_all_buyers"),
                        sum("first_purchases").as("listed_first_purchases"),
                        ExactSums.preciseSum(col("expected_buyers")).as("expected_buyers"),
                        sum("observed_buyers").as("observed_buyers"));
    }

    private static Column orZero(String count) {
        return coalesce(col(count), lit(0L));
    }

    private static Column fractionOf(String part, String total) {
        Column fraction = coalesce(col(part), lit(0))
                .cast(DataTypes.DoubleType)
                .divide(col(total).cast(DataTypes.DoubleType));
        // Rounding may make the fraction of a perfect list larger than 1.
        return when(col(total).isNotNull(), least(lit(1.0), fraction));
    }
}
