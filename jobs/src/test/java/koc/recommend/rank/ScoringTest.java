package koc.recommend.rank;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.Part;
import koc.recommend.model.BuyerModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ScoringTest extends SparkTest {
    private static final RecommendSettings SETTINGS =
            RecommendSettings.from(config("koc.recommend.weight.repurchase=0.4"));

    @Test
    void expectedBuyersAreSourcesTimesAffinitiesAndTheScoreMultipliesTheFactors() {
        Row row = score("""
                        part            | weight | first | due
                        portrait_part   | 0.1    | 10    | 2
                        non_buyer_part  | 0.2    | 5     | 0.5
                        item_model_part | 0.5    | 2     | 0.6
                        repurchase_part | 1      | 1     |
                        influence_part  | 0.05   | 4     | 2
                        cold_start_part | 3      | 0.1   | 0.1
                        long_tail_part  | 2      | 0.2   | 0.1
                        popularity_part          | 1 | 0 | 0
                        monthly_popularity_part   | 1 | 0 | 0
                        weekly_popularity_part   | 1 | 0 | 0
                        pool_part                | 1 | 0 | 0
                        portrait_popularity_part | 1 | 0 | 0
                        """, """
                        affinity          | exponent | value
                        product_affinity  | 0.5      | 4
                        category_affinity | 2        | 1.5
                        """, """
                        factor                | value
                        heterogeneity         | 1
                        margin_factor         | 1.5
                        trust_factor          | 0.8
                        generality_difference | 0.5
                        product_loyalty       | 0.5
                        """).head();

        // First purchases 1 + 1 + 1 + .2 + .3 + .4, and due owners 1 + (.2 + .1 + .3 + .1 + .3 + .2), times the square
        // root
        // of the product affinity 4 and the square of the category affinity 1.5.
        double buyers = 6.1 * 2 * 2.25;
        assertThat(row.<Double>getAs("expected_buyers")).isCloseTo(buyers, within(1e-9));
        assertThat(row.<Double>getAs("weighted_portrait_part")).isCloseTo(1, within(1e-9));
        assertThat(row.<Double>getAs("weighted_repurchase_part")).isCloseTo(1 + 1.2, within(1e-9));
        assertThat(row.<Double>getAs("score"))
                .isCloseTo(
                        buyers * (3.9 + 2.2 * 0.4) / 6.1 * 1.5 * 0.8 * Math.exp(0.1 * 0.5) * Math.exp(0.05 * 0.5),
                        within(1e-9));
    }

    @Test
    void aProductWithoutExpectedBuyersIsNotScored() {
        assertThat(score("""
                                part            | weight | first | due
                                portrait_part   | 0.1    | 0     | 0
                                non_buyer_part  | 0.2    | 0     | 0
                                item_model_part | 0.5    | 0     | 0
                                repurchase_part | 1      | 0     |
                                influence_part  | 0.05   | 0     | 0
                                cold_start_part | 3      | 0     | 0
                                long_tail_part  | 2      | 0     | 0
                                popularity_part          | 1 | 0 | 0
                                monthly_popularity_part   | 1 | 0 | 0
                                weekly_popularity_part   | 1 | 0 | 0
                                pool_part                | 1 | 0 | 0
                                portrait_popularity_part | 1 | 0 | 0
                                """, """
                                affinity          | exponent | value
                                product_affinity  | 0.5      | 1
                                category_affinity | 2        | 1
                                """, """
                                factor                | value
                                heterogeneity         | 1
                                margin_factor         | 1
                                trust_factor          | 1
                                generality_difference | 0
                                product_loyalty       | 0.5
                                """).isEmpty()).isTrue();
    }

    @Test
    void tiesGoToMoreExpectedBuyersThenToTheSmallerProductNumber() {
        Dataset<Row> scored =
                SPARK.sql("SELECT * FROM VALUES (1, 3, 2D, 1D), (1, 2, 2D, 1D), (1, 5, 2D, 1.5D), (1, 9, 3D, 1D)"
                        + " AS t(koc_number, product_number, score, expected_buyers)");

        List<Row> ranked =
                Scoring.rankBy(scored.col("score"), scored).orderBy("rank").collectAsList();

        assertThat(ranked)
                .extracting(row -> row.<Integer>getAs("product_number"))
                .containsExactly(9, 5, 2, 3);
    }

    /**
     * The score of one product for one KOC.
     *
     * @param parts of non-owners (first) and due owners (due), with the weights of the model
     * @param affinities with the model's exponents
     * @param factors of the KOC, the product, and the KOC's own use
     */
    private static Dataset<Row> score(String parts, String affinities, String factors) {
        Map<String, String> pair = new LinkedHashMap<>(Map.of("koc_number", "1", "product_number", "1"));
        pair.putAll(column(parts, "first"));
        column(parts, "due").forEach((part, buyers) -> pair.put("due_" + part, buyers));
        pair.putAll(column(affinities, "value"));
        Map<String, String> values = new LinkedHashMap<>(column(factors, "value"));
        values.putAll(Map.of("koc_number", "1", "product_number", "1"));
        Dataset<Row> ownUse =
                row(values).selectExpr("koc_number", "product_number", "product_loyalty", "true AS is_approved");
        return new Scoring(model(parts, affinities), SETTINGS).score(row(pair), row(values), row(values), ownUse);
    }

    private static BuyerModel model(String parts, String affinities) {
        return new BuyerModel(
                numbers(column(parts, "weight"), Part.columns()),
                numbers(column(affinities, "exponent"), CandidateFeatures.AFFINITIES),
                0);
    }

    private static double[] numbers(Map<String, String> named, List<String> order) {
        return order.stream()
                .mapToDouble(name -> Double.parseDouble(named.get(name)))
                .toArray();
    }

    /** A column of an aligned table by the names in its first column; empty cells are left out. */
    private static Map<String, String> column(String table, String column) {
        List<List<String>> rows = table.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
        int at = rows.get(0).indexOf(column);
        return rows.stream()
                .skip(1)
                .filter(row -> !row.get(at).isEmpty())
                .collect(toMap(row -> row.get(0), row -> row.get(at)));
    }

    private static Dataset<Row> row(Map<String, String> values) {
        return SPARK.sql(values.entrySet().stream()
                .map(value -> "CAST(" + value.getValue() + " AS "
                        + (value.getKey().endsWith("_number") ? "INT" : "DOUBLE") + ") AS " + value.getKey())
                .collect(joining(", ", "SELECT ", "")));
    }
}
