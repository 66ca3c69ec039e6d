package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductProfilesTest extends SparkTest {
    private static final List<Row> PROFILES = ProductProfiles.withTrust(
                    products(), FitSettings.from(DEFAULTS), Texts.of("en"))
            .orderBy("product_id")
            .collectAsList();

    private static Dataset<Row> products() {
        return SPARK.sql("""
                SELECT * FROM VALUES
                    ('a good',     'Fine',  1,    TRUE,  100L, 40L, 120L, 1L,  0L,  20L, 96L, 0L),
                    ('b refunded', NULL,    NULL, FALSE, 20L,  0L,  30L,  15L, 0L,  0L,  0L,  0L),
                    ('c cheap',    'Poor',  5,    FALSE, 50L,  0L,  50L,  0L,  0L,  0L,  0L,  0L),
                    ('d disliked', NULL,    NULL, FALSE, 50L,  0L,  50L,  0L,  0L,  30L, 45L, 25L),
                    ('e few bad',  NULL,    NULL, FALSE, 2L,   0L,  2L,   1L,  0L,  1L,  1L,  1L),
                    ('f new',      NULL,    NULL, FALSE, 0L,   0L,  0L,   0L,  0L,  0L,  0L,  0L),
                    ('g no stars', NULL,    NULL, FALSE, 3L,   0L,  3L,   0L,  0L,  3L,  3L,  3L)
                AS t(product_id, brand, brand_tier, is_consumable, buyers, repeat_buyers, purchase_lines,
                     refunded_lines, complaints, reviews, rating_sum, bad_reviews)""");
    }

    @Test
    void onlyWhatIsSurelyBelowTheBarFailsAndSaysWhy() {
        assertThat(PROFILES.stream().map(row -> row.<String>getAs("quality_gate")))
                .containsExactly(
                        "pass",
                        "given back too often: 15 of 30 purchases (50%), the bar is 30%",
                        "brand tier 5 is below the bar of 4",
                        "rated too low: 1.5 stars, reviews 30, the bar is 3.0",
                        "pass",
                        "pass",
                        "rated too low: 1.0 stars, reviews 3, the bar is 3.0");
    }

    @Test
    void missingEvidenceIsNotAssessedAndNotBad() {
        Row unknown = PROFILES.get(5);

        assertThat(unknown.<Double>getAs("trust")).isEqualTo(0.5);
        assertThat(unknown.<Double>getAs("trust_value")).isNull();
        assertThat(unknown.<String>getAs("trust_reason"))
                .isEqualTo("value not assessed; brand not assessed; reviews not assessed");
    }

    @Test
    void trustFollowsTheEvidence() {
        assertThat(PROFILES.get(0).<Double>getAs("trust")).isGreaterThan(0.8);
        assertThat(PROFILES.get(1).<Double>getAs("trust"))
                .isLessThan(PROFILES.get(4).<Double>getAs("trust_value"));
        assertThat(PROFILES.get(3).<Double>getAs("trust_reviews")).isLessThan(0.4);
    }
}
