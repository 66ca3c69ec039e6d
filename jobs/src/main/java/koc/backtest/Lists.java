package koc.backtest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What every recommender recommended on a cutoff, and how it came out. */
final class Lists {
    /** The recommender whose lists are published: koc_recommendations. */
    static final String PUBLISHED = "published";

    private Lists() {}

    /**
     * The first ranks of all recommenders: recommender, koc_id, rank, product_id, expected_buyers.
     *
     * @param recommendations koc_recommendations of the cutoff
     * @param challengers koc_challengers of the cutoff
     */
    static Dataset<Row> of(Dataset<Row> recommendations, Dataset<Row> challengers, int listLength) {
        Column[] columns = {col("recommender"), col("koc_id"), col("rank"), col("product_id"), col("expected_buyers")};
        return recommendations
                .withColumn("recommender", lit(PUBLISHED))
                .select(columns)
                .unionByName(challengers.select(columns))
                .where(col("rank").leq(listLength));
    }

    /**
     * List grain -> the same for the judged KOCs, with relevance and observed_buyers (0 and more) and the KOC's kind.
     *
     * @param kocs as {@link JudgedKocs#withIdeals} returns them
     * @param buyers as {@link Outcome#buyers} returns them
     */
    static Dataset<Row> withOutcome(Dataset<Row> lists, Dataset<Row> kocs, Dataset<Row> buyers) {
        return lists.join(kocs.withColumnRenamed("relevance", "pool_relevance"), new String[] {"koc_id"}, "inner")
                .join(buyers, new String[] {"koc_id", "product_id"}, "left")
                .select(
                        col("recommender"),
                        col("koc_id"),
                        col("portrait"),
                        col("level"),
                        col("pool_band"),
                        col("ideal_buyers").isNotNull().as("is_scored"),
                        col("rank"),
                        col("product_id"),
                        col("expected_buyers"),
                        orZero("relevance").as("relevance"),
                        orZero("observed_buyers").as("observed_buyers"));
    }

    /**
     * List grain -> backtest_kocs of one cutoff: every judged KOC with every recommender, whether it has a list or not.
     *
     * <p>NDCG = gain of the list / gain of the best list there could be. With products newly bought by 3 and 1 members of
     * the pool, a list that has the second of them first and nothing else gains 1 / log2(2) = 1 of 3.63: .275. {@code
     * ndcg_buyers} is the same by observed_buyers: of all that are forecast, who needs something again too.
     *
     * @param listed as {@link #withOutcome} returns it
     * @param kocs as {@link JudgedKocs#withIdeals} returns them
     * @param day the last day the backtest looks at
     * @param interest the type of event that counted as a purchase
     */
    static Dataset<Row> scores(
            Dataset<Row> listed, Dataset<Row> kocs, LocalDate day, LocalDate cutoff, String interest) {
        Dataset<Row> recommenders = listed.select("recommender")
                .union(kocs.sparkSession().range(1).select(lit(PUBLISHED)))
                .distinct();
        Dataset<Row> reached = listed.groupBy("recommender", "koc_id")
                .agg(
                        count(lit(1)).as("listed"),
                        ExactSums.preciseSum(JudgedKocs.gain("relevance")).as("gain"),
                        ExactSums.preciseSum(JudgedKocs.gain("observed_buyers")).as("gain_buyers"),
                        sum("relevance").as("reached"),
                        ExactSums.preciseSum(col("expected_buyers")).as("expected_buyers"),
                        sum("observed_buyers").as("observed_buyers"));
        return kocs.crossJoin(broadcast(recommenders))
                .join(reached, new String[] {"recommender", "koc_id"}, "left")
                .select(
                        lit(day).as("day"),
                        lit(cutoff).as("cutoff"),
                        col("recommender"),
                        col("koc_id"),
                        lit(interest).as("interest"),
                        col("pool_size"),
                        col("portrait"),
                        col("level"),
                        col("pool_band"),
                        orZero("relevance").as("new_buyers"),
                        orZero("listed").as("listed"),
                        shareOf("gain", "ideal").as("ndcg"),
                        shareOf("gain_buyers", "ideal_buyers").as("ndcg_buyers"),
                        shareOf("reached", "relevance").as("buyers_captured"),
                        when(col("ideal").isNotNull(), orZero("reached").gt(0)).as("is_hit"),
                        col("expected_buyers"),
                        orZero("observed_buyers").as("observed_buyers"));
    }

    private static Column orZero(String count) {
        return coalesce(col(count), lit(0L));
    }

    private static Column shareOf(String part, String whole) {
        Column share = coalesce(col(part), lit(0))
                .cast(DataTypes.DoubleType)
                .divide(col(whole).cast(DataTypes.DoubleType));
        // The last digits of a list that is as good as can be may say more than 1.
        return when(col(whole).isNotNull(), least(lit(1.0), share));
    }
}
