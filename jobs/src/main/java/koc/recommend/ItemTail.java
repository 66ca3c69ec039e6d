package koc.recommend;

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
 * What having one product says of wanting one that is too rare for the item model: the cosine of the users who have them,
 * {@code both / sqrt(users of the one x users of the other)}. For example 3 who have both, of 4 and 9: 3 / 6 = .5.
 *
 * <p>For each product of the tail the nearest few products are kept, so the model is bounded by the catalogue, whatever the
 * number of users; it never leaves Spark.
 */
final class ItemTail {
    /** Steps of cosines in 1, so that plain sums of them are exact. */
    private static final double STEPS = 1 << 20;

    private ItemTail() {}

    /**
     * The nearest products of each product of the tail.
     *
     * @param baskets user_id, product_number, of head and tail, at most {@code history} of a user
     * @return tail_number, product_number, cosine
     */
    static Dataset<Row> neighbours(Dataset<Row> baskets, ItemModelSettings settings) {
        Dataset<Row> users = baskets.groupBy("product_number").agg(count(lit(1)).as("users"));
        return baskets.where(col("product_number").gt(settings.head()))
                .select(col("user_id"), col("product_number").as("tail_number"))
                .join(baskets, new String[] {"user_id"}, "inner")
                .where("tail_number <> product_number")
                .groupBy("tail_number", "product_number")
                .agg(count(lit(1)).as("both"))
                .where(col("both").geq(settings.tail().minCommonUsers()))
                .join(users, new String[] {"product_number"}, "inner")
                .join(
                        users.select(
                                col("product_number").as("tail_number"),
                                col("users").as("tail_users")),
                        new String[] {"tail_number"},
                        "inner")
                .withColumn(
                        "cosine",
                        ExactSums.roundToStep(
                                col("both").divide(sqrt(col("users").multiply(col("tail_users")))), STEPS))
                .withColumn(
                        "nearness",
                        row_number()
                                .over(Window.partitionBy("tail_number")
                                        .orderBy(col("cosine").desc(), col("product_number"))))
                .where(col("nearness").leq(settings.tail().neighbours()))
                .select("tail_number", "product_number", "cosine");
    }

    /**
     * What the members' purchases say of the products of the tail.
     *
     * @param members koc_number, user_id, weight
     * @param baskets as for {@link #neighbours}
     * @return koc_number, product_number, tail_sum
     */
    static Dataset<Row> scores(Dataset<Row> members, Dataset<Row> baskets, Dataset<Row> neighbours) {
        return members.join(baskets, new String[] {"user_id"}, "inner")
                .groupBy("koc_number", "product_number")
                .agg(sum("weight").as("weight"))
                .join(neighbours, new String[] {"product_number"}, "inner")
                .groupBy(col("koc_number"), col("tail_number").as("product_number"))
                .agg(sum(col("weight").multiply(col("cosine"))).as("tail_sum"));
    }

    /**
     * What the other purchases of those who have a product of the tail say of it.
     *
     * @param held user_id, product_number
     * @param baskets as for {@link #neighbours}
     * @return user_id, product_number, tail_value
     */
    static Dataset<Row> values(Dataset<Row> held, Dataset<Row> baskets, Dataset<Row> neighbours) {
        return held.select(col("user_id"), col("product_number").as("tail_number"))
                .join(neighbours, new String[] {"tail_number"}, "inner")
                .join(baskets, new String[] {"user_id", "product_number"}, "left_semi")
                .groupBy(col("user_id"), col("tail_number").as("product_number"))
                .agg(sum("cosine").as("tail_value"));
    }
}
