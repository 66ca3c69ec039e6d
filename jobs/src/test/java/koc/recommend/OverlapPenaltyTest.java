package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Collectors;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OverlapPenaltyTest extends SparkTest {
    // Pools 1 and 2 share two members, half of the first and a quarter of the second; 3 stands alone.
    private static final Dataset<Row> MEMBERS = table(
            "koc_number, user_id",
            "(1, 'a'), (1, 'b'), (1, 'c'), (1, 'd'), (2, 'a'), (2, 'b'), (2, 'e'), (2, 'f'), (2, 'g'), (2, 'h'), (2, 'i'), (2, 'j'), (3, 'k')");
    private static final Dataset<Row> KOCS =
            table("koc_number, pool_size, level", "(1, 4L, 'gold'), (2, 8L, null), (3, 1L, 'recruit')");

    @Test
    void whoWantsItLessScoresItLowerByTheShareOfItsPoolThatHearsItElsewhere() {
        // Of 9, pool 1 wants .25 a member and pool 2 .5; of 8 it is the other way round.
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
    void aHigherLevelGoesFirstThoughItsPoolWantsItALittleLess() {
        // Of 9, pool 1 wants .3 a member and pool 2 .4; gold is four steps up, and counts 1.4 times.
        String wishes = "(1, 9, 1.2D, 1.2D), (2, 9, 3.2D, 3.2D)";

        assertThat(scores(wishes, "koc.recommend.rerank.overlap-penalty.level=0.1"))
                .containsEntry("1-9", 1.2)
                .doesNotContainEntry("2-9", 3.2);
        assertThat(scores(wishes, "koc.recommend.rerank.overlap-penalty.level=0"))
                .doesNotContainEntry("1-9", 1.2)
                .containsEntry("2-9", 3.2);
    }

    @Test
    void poolsThatShareLittleAreLeftAlone() {
        Map<String, Double> scores = scores(
                "(1, 8, 2D, 2D), (2, 8, 2D, 2D)",
                "koc.recommend.rerank.overlap-penalty.weight=0.5",
                "koc.recommend.rerank.overlap-penalty.min-overlap=0.3");

        assertThat(scores.get("2-8")).isEqualTo(2);
    }

    @Test
    void whatTheOtherDoesNotRecommendIsNotHeardFromIt() {
        // The only place of pool 1's list goes to 7.
        Map<String, Double> scores = scores(
                "(1, 7, 9D, 2D), (1, 8, 2D, 2D), (2, 8, 2D, 2D)",
                "koc.recommend.top=1",
                "koc.recommend.rerank.overlap-penalty.weight=0.5");

        assertThat(scores.get("2-8")).isEqualTo(2);
    }

    @Test
    void switchedOffItLeavesEveryScore() {
        Map<String, Double> scores =
                scores("(1, 8, 2D, 2D), (2, 8, 2D, 2D)", "koc.recommend.rerank.overlap-penalty.on=false");

        assertThat(scores.values()).containsOnly(2.0);
    }

    private static Map<String, Double> scores(String scored, String... settings) {
        RecommendSettings recommend = RecommendSettings.from(config(settings));
        return OverlapPenalty.of(
                        table("koc_number, product_number, score, expected_buyers", scored),
                        KOCS,
                        MEMBERS,
                        recommend.top(),
                        recommend.rerank())
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
