package koc.backtest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Selects the lists of all recommenders on a cutoff, and adds how many members bought each product afterwards. */
final class EvaluatedLists {
    /** The recommender whose lists are published: koc_recommendations. */
    static final String PUBLISHED = "published";

    private EvaluatedLists() {}

    /**
     * Selects the first ranks of all recommenders: recommender, koc_id, rank, product_id, expected_buyers.
     *
     * @param recommendations koc_recommendations of the cutoff
     * @param baselines lists of the baselines on the cutoff
     */
    static Dataset<Row> select(Dataset<Row> recommendations, Dataset<Row> baselines, int listLength) {
        Column[] columns = {col("recommender"), col("koc_id"), col("rank"), col("product_id"), col("expected_buyers")};
        return recommendations
                .withColumn("recommender", lit(PUBLISHED))
                .select(columns)
                .unionByName(baselines.select(columns))
                .where(col("rank").leq(listLength));
    }

    /**
     * List grain -> the lists of evaluated KOCs, with first_purchases and observed_buyers of the product (0 or more) and the
     * columns that slices are made of. {@code is_scored} says whether the pool had any observed buyer.
     *
     * @param kocs as {@link Ndcg#withIdealGains} returns them
     * @param buyers as {@link ObservedBuyers#count} returns them
     */
    static Dataset<Row> withBuyers(Dataset<Row> lists, Dataset<Row> kocs, Dataset<Row> buyers) {
        return lists.join(kocs.drop("first_purchases"), new String[] {"koc_id"}, "inner")
                .join(buyers, new String[] {"koc_id", "product_id"}, "left")
                .select(
                        col("recommender"),
                        col("koc_id"),
                        col("portrait"),
                        col("level"),
                        col("pool_band"),
                        col("ideal_gain_all_buyers").isNotNull().as("is_scored"),
                        col("rank"),
                        col("product_id"),
                        col("expected_buyers"),
                        coalesce(col("first_purchases"), lit(0L)).as("first_purchases"),
                        coalesce(col("observed_buyers"), lit(0L)).as("observed_buyers"));
    }
}
