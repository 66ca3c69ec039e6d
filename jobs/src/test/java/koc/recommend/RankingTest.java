package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RankingTest extends SparkTest {
    private static final RecommendSettings SETTINGS = RecommendSettings.from(config("koc.recommend.weight.need=0.4"));
    private static final BuyerModel MODEL =
            new BuyerModel(new double[] {0.1, 0.2, 0.5, 1, 0.05, 3, 2}, new double[] {0.5, 2}, 0);

    @Test
    void theSourcesTimesTheLeaningsAreTheExpectedBuyersAndTheFactorsMakeTheScore() {
        Row row = score(
                        "1, 1, 10.0D, 5.0D, 2.0D, 1.0D, 4.0D, 0.1D, 0.2D, 4.0D, 1.5D, 2.0D, 0.5D, 0.6D, 2.0D, 0.1D, 0.1D",
                        "1, 1.0D",
                        "1, 1.5D, 0.8D, 0.5D",
                        "1, 1, 0.5D")
                .head();

        // 1 + 1 + 1 + 1 + .2 + .3 + .4, and .2 + .1 + .3 + .1 + .3 + .2 of who needs it again, times the root of 4 and
        // the
        // square of 1.5.
        double buyers = 6.1 * 2 * 2.25;
        assertThat(row.<Double>getAs("expected_buyers")).isCloseTo(buyers, within(1e-9));
        assertThat(row.<Double>getAs("from_portraits")).isCloseTo(1, within(1e-9));
        assertThat(row.<Double>getAs("from_need")).isCloseTo(1 + 1.2, within(1e-9));
        assertThat(row.<Double>getAs("score"))
                .isCloseTo(
                        buyers * (3.9 + 2.2 * 0.4) / 6.1 * 1.5 * 0.8 * Math.exp(0.1 * 0.5) * Math.exp(0.05 * 0.5),
                        within(1e-9));
    }

    @Test
    void whatNobodyWillNewlyBuyIsNotScored() {
        assertThat(score(
                                "1, 1, 0.0D, 0.0D, 0.0D, 0.0D, 0.0D, 0.0D, 0.0D, 1.0D, 1.0D, 0D, 0D, 0D, 0D, 0D, 0D",
                                "1, 1.0D",
                                "1, 1.0D, 1.0D, 0.0D",
                                "9, 9, 0.5D")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void tiesGoToMoreBuyersThenToTheProductThatIsBoughtMore() {
        Dataset<Row> scored =
                SPARK.sql("SELECT * FROM VALUES (1, 3, 2D, 1D), (1, 2, 2D, 1D), (1, 5, 2D, 1.5D), (1, 9, 3D, 1D)"
                        + " AS t(koc_number, product_number, score, expected_buyers)");

        List<Row> ranked =
                Ranking.ranked(scored, scored.col("score")).orderBy("rank").collectAsList();

        assertThat(ranked)
                .extracting(row -> row.<Integer>getAs("product_number"))
                .containsExactly(9, 5, 2, 3);
    }

    private static Dataset<Row> score(String part, String koc, String offer, String use) {
        return Ranking.score(
                table(
                        "koc_number, product_number, portrait_part, newcomer_part, item_part, due_part, influence_part, launch_part, tail_part, appetite, taste,"
                                + " again_portrait_part, again_newcomer_part, again_item_part, again_influence_part,"
                                + " again_launch_part, again_tail_part",
                        part),
                table("koc_number, heterogeneity", koc),
                table("product_number, margin_factor, trust_factor, generality_edge", offer),
                table("koc_number, product_number, loyalty", use),
                MODEL,
                SETTINGS);
    }

    private static Dataset<Row> table(String columns, String... values) {
        return SPARK.sql("SELECT * FROM VALUES (" + String.join("), (", values) + ") AS t(" + columns + ")");
    }
}
