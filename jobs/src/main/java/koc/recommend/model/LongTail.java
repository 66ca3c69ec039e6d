package koc.recommend.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;

import koc.recommend.RecommendSettings.ItemModelSettings;
import koc.spark.ExactSums;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Computes the similarity of products that are too rare for the item model: the cosine of their sets of owners, {@code
 * common owners / sqrt(owners of the one x owners of the other)}. For example 3 common owners, of 4 and 9: 3 / 6 = .5.
 *
 * <p>Only the most similar products of each product are kept. So the size of the result depends on the catalogue, not
 * on the number of users.
 */
public final class LongTail {
    private LongTail() {}

    /**
     * Finds the most similar products of each product of the long tail.
     *
     * @param baskets user_id, product_number, of head and tail, at most {@code history} for each user
     * @return long_tail_number, product_number, cosine
     */
    public static Dataset<Row> findNeighbours(Dataset<Row> baskets, ItemModelSettings settings) {
        Dataset<Row> owners =
                baskets.groupBy("product_number").agg(count(lit(1)).as("owners"));
        Dataset<Row> longTailOwners = owners.select(
                col("product_number").as("long_tail_number"), col("owners").as("long_tail_owners"));
        return baskets.where(col("product_number").gt(settings.head()))
                .select(col("user_id"), col("product_number").as("long_tail_number"))
                .join(baskets, new String[] {"user_id"}, "inner")
                .where("long_tail_number <> product_number")
                .groupBy("long_tail_number", "product_number")
                .agg(count(lit(1)).as("common_owners"))
                .where(col("common_owners").geq(settings.longTail().minCommonUsers()))
                .join(owners, new String[] {"product_number"}, "inner")
                .join(longTailOwners, new String[] {"long_tail_number"}, "inner")
                .withColumn(
                        "cosine",
                        ExactSums.roundToStep(
                                col("common_owners").divide(sqrt(col("owners").multiply(col("long_tail_owners")))),
                                ExactSums.FINE_STEPS))
                .withColumn(
                        "position",
                        row_number()
                                .over(Window.partitionBy("long_tail_number")
                                        .orderBy(col("cosine").desc(), col("product_number"))))
                .where(col("position").leq(settings.longTail().neighbours()))
                .select("long_tail_number", "product_number", "cosine");
    }

    /**
     * Sums the similarity of the members' products to each product of the long tail.
     *
     * @param members koc_number, user_id, first_purchase_activity
     * @param baskets as for {@link #findNeighbours}
     * @return koc_number, product_number, long_tail_score_sum
     */
    public static Dataset<Row> sumByPool(Dataset<Row> members, Dataset<Row> baskets, Dataset<Row> neighbours) {
        return members.join(baskets, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(sum("first_purchase_activity").as("activity"))
                .join(neighbours, new String[] {"product_number"}, "inner")
                .groupBy(col("koc_number"), col("long_tail_number").as("product_number"))
                .agg(sum(col("activity").multiply(col("cosine"))).as("long_tail_score_sum"));
    }

    /**
     * Sums the similarity of each owner's other products to a product of the long tail.
     *
     * @param owned user_id, product_number
     * @param baskets as for {@link #findNeighbours}
     * @return user_id, product_number, long_tail_score
     */
    public static Dataset<Row> scoreOwned(Dataset<Row> owned, Dataset<Row> baskets, Dataset<Row> neighbours) {
        return owned.select(col("user_id"), col("product_number").as("long_tail_number"))
                .join(neighbours, new String[] {"long_tail_number"}, "inner")
                .join(baskets, new String[] {"user_id", "product_number"}, "left_semi")
                .groupBy(col("user_id"), col("long_tail_number").as("product_number"))
                .agg(sum("cosine").as("long_tail_score"));
    }
}
