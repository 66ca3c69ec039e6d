package koc.kocs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import koc.kocs.KocFeatureRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class KocComponentsTest extends KocFeatureRows {
    private static final Offset<Double> EXACT = within(1e-9);

    @Test
    void influenceIsTheLowerEndOfTheIntervalSoThatOneLuckySaleDoesNotLead() {
        Map<String, Row> kocs = components("""
                koc_id | influence_lift | influence_low | influence_high
                lucky  | 2.5            | 0.4           | 8
                steady | 1.6            | 1.2           | 2.1
                """);

        assertThat(get(kocs, "steady").<Double>getAs("influence")).isCloseTo(1.2 / 2.2, EXACT);
        assertThat(get(kocs, "lucky").<Double>getAs("influence")).isCloseTo(.4 / 1.4, EXACT);
    }

    @Test
    void aKocWhoReachedNobodyGetsTheLowerEndOfThePrior() {
        Map<String, Row> kocs = components("""
                koc_id     | influence_lift | influence_low | influence_high
                measured   | 1.6            | 1.5           | 2.1
                unmeasured |                |               |
                """);

        // The prior's lower end is .25.
        assertThat(get(kocs, "unmeasured").<Double>getAs("influence")).isCloseTo(.2, EXACT);
    }

    @Test
    void aComponentWithoutASourceIsMissing() {
        Row koc = get(components("""
                koc_id | influence_lift | influence_low | influence_high
                koc    | 1.6            | 1.5           | 2.1
                """), "koc");

        assertThat(koc.<Double>getAs("influence")).isCloseTo(.6, EXACT);
        for (String component : List.of(
                "reach_of_strong_ties",
                "own_use",
                "content_and_answers",
                "persona_consistency",
                "restraint",
                "satisfaction",
                "loyalty")) {
            assertThat(isNull(koc, component)).as(component).isTrue();
        }
    }

    @Test
    void aUserWhoLeftAndAUserWhoMutedCountTheSameInRestraint() {
        Map<String, Row> kocs = components("""
                koc_id | pool_size | muted_or_left_90d | left_90d
                muted  | 100       | 10                | 0
                left   | 90        | 10                | 10
                """);

        assertThat(get(kocs, "muted").<Double>getAs("restraint"))
                .isEqualTo(get(kocs, "left").<Double>getAs("restraint"))
                .isCloseTo(.5, EXACT);
    }

    @Test
    void componentsEqualTheirWorkedExamples() {
        Row koc = get(components("""
                koc_id | strong_ties | pool_size | purchase_days_365d | first_purchase_on | last_purchase_on | own_reviews | own_rating_sum | product_shares_90d | used_shares_90d | topics | sum_n_log_n  | all_topics | shares_90d | responses_90d | inquiries_90d | answered_inquiries_90d | muted_or_left_90d | left_90d
                koc    | 12          | 90        | 3                  | 2024-01-01        | 2024-04-01       | 1           | 5              | 20                 | 10              | 2      | 49.9066      | 10         | 20         | 40            | 10            | 8                      | 10                | 10
                """), "koc");

        assertThat(koc.<Double>getAs("reach_of_strong_ties")).isCloseTo(Math.log(13) / Math.log(151), EXACT);
        assertThat(koc.<Double>getAs("loyalty")).isCloseTo(2.0 / 3, EXACT);
        assertThat(koc.<Double>getAs("own_use")).isCloseTo((2.0 / 3 + .5) / 2, EXACT);
        // 16 ln 16 + 4 ln 4 = 49.9066
        double entropy = Math.log(20) - 49.9066 / 20 + 1.0 / 40;
        assertThat(koc.<Double>getAs("persona_consistency")).isCloseTo(1 - entropy / Math.log(10), EXACT);
        // The only KOC has average responses, .5, and answers 8 of 10 inquiries.
        assertThat(koc.<Double>getAs("content_and_answers")).isCloseTo((.5 + .8) / 2, EXACT);
        assertThat(koc.<Double>getAs("restraint")).isCloseTo(.5, EXACT);
    }

    @Test
    void suspectedFraudReducesTheComponentsThatOthersCanFake() {
        Row koc = get(components("""
                koc_id | pool_size | strong_ties | influence_lift | influence_low | influence_high | flag | severity
                koc    | 50        | 150         | 5              | 4             | 6              | ring | 0.9
                """), "koc");

        assertThat(koc.<Double>getAs("credibility")).isCloseTo(.1, EXACT);
        assertThat(koc.<Double>getAs("influence")).isCloseTo(.08, EXACT);
        assertThat(koc.<Double>getAs("reach_of_strong_ties")).isCloseTo(.1, EXACT);
    }

    @Test
    void onlyGuidesHaveSatisfaction() {
        Map<String, Row> kocs = components("""
                koc_id   | koc_type | pool_lines | pool_reviews | pool_rating_sum | pool_complaints
                liked    | guide    | 100        | 20           | 100             | 0
                disliked | guide    | 100        | 20           | 40              | 20
                user     | user     | 100        | 20           | 40              | 20
                """);

        assertThat(get(kocs, "liked").<Double>getAs("satisfaction"))
                .isGreaterThan(get(kocs, "disliked").<Double>getAs("satisfaction"));
        assertThat(isNull(get(kocs, "user"), "satisfaction")).isTrue();
    }

    @Test
    void satisfactionIsAMissingComponentOnlyIfThereAreGuides() {
        Dataset<Row> users = withComponents("koc_id | koc_type\nkoc | user");
        Dataset<Row> guides = withComponents("koc_id | koc_type\nkoc | guide");

        assertThat(KocComponents.findMissing(users))
                .contains("influence", "restraint")
                .doesNotContain("satisfaction");
        assertThat(KocComponents.findMissing(guides)).contains("satisfaction");
    }

    private static Dataset<Row> withComponents(String text) {
        return new KocComponents(SETTINGS.score(), DAY).withComponents(candidates(text));
    }

    private static Map<String, Row> components(String text) {
        return byKoc(withComponents(text));
    }
}
