package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LongTailTest extends SparkTest {
    /** Four users own 1, nine own 2, three of them both. One user owns 1 and 3; product 4 has owners of 1 and 2. */
    private static final Dataset<Row> BASKETS = SPARK.sql("SELECT * FROM VALUES"
            + " ('a', 1), ('b', 1), ('c', 1), ('d', 1),"
            + " ('a', 2), ('b', 2), ('c', 2), ('e', 2), ('f', 2), ('g', 2), ('h', 2), ('i', 2), ('j', 2),"
            + " ('d', 3),"
            + " ('a', 4), ('b', 4), ('c', 4), ('e', 4)"
            + " AS t(user_id, product_number)");

    @Test
    void neighboursAreOrderedByCosine() {
        // 1 and 2: 3 / sqrt(4 x 9); 1 and 4: 3 / 4; 2 and 4: 4 / sqrt(9 x 4); 3 has too few common owners.
        assertThat(neighbours(1, 2))
                .containsExactly("[2,1,0.5]", "[2,4,0.6666669845581055]", "[4,1,0.75]", "[4,2,0.6666669845581055]");
        assertThat(neighbours(1, 1)).containsExactly("[2,4,0.6666669845581055]", "[4,1,0.75]");
    }

    @Test
    void onlyTheLongTailHasNeighbours() {
        assertThat(neighbours(3, 9)).containsExactly("[4,1,0.75]", "[4,2,0.6666669845581055]");
        assertThat(neighbours(4, 9)).isEmpty();
    }

    @Test
    void membersPurchasesAreSummedByTheirWeight() {
        Dataset<Row> members = SPARK.sql("SELECT * FROM VALUES (1, 'd', 1.5D), (1, 'i', 1D), (2, 'x', 1D)"
                + " AS t(koc_number, user_id, first_purchase_activity)");
        Dataset<Row> neighbours = SPARK.sql(
                "SELECT * FROM VALUES (4, 1, 0.75D), (4, 2, 0.5D) AS t(long_tail_number, product_number, cosine)");

        assertThat(LongTail.sumByPool(members, BASKETS, neighbours).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,4," + (1.5 * 0.75 + 0.5) + "]");
        // Owners of 4: a also owns 1 and 2, e also owns 2.
        assertThat(LongTail.scoreOwned(
                                BASKETS.where("product_number = 4 AND user_id IN ('a', 'e')"), BASKETS, neighbours)
                        .orderBy("user_id")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,4,1.25]", "[e,4,0.5]");
    }

    private static List<String> neighbours(int head, int count) {
        RecommendSettings settings = RecommendSettings.from(config(
                "koc.recommend.item-model.head=" + head,
                "koc.recommend.item-model.long-tail.neighbours=" + count,
                "koc.recommend.item-model.long-tail.min-common-users=3"));
        return LongTail.findNeighbours(BASKETS, settings.itemModel())
                .orderBy("long_tail_number", "product_number")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
