package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import koc.SparkTest;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductTrustTest extends SparkTest {
    private static final Map<String, Row> PRODUCTS = new ProductTrust(FitSettings.from(DEFAULTS), Texts.of("en"))
            .withTrust(rows(ProductTrust.PRODUCT_EVIDENCE, """
                    product_id  | brand | brand_tier | is_consumable | buyers | repeat_buyers | purchase_lines | refunded_lines | complaints | reviews | rating_sum | bad_reviews
                    good        | Fine  | 1          | true          | 100    | 40            | 120            | 1              | 0          | 20      | 96         | 0
                    refunded    |       |            | false         | 20     | 0             | 30             | 15             | 0          | 0       | 0          | 0
                    low tier    | Poor  | 5          | false         | 50     | 0             | 50             | 0              | 0          | 0       | 0          | 0
                    disliked    |       |            | false         | 50     | 0             | 50             | 0              | 0          | 30      | 45         | 25
                    one refund  |       |            | false         | 2      | 0             | 2              | 1              | 0          | 1       | 1          | 1
                    new         |       |            | false         | 0      | 0             | 0              | 0              | 0          | 0       | 0          | 0
                    three reviews |       |            | false         | 3      | 0             | 3              | 0              | 0          | 3       | 3          | 3
                    """)).collectAsList().stream()
                    .collect(Collectors.toMap(row -> row.getAs("product_id"), Function.identity()));

    @Test
    void aProductFailsTheGateOnlyWhenItIsBeyondALimitWithCertainty() {
        assertThat(List.of("good", "one refund", "new"))
                .allMatch(product -> text(product, "quality_gate").equals("pass"));
        assertThat(text("refunded", "quality_gate"))
                .isEqualTo("too many refunds: 15 of 30 purchases (50%), the limit is 30%");
        assertThat(text("low tier", "quality_gate")).isEqualTo("brand tier 5 is worse than the limit of 4");
        assertThat(text("disliked", "quality_gate"))
                .isEqualTo("rating too low: 1.5 stars in 30 reviews, the limit is 3.0");
        assertThat(text("three reviews", "quality_gate"))
                .isEqualTo("rating too low: 1.0 stars in 3 reviews, the limit is 3.0");
    }

    @Test
    void aProductWithoutEvidenceIsNeitherTrustedNorDistrusted() {
        assertThat(number("new", "trust")).isEqualTo(0.5);
        assertThat(number("new", "trust_value")).isNull();
        assertThat(text("new", "trust_reason"))
                .isEqualTo("value not assessed; brand not assessed; reviews not assessed");
    }

    @Test
    void refundsLowerTheTrustInValueByTheirShrunkRate() {
        // 17 of 255 purchases are refunded; 10 average purchases are added to the product's own.
        double meanRate = 17 / 255.0;

        assertThat(number("refunded", "trust_value")).isCloseTo(1 - (15 + 10 * meanRate) / (30 + 10), within(1e-6));
        assertThat(number("one refund", "trust_value")).isCloseTo(1 - (1 + 10 * meanRate) / (2 + 10), within(1e-6));
    }

    @Test
    void starsSetTheTrustInReviewsAfterShrinkage() {
        // 145 stars in 54 reviews; 10 average reviews are added.
        double meanStars = 145 / 54.0;

        assertThat(number("disliked", "trust_reviews"))
                .isCloseTo(((45 + 10 * meanStars) / (30 + 10) - 1) / 4, within(1e-6));
    }

    @Test
    void trustIsTheMeanOfItsComponents() {
        assertThat(number("good", "trust_brand")).isEqualTo(1);
        assertThat(number("good", "trust"))
                .isCloseTo(
                        (number("good", "trust_value")
                                        + number("good", "trust_brand")
                                        + number("good", "trust_reviews"))
                                / 3,
                        within(1e-6));
    }

    private static String text(String product, String column) {
        return Objects.requireNonNull(PRODUCTS.get(product)).getAs(column);
    }

    private static Double number(String product, String column) {
        return Objects.requireNonNull(PRODUCTS.get(product)).getAs(column);
    }
}
