package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import koc.SparkTest;
import koc.text.TextNumbers;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductTrustTest extends SparkTest {
    /** The precision of the mean quality of all products, .8, and of one review. */
    private static final double PRIOR = 1 / (.2 * .2);

    private static final double REVIEW = 1 / (.9 / 4 * .9 / 4);

    private static final Map<String, Row> PRODUCTS =
            products("en").stream().collect(Collectors.toMap(row -> row.getAs("product_id"), Function.identity()));

    private static List<Row> products(String language) {
        return new ProductTrust(FitSettings.from(DEFAULTS), Texts.of(language))
                .withTrust(rows(ProductTrust.PRODUCT_EVIDENCE, """
                    product_id    | path | brand_tier | is_consumable | buyers | repeat_buyers | purchase_lines | refunded_lines | complaints | reviews | rating_sum | bad_reviews
                    good          | a    | 1          | true          | 4000   | 1000          | 6000           | 100            | 50         | 1000    | 4300       | 0
                    never again   | a    |            | true          | 100    | 0             | 100            | 2              | 1          | 0       | 0          | 0
                    refunded      | a    |            | false         | 20     | 0             | 30             | 20             | 0          | 0       | 0          | 0
                    worse         | a    |            | false         | 1000   | 0             | 1000           | 100            | 0          | 0       | 0          | 0
                    fashion       | b    |            | false         | 6000   | 0             | 6000           | 600            | 60         | 0       | 0          | 0
                    low tier      | a    | 5          | false         | 50     | 0             | 50             | 1              | 0          | 0       | 0          | 0
                    disliked      | a    |            | false         | 50     | 0             | 50             | 1              | 0          | 30      | 45         | 25
                    one refund    | a    |            | false         | 2      | 0             | 2              | 1              | 0          | 1       | 1          | 1
                    new           | a    |            | false         | 0      | 0             | 0              | 0              | 0          | 0       | 0          | 0
                    bad review    | a    |            | false         | 0      | 0             | 0              | 0              | 0          | 1       | 1          | 1
                    three reviews | a    |            | false         | 3      | 0             | 3              | 0              | 0          | 3       | 3          | 3
                    seven reviews | a    |            | false         | 22     | 0             | 22             | 3              | 1          | 7       | 16         | 4
                    """))
                .collectAsList();
    }

    @Test
    void aProductFailsTheGateOnlyWhenItIsBeyondALimitWithCertainty() {
        assertThat(List.of("good", "fashion", "one refund", "bad review", "new"))
                .allMatch(product -> text(product, "quality_gate").equals("pass"));
        assertThat(text("refunded", "quality_gate")).isEqualTo("Too many refunds: 20 of 30 purchases.");
        assertThat(text("low tier", "quality_gate")).isEqualTo("Brand tier 5 is too low.");
        assertThat(text("disliked", "quality_gate"))
                .isEqualTo("Quality too low: rated 1.5 in 30 reviews; 1 of 50 purchases refunded.");
        assertThat(List.of("three reviews", "seven reviews"))
                .allMatch(product -> text(product, "quality_gate").startsWith("Quality too low"));
    }

    @Test
    void aProductWithoutEvidenceHasTheMeanQualityOfAll() {
        assertThat(number("new", "trust")).isCloseTo(meanQuality(), within(1e-6));
        assertThat(number("new", "trust_purchases")).isNull();
        assertThat(text("new", "trust_reason")).isEqualTo("No evidence yet: ask buyers for reviews.");
    }

    @Test
    void reviewsWeighMoreTheMoreThereAre() {
        assertThat(number("disliked", "trust_reviews"))
                .isCloseTo((PRIOR * meanQuality() + 30 * REVIEW * .125) / (PRIOR + 30 * REVIEW), within(1e-6));
        assertThat(number("one refund", "trust_reviews"))
                .isCloseTo(PRIOR * meanQuality() / (PRIOR + REVIEW), within(1e-6));
        assertThat(number("seven reviews", "trust")).isLessThan(.5);
    }

    @Test
    void aHighRefundRateOfItsCategorySaysNothingAgainstAProduct() {
        assertThat(number("fashion", "trust_purchases")).isCloseTo(meanQuality(), within(.02));
        assertThat(number("worse", "trust_purchases")).isLessThan(meanQuality() - .05);
    }

    @Test
    void aConsumableThatNobodyBuysAgainIsTrustedLess() {
        assertThat(number("never again", "trust_purchases")).isLessThan(number("good", "trust_purchases") - .1);
    }

    @Test
    void theTierOfItsBrandMovesTrustALittle() {
        double tierPrecision = 1 / (.6 * .6);

        assertThat(number("low tier", "trust_brand"))
                .isCloseTo(PRIOR * meanQuality() / (PRIOR + tierPrecision), within(1e-6));
    }

    /** 4366 stars in 1042 reviews, and 10 reviews of the prior mean .75. */
    private static double meanQuality() {
        return ((4366 - 1042) / 4.0 + 10 * .75) / (1042 + 10);
    }

    @Test
    void theTrustOfAProductHasItsReviewsAndItsRefundsInWords() {
        assertThat(text("good", "trust_reason"))
                .isEqualTo("Evidence: rated 4.3 in 1,000 reviews; 100 of 6,000 purchases refunded.");
        assertThat(text("bad review", "trust_reason")).isEqualTo("Evidence: rated 1.0 in 1 review; no purchases.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyNumberInATextIsAColumn(String language) {
        for (Row product : products(language)) {
            assertThat(TextNumbers.faults(product, "trust_reason")).isEmpty();
            assertThat(TextNumbers.faults(product, "quality_gate")).isEmpty();
        }
    }

    private static String text(String product, String column) {
        return Objects.requireNonNull(PRODUCTS.get(product)).getAs(column);
    }

    private static Double number(String product, String column) {
        return Objects.requireNonNull(PRODUCTS.get(product)).getAs(column);
    }
}
