package koc.recommend;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import smile.math.blas.UPLO;
import smile.math.matrix.Matrix;

/**
 * What having one product says of wanting another: EASE (Steck 2019, Embarrassingly Shallow Autoencoders for Sparse
 * Data), in closed form.
 *
 * <p>With G the number of users who have both of two products (on the diagonal, who have the one) and P the inverse of
 * G + lambda I, {@code weight(i, j) = -P(i, j) / P(j, j)}, 0 for i = j. The sum of weight(i, j) over the products i that
 * a user has says how far the user is one who has j too: about 0 for no, 1 for yes. Negative weights count as well:
 * most of what is known of a taste is what it is not.
 *
 * <p>The products are the head of the catalogue, numbered 1..size by users who have them; so the model's memory is
 * bounded by configuration, whatever the number of users: 4 x size^2 bytes kept and sent to every executor, 28 x size^2
 * while it is fitted. 2,000 products: 16 MB and 112 MB.
 */
@SuppressWarnings("ArrayRecordComponent")
record ItemModel(float[][] weights) implements Serializable {

    private static final double STEP = 1 << 20;

    /** A model that knows nothing: for a catalogue without a product that two users have. */
    static final ItemModel NONE = new ItemModel(new float[0][]);

    int size() {
        return weights.length;
    }

    /**
     * What each user is known by: its latest products of the head, most {@code history} of them, so that an account
     * that bought everything does not outweigh, or slow down, the rest.
     *
     * @param holdings user_id, product_number, last_bought_on
     * @return user_id, product_number
     */
    static Dataset<Row> baskets(Dataset<Row> holdings, int head, int history) {
        return holdings.where(col("product_number").leq(head))
                .withColumn(
                        "place_in_history",
                        row_number()
                                .over(Window.partitionBy("user_id")
                                        .orderBy(col("last_bought_on").desc_nulls_last(), col("product_number"))))
                .where(col("place_in_history").leq(history))
                .select("user_id", "product_number");
    }

    /**
     * Fits the model. Users never come to the driver: what comes is, for each product of the head, with how many users
     * it shares each other one.
     *
     * <p>One at a time: today's and that of the day before the window are asked for at once.
     *
     * @param baskets user_id, product_number, at most one row for both
     */
    static synchronized ItemModel fit(Dataset<Row> baskets, double regularisation) {
        Dataset<Row> others =
                baskets.select(col("user_id"), col("product_number").as("other_number"));
        Dataset<Row> together = baskets.join(others, new String[] {"user_id"}, "inner")
                .where("other_number <= product_number")
                .groupBy("product_number", "other_number")
                .agg(count(lit(1)).as("users"))
                .groupBy("product_number")
                .agg(collect_list(struct("other_number", "users")).as("others"));
        Row greatest = baskets.agg(max("product_number")).head();
        if (greatest.isNullAt(0)) {
            return NONE;
        }
        int size = greatest.getInt(0);
        Matrix gram = new Matrix(size, size);
        for (Iterator<Row> rows = together.toLocalIterator(); rows.hasNext(); ) {
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
        return new ItemModel(weights(gram, regularisation));
    }

    /**
     * The weights, by product and other product, from the numbers of users who have both; the matrix is used up. They are
     * multiples of 2^-20, so that sums are exact: what is taken off a pool's sum for who has a product is what it was
     * added with.
     */
    static float[][] weights(Matrix gram, double regularisation) {
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
                weights[i][j] = i == j ? 0 : (float) (Math.rint(weight * STEP) / STEP);
            }
        }
        return weights;
    }
}
