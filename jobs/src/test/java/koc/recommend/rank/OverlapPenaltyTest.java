package koc.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Collectors;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OverlapPenaltyTest extends SparkTest {
    // Pools 1 and 2 have two common members, half of the first and a quarter of the second; 3 has none.
    private static final Dataset<Row> MEMBERS = table(
            "koc_number, user_id",
            "(1, 'a'), (1, 'b'), (1, 'c'), (1, 'd'), (2, 'a'), (2, 'b'), (2, 'e'), (2, 'f'), (2, 'g'), (2, 'h'), (2, 'i'), (2, 'j'), (3, 'k')");
    private static final Dataset<Row> KOCS =
            table("koc_number, pool_size, level", "(1, 4L, 'gold'), (2, 8L, null), (3, 1L, 'recruit')");

    @Test
    void theKocWithFewerBuyersPerMemberLosesByTheCoveredFraction() {
        // Buyers per member of 9: .25 in pool 1, .5 in pool 2; of 8 the reverse.
        Map<String, Double> scores = scores(
                "(1, 9, 1D, 1D), (2, 9, 4D, 4D), (1, 8, 2D, 2D), (2, 8, 2D, 2D), (3, 9, 1D, 1D)",
                "koc.recommend.rerank.overlap-penalty.weight=0.5");

        assertThat(scores.get("1-9")).isCloseTo(1 * (1 - .5 * .5), within(1e-9));
        assertThat(scores.get("2-9")).isEqualTo(4);
        assertThat(scores.get("1-8")).isEqualTo(2);
        assertThat(scores.get("2-8")).isCloseTo(2 * (1 - .5 * .25), within(1e-9));
        assertThat(scores.get("3-9")).isEqualTo(1);
    }

    @Test
    void aHigherLevelRaisesThePriority() {
        // Buyers per member of 9: .3 in pool 1, .4 in pool 2; gold is step 4 and counts 1.4 times.
        String candidates = "(1, 9, 1.2D, 1.2D), (2, 9, 3.2D, 3.2D)";

        assertThat(scores(candidates, "koc.recommend.rerank.overlap-penalty.level-weight=0.1"))
                .containsEntry("1-9", 1.2)
                .doesNotContainEntry("2-9", 3.2);
        assertThat(scores(candidates, "koc.recommend.rerank.overlap-penalty.level-weight=0"))
                .doesNotContainEntry("1-9", 1.2)
                .containsEntry("2-9", 3.2);
    }

    @Test
    void poolsBelowTheMinimumOverlapAreNotPenalised() {
        Map<String, Double> scores = scores(
                "(1, 8, 2D, 2D), (2, 8, 2D, 2D)",
                "koc.recommend.rerank.overlap-penalty.weight=0.5",
                "koc.recommend.rerank.overlap-penalty.min-overlap=0.3");

        assertThat(scores.get("2-8")).isEqualTo(2);
    }

    @Test
    void aProductThatTheOtherKocDoesNotRecommendIsNotPenalised() {
        // The only position of pool 1's list goes to 7.
        Map<String, Double> scores = scores(
                "(1, 7, 9D, 2D), (1, 8, 2D, 2D), (2, 8, 2D, 2D)",
                "koc.recommend.top=1",
                "koc.recommend.rerank.overlap-penalty.weight=0.5");

        assertThat(scores.get("2-8")).isEqualTo(2);
    }

    @Test
    void switchedOffItChangesNoScore() {
        Map<String, Double> scores =
                scores("(1, 8, 2D, 2D), (2, 8, 2D, 2D)", "koc.recommend.rerank.overlap-penalty.on=false");

        assertThat(scores.values()).containsOnly(2.0);
    }

    private static Map<String, Double> scores(String scored, String... settings) {
        RecommendSettings recommend = RecommendSettings.from(config(settings));
        return new OverlapPenalty(recommend.rerank().overlapPenalty(), recommend.top())
                        .apply(table("koc_number, product_number, score, expected_buyers", scored), KOCS, MEMBERS)
                        .collectAsList()
                        .stream()
                        .collect(Collectors.toMap(
                                row -> row.getAs("koc_number") + "-" + row.getAs("product_number"),
                                row -> row.<Double>getAs("score")));
    }

    private static Dataset<Row> table(String columns, String values) {
        return SPARK.sql("SELECT * FROM VALUES " + values + " AS t(" + columns + ")");
    }
}
