package koc.kocs.score;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.kocs.KocFeatureRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocBaselinesTest extends KocFeatureRows {
    @Test
    void baselinesAreRatesOverAllCandidates() {
        Row koc = candidates("""
                koc_id | shares_90d | responses_90d | inquiries_90d | answered_inquiries_90d | pool_size | left_90d | muted_or_left_90d | products_approved | products_blocked
                a      | 30         | 10            | 4             | 4                      | 90        | 10       | 10                | 3                 | 1
                b      | 10         | 10            | 4             | 0                      | 100       | 0        | 0                 | 6                 | 2
                """).head();

        assertThat(koc.<Double>getAs("baseline_response_rate")).isCloseTo(.5, within(1e-12));
        assertThat(koc.<Double>getAs("baseline_answer_rate")).isCloseTo(.5, within(1e-12));
        assertThat(koc.<Double>getAs("baseline_loss_rate")).isCloseTo(.05, within(1e-12));
        assertThat(koc.<Double>getAs("baseline_approval_rate")).isCloseTo(.75, within(1e-12));
        assertThat(koc.<Double>getAs("prior_low")).isEqualTo(.25);
    }

    @Test
    void anAbsentSourceHasNoBaseline() {
        Row koc = candidates("koc_id\nkoc").head();

        for (String baseline : List.of(
                "baseline_response_rate",
                "baseline_answer_rate",
                "baseline_loss_rate",
                "baseline_rating",
                "baseline_complaint_rate",
                "baseline_approval_rate",
                "courses_365d")) {
            assertThat(isNull(koc, baseline)).as(baseline).isTrue();
        }
        for (String source : List.of("has_ties", "has_courses", "has_purchases", "has_profiles", "has_influence")) {
            assertThat(koc.<Boolean>getAs(source)).as(source).isFalse();
        }
    }

    @Test
    void peopleWhoAreNotRankedDoNotCount() {
        Dataset<Row> features =
                features("""
                koc_id | shares_90d | responses_90d
                ranked | 10         | 10
                other  | 10         | 0
                """).withColumn("is_ranked", col("koc_id").equalTo("ranked"));

        Row koc = KocBaselines.withBaselines(features, SPARK.sql("SELECT .25D AS prior_low"))
                .head();

        assertThat(koc.<Double>getAs("baseline_response_rate")).isEqualTo(1);
    }
}
