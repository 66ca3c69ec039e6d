package koc.kocs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import koc.kocs.KocFeatureRows;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocScoringTest extends KocFeatureRows {
    @Test
    void missingComponentsAreLeftOutOfTheScore() {
        Row koc = get(score("""
                koc_id | influence_lift | influence_low | influence_high
                koc    | 1.6            | 1.5           | 2.1
                """), "koc");

        assertThat(koc.<Double>getAs("score")).isCloseTo(.6, within(1e-9));
    }

    @Test
    void theScoreIsTheWeightedMeanOfTheComponents() {
        // Influence .6 weighs .4. Own use is loyalty, 3 / 6 purchase days and recency 1: .75, which weighs .15.
        Row koc = get(score("""
                koc_id | influence_lift | influence_low | influence_high | first_purchase_on | last_purchase_on | purchase_days_365d
                koc    | 1.6            | 1.5           | 2.1            | 2024-06-30        | 2024-06-30       | 3
                """), "koc");

        assertThat(koc.<Double>getAs("score")).isCloseTo((.4 * .6 + .15 * .75) / .55, within(1e-9));
    }

    @Test
    void aSteadyKocRanksAboveALuckyOne() {
        Map<String, Row> kocs = score("""
                koc_id | influence_lift | influence_low | influence_high
                lucky  | 2.5            | 0.4           | 8
                steady | 1.6            | 1.2           | 2.1
                """);

        assertThat(get(kocs, "steady").<Integer>getAs("rank")).isEqualTo(1);
        assertThat(get(kocs, "lucky").<Integer>getAs("rank")).isEqualTo(2);
    }

    @Test
    void suspectedFraudLowersTheRank() {
        Map<String, Row> kocs = score("""
                koc_id     | pool_size | strong_ties | influence_lift | influence_low | influence_high | flag | severity
                suspicious | 50        | 40          | 5              | 4             | 6              | ring | 0.9
                honest     | 50        | 10          | 1.5            | 1             | 2              |      |
                """);

        assertThat(get(kocs, "honest").<Integer>getAs("rank")).isEqualTo(1);
        assertThat(get(kocs, "suspicious").<Integer>getAs("rank")).isEqualTo(2);
    }

    @Test
    void equalKocsRankByPoolAndThenById() {
        Map<String, Row> kocs = score("""
                koc_id | pool_size
                b      | 0
                a      | 0
                c      | 5
                """);

        assertThat(get(kocs, "c").<Integer>getAs("rank")).isEqualTo(1);
        assertThat(get(kocs, "a").<Integer>getAs("rank")).isEqualTo(2);
        assertThat(get(kocs, "b").<Integer>getAs("rank")).isEqualTo(3);
        assertThat(get(kocs, "a").<Double>getAs("score")).isZero();
    }

    private static Map<String, Row> score(String text) {
        return byKoc(new KocScoring(SETTINGS, DAY).score(candidates(text)));
    }
}
