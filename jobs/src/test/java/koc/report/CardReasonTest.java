package koc.report;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.text.Texts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardReasonTest extends SparkTest {
    @Test
    void theTitleIsSaidOnce() {
        assertThat(reason("en", "purchase", "Cherries", "About 19 members will buy Cherries in 28 days."))
                .isEqualTo("About 19 members will buy it in 28 days.");
    }

    @ParameterizedTest
    @CsvSource({
        "en, purchase, recommend.verb.purchase, About 19 members will buy it in 28 days.",
        "en, share_open, recommend.verb.other, About 19 members will take an interest in it in 28 days.",
        "zh, purchase, recommend.verb.purchase, 28 天内约有 19 位成员会购买该商品。",
        "zh, share_open, recommend.verb.other, 28 天内约有 19 位成员会关注该商品。"
    })
    void theTitleIsFoundInTheSentencesOfRecommendations(
            String language, String targetEvent, String verb, String shortened) {
        Texts texts = Texts.of(language);
        String sentence = texts.text("recommend.reason.many", 19.0, texts.pattern(verb), "奶", 28);

        assertThat(reason(language, targetEvent, "奶", sentence)).isEqualTo(shortened);
    }

    @Test
    void aLongTitleIsFoundInItsShortForm() {
        assertThat(reason(
                        "en",
                        "purchase",
                        "A title of more than thirty characters",
                        "About 2 members will buy A title of more than thirty c… in 28 days."))
                .isEqualTo("About 2 members will buy it in 28 days.");
    }

    @Test
    void aProductWithoutATitleHasItsIdWhateverTheNumbersAre() {
        assertThat(reason("en", "purchase", null, "About 112 members will buy 112 in 28 days."))
                .isEqualTo("About 112 members will buy it in 28 days.");
    }

    @Test
    void anotherSentenceStays() {
        assertThat(reason("en", "purchase", "Tea", "Another sentence about Tea."))
                .isEqualTo("Another sentence about Tea.");
    }

    private static String reason(String language, String targetEvent, @Nullable String title, String reason) {
        return SPARK.range(1)
                .select(
                        lit(title).cast("string").as("title"),
                        lit("112").as("product_id"),
                        lit(targetEvent).as("target_event"),
                        lit(reason).as("reason"))
                .select(CardReason.belowTitle(Texts.of(language)))
                .head()
                .getString(0);
    }
}
