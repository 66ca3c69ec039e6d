package koc.recommend.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import koc.recommend.split.Ownership;
import koc.spark.ExactSums;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * The item model: how much owning one product raises or lowers the chance to own another. It is EASE (Steck 2019,
 * Embarrassingly Shallow Autoencoders for Sparse Data), in closed form.
 *
 * <p>G(i, j) is the number of users who own both i and j, G(i, i) the number who own i. P is the inverse of G + lambda
 * I. Then {@code weight(i, j) = -P(i, j) / P(j, j)}, and 0 for i = j. A user's score of product j is the sum of
 * weight(i, j) over the products i they own: near 1 when the user probably owns j, near 0 when not. A negative weight
 * means that owners of i rather do not own j.
 *
 * <p>The products are the head of the catalogue, numbered 1..size by buyers. So configuration bounds the memory,
 * whatever the number of users: 4 x size^2 bytes kept and sent to every executor, and 28 x size^2 more while the model
 * is fitted. For 2,000 products these are 16 MB and 112 MB.
 *
 * @param weights by product and other product
 */
@SuppressWarnings("ArrayRecordComponent")
public record ItemModel(float[][] weights) implements Serializable {

    /** The model when no user owns any product. */
    public static final ItemModel EMPTY = new ItemModel(new float[0][]);

    public int size() {
        return weights.length;
    }

    /**
     * The latest {@code history} products of each user, of the first {@code head} products. So an account with very
     * many products does not dominate the model or slow it down.
     *
     * @param owned {@link Ownership#OWNED}
     * @return user_id, product_number
     */
    public static Dataset<Row> selectBaskets(Dataset<Row> owned, int head, int history) {
        return owned.where(col("product_number").leq(head))
                .withColumn(
                        "position",
                        row_number()
                                .over(Window.partitionBy("user_id")
                                        .orderBy(col("last_bought_on").desc_nulls_last(), col("product_number"))))
                .where(col("position").leq(history))
                .select("user_id", "product_number");
    }

    /**
     * Fits the model. The driver receives no users, only the number of common owners of each pair of products.
     *
     * <p>Several threads request a model, one for the run date and one for each holdout. They are fitted one at a
     * time.
     *
     * @param baskets user_id, product_number, without duplicates
     */
    public static synchronized ItemModel fit(Dataset<Row> baskets, double regularisation) {
        Dataset<Row> others =
                baskets.select(col("user_id"), col("product_number").as("other_number"));
        Dataset<Row> pairs = baskets.join(others, new String[] {"user_id"}, "inner")
                .where("other_number <= product_number")
                .groupBy("product_number", "other_number")
                .agg(count(lit(1)).as("users"))
                .groupBy("product_number")
                .agg(collect_list(struct("other_number", "users")).as("others"));
        Row last = baskets.agg(max("product_number")).head();
        if (last.isNullAt(0)) {
            return EMPTY;
        }
        int size = last.getInt(0);
        Matrix gram = new Matrix(size, size);
        for (Iterator<Row> rows = pairs.toLocalIterator(); rows.hasNext(); ) {
            Row row = rows.next();
            int product = row.getInt(0);
            List<Row> counts = row.getList(1);
            for (Row count : counts) {
                int other = count.getInt(0);
                double users = (double) count.getLong(1);
                gram.set(product - 1, other - 1, users);
                gram.set(other - 1, product - 1, users);
            }
        }
        return new ItemModel(computeWeights(gram, regularisation));
    }

    /**
     * Computes the weights from the numbers of common owners. The matrix is overwritten.
     *
     * <p>Weights are multiples of 2^-20, so that sums are exact: what an owner added to a pool's sum can be subtracted
     * without a rest.
     */
    public static float[][] computeWeights(Matrix gram, double regularisation) {
        int size = gram.nrows();
        for (int i = 0; i < size; i++) {
            gram.add(i, i, regularisation);
        }
        gram.uplo(UPLO.LOWER);
        Matrix inverse = gram.cholesky(true).inverse();
        float[][] weights = new float[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double weight = -inverse.get(i, j) / inverse.get(j, j);
                weights[i][j] = i == j ? 0 : (float) (Math.rint(weight * ExactSums.FINE_STEPS) / ExactSums.FINE_STEPS);
            }
        }
        return weights;
    }
}
