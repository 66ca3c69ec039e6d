package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import smile.math.matrix.Matrix;

class ItemModelTest extends SparkTest {
    /** Three users own 1 and 2, one owns 1 and 3, one owns 3 alone. */
    private static final Dataset<Row> BASKETS = SPARK.sql("SELECT * FROM VALUES"
            + " ('a', 1), ('a', 2), ('b', 1), ('b', 2), ('c', 1), ('c', 2), ('d', 1), ('d', 3), ('e', 3)"
            + " AS t(user_id, product_number)");

    @Test
    void weightsFollowTheClosedForm() {
        // G + I = (5 1; 1 3), its inverse (3 -1; -1 5) / 14: weight(1, 2) = 1 / 5, weight(2, 1) = 1 / 3.
        float[][] weights = ItemModel.computeWeights(new Matrix(new double[][] {{4, 1}, {1, 2}}), 1);

        assertThat(weights[0][0]).isZero();
        // 0.2 to the nearest multiple of 2^-20.
        assertThat(weights[0][1]).isEqualTo(209_715 / 1_048_576f);
        assertThat(weights[1][0]).isCloseTo(1 / 3f, within(1e-6f));
        assertThat(weights[1][1]).isZero();
    }

    @Test
    void weightsAreMultiplesOfAPowerOfTwo() {
        float weight = ItemModel.computeWeights(new Matrix(new double[][] {{4, 1}, {1, 2}}), 1)[1][0];

        // Sums of other numbers, such as a third, depend on their order.
        assertThat(weight * (1 << 20) % 1).isZero();
    }

    @Test
    void productsOwnedTogetherSuggestEachOther() {
        ItemModel model = ItemModel.fit(BASKETS, 0.5);

        assertThat(model.size()).isEqualTo(3);
        assertThat(model.weights()[0][1]).isGreaterThan(0.5f);
        assertThat(model.weights()[0][2]).isLessThan(model.weights()[0][1]);
        // 2 and 3 are never owned together.
        assertThat(model.weights()[1][2]).isNegative();
    }

    @Test
    void withoutBuyersTheModelIsEmpty() {
        assertThat(ItemModel.fit(BASKETS.where("user_id = 'x'"), 1).size()).isZero();
    }

    @Test
    void aBasketHoldsTheLatestProductsOfTheHead() {
        Dataset<Row> owned = SPARK.sql("SELECT * FROM VALUES ('u', 1, DATE'2024-01-01'), ('u', 2, DATE'2024-01-03'),"
                + " ('u', 3, DATE'2024-01-02'), ('u', 9, DATE'2024-01-04'), ('u', 4, NULL)"
                + " AS t(user_id, product_number, last_bought_on)");

        assertThat(ItemModel.selectBaskets(owned, 5, 2)
                        .orderBy("product_number")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[u,2]", "[u,3]");
    }

    @Test
    void scoresAreWeightedSumsOfModelRowsWithoutUnknownProducts() {
        Broadcast<ItemModel> model = broadcast(new float[][] {{0, 0.5f}, {0.25f, 0}});
        Dataset<Row> lists = SPARK.sql("SELECT array(1, 2, 7) AS products, array(2D, 4D, 1D) AS weights");

        List<Double> scores = lists.select(
                        ItemScores.scoreAll(model, functions.col("products"), functions.col("weights")))
                .head()
                .getList(0);
        List<Double> own = lists.select(
                        ItemScores.scoreSome(model, functions.col("products"), functions.col("products")))
                .head()
                .getList(0);

        assertThat(scores).containsExactly(1.0, 1.0);
        assertThat(own).containsExactly(0.25, 0.5, 0.0);
    }

    private static Broadcast<ItemModel> broadcast(float[][] weights) {
        return JavaSparkContext.fromSparkContext(SPARK.sparkContext()).broadcast(new ItemModel(weights));
    }
}
