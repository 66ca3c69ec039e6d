package koc.recommend.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import koc.SparkTest;
import koc.recommend.model.ItemModel;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class PoolShortlistTest extends SparkTest {
    /** Owning 1 scores .5 for 2, and owning 2 scores .25 for 1. */
    private static final Broadcast<ItemModel> MODEL = JavaSparkContext.fromSparkContext(SPARK.sparkContext())
            .broadcast(new ItemModel(new float[][] {{0, 0.5f}, {0.25f, 0}}));

    private static final Dataset<Row> MEMBERS =
            table("koc_number, user_id, first_purchase_activity", "1, 'a', 1.5D", "1, 'b', 1D", "1, 'c', 1D");
    private static final Dataset<Row> BASKETS = table("user_id, product_number", "'a', 1", "'b', 1", "'b', 2");

    @Test
    void membersPurchasesAreSummedByTheirWeight() {
        Row scores = PoolShortlist.scoreItems(MEMBERS, BASKETS, MODEL, table("product_number", "2"))
                .head();

        // Owners of 1 weigh 2.5, owners of 2 weigh 1.
        assertThat(scores.<Double>getList(1)).containsExactly(0.25, 1.25);
        assertThat(scores.<Integer>getList(2)).containsExactly(2);
    }

    @Test
    void theShortlistCombinesPortraitsAndPurchases() {
        Dataset<Row> byPortraits = table("koc_number, portrait_products", "1, array(7)", "2, array(8)");
        Dataset<Row> scores = table("koc_number, item_scores, popular_in_pool", "1, array(0.25D, 1.25D), array()");

        assertThat(PoolShortlist.combine(byPortraits, scores, offers(2, 7, 8, 9), 1)
                        .orderBy("koc_number", "product_number")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,2,1.25]", "[1,7,0.0]", "[2,2,0.0]", "[2,8,0.0]");
    }

    @Test
    void theMostPopularProductsInThePoolOverallAndLatelyAreAdded() {
        Dataset<Row> byPortraits = table("koc_number, portrait_products", "1, array(7)");
        Dataset<Row> scores =
                table("koc_number, item_scores, popular_in_pool", "1, array(0.25D, 1.25D, 0D), array(3, 2)");
        Dataset<Row> offers = offers(1, 2, 3, 7, 8)
                .withColumn("weekly_recency", functions.expr("IF(product_number = 8, 0.9D, 0.1D)"));

        // By portraits 7, by purchases 2, in the pool 3, of all users 1, lately 8.
        assertThat(PoolShortlist.combine(byPortraits, scores, offers, 1)
                        .orderBy("product_number")
                        .select("product_number")
                        .collectAsList())
                .extracting(row -> row.getInt(0))
                .containsExactly(1, 2, 3, 7, 8);
    }

    @Test
    void popularityIsThatOfTheRatesAndNotOfTheNumbers() {
        // Products are numbered by the buyers of the run date, which a window of the past must not know.
        Dataset<Row> byPortraits = table("koc_number, portrait_products", "1, array(7)");
        Dataset<Row> scores = table("koc_number, item_scores, popular_in_pool", "1, array(0D), array()");
        Dataset<Row> offers =
                table("product_number, population_rate, weekly_recency", "2, 0.1D, 0D", "7, 0.2D, 0.5D", "9, 0.3D, 0D");

        assertThat(PoolShortlist.combine(byPortraits, scores, offers, 1)
                        .orderBy("product_number")
                        .select("product_number")
                        .collectAsList())
                .extracting(row -> row.getInt(0))
                .contains(9)
                .doesNotContain(2);
    }

    @Test
    void aProductThatIsNotOfferedTakesNoPlaceOnTheShortlist() {
        Dataset<Row> byPortraits = table("koc_number, portrait_products", "1, array(7)");
        Dataset<Row> scores = table("koc_number, item_scores, popular_in_pool", "1, array(0.25D, 1.25D), array()");

        assertThat(PoolShortlist.combine(byPortraits, scores, offers(1, 7), 1)
                        .orderBy("product_number")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,1,0.25]", "[1,7,0.0]");
    }

    @Test
    void theLongTailAddsItsFirstProductsAndReplacesItemSums() {
        Dataset<Row> shortlist =
                table("koc_number, product_number, item_score_sum", "1, 2, 1.25D", "1, 3000, 0.0D", "1, 4000, 0.0D");
        Dataset<Row> scores = table(
                "koc_number, product_number, long_tail_score_sum",
                "1, 3000, 0.125D",
                "1, 3001, 0.5D",
                "1, 3002, 0.25D",
                "2, 3001, 0.5D");

        assertThat(PoolShortlist.withLongTail(shortlist, scores, 1)
                        .orderBy("koc_number", "product_number")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,2,1.25]", "[1,3000,0.125]", "[1,3001,0.5]", "[1,4000,0.0]", "[2,3001,0.5]");
    }

    @Test
    void anOwnedProductIsScoredByTheOtherProductsOfItsOwner() {
        Dataset<Row> owned = table(
                "user_id, product_number, is_due",
                "'b', 1, false",
                "'b', 2, false",
                "'a', 1, false",
                "'a', 2, false",
                "'c', 9, false");

        // 2 is not in the basket of a, but 1 scores .5 for it. 9 is beyond the head, without a score.
        assertThat(PoolShortlist.withItemScores(owned, BASKETS, MODEL)
                        .orderBy("user_id", "product_number")
                        .select("user_id", "product_number", "item_score")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,1,0.0]", "[a,2,0.5]", "[b,1,0.25]", "[b,2,0.5]", "[c,9,0.0]");
    }

    /** Offers of these numbers, all equally popular. */
    private static Dataset<Row> offers(int... numbers) {
        return table(
                "product_number, population_rate, weekly_recency",
                Arrays.stream(numbers)
                        .mapToObj(number -> number + ", 0.1D, 0.5D")
                        .toArray(String[]::new));
    }

    private static Dataset<Row> table(String columns, String... values) {
        return SPARK.sql("SELECT * FROM VALUES (" + String.join("), (", values) + ") AS t(" + columns + ")");
    }
}
