package koc.cards;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.Frame;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardActionTest extends SparkTest {
    private static final Frame CARDS = Frame.named("cards").columns("""
            koc_name     STRING,
            next_step    STRING,
            next_action  STRING,
            next_product STRING,
            next_advice  STRING,
            overall_verdict STRING,
            incremental_ratio_high DOUBLE""");

    @Test
    void whoIsToShareIsToldTheProduct() {
        assertThat(actions("""
                koc_name | next_step     | next_action | next_product | next_advice
                a        | first_share   | Ask a.      | Tea          | recommend
                b        | share_more    | Let b.      | Tea          | sample first
                c        | share_again   | Let c.      | Tea          | recommend
                d        | spam          | Ask d.      | Tea          | recommend
                e        | frequency_cap | Ask e.      | Tea          | recommend
                f        | training      | Book f.     | Tea          | recommend
                """))
                .containsExactly(
                        "Ask a to share Tea: nobody has seen a post yet.",
                        "Let b share Tea (sample first): members surely buy more after their posts.",
                        "As a test, let c share Tea: it is not certain yet that members buy more after posts.",
                        "Ask d. Instead of another post: Tea.",
                        "Ask e. Instead of another post: Tea.",
                        "Book f.");
    }

    @Test
    void whereNoProductIsWorthAShareTheCardSaysSo() {
        assertThat(actions("""
                koc_name | next_step     | next_action | next_product | next_advice
                a        | first_share   | Ask a.      |              |
                b        | share_more    | Let b.      |              |
                c        | share_again   | Let c.      |              |
                d        | spam          | Ask d.      |              |
                """))
                .containsExactly(
                        "Find a a product: nobody has seen a post yet, and none on their list is worth a share.",
                        "Find b a product: members surely buy more after their posts, but none on their list is worth a"
                                + " share.",
                        "Find c a product: none on their list is worth a share, as it is not certain that members buy"
                                + " more after posts.",
                        "Ask d.");
    }

    @Test
    void nobodySpendsMoreOnAKocWhoCostsMoreThanTheyBring() {
        assertThat(actions("""
                koc_name | next_step     | next_action | next_product | next_advice | overall_verdict | incremental_ratio_high
                a        | training      | Book a.     | Tea          | recommend   | loses_money     |
                b        | level         | Help b.     |              |             | not_caused      | .9
                c        | level         | Help c.     |              |             | not_caused      | 1.1
                d        | share_more    | Let d.      |              |             | loses_money     | .9
                e        | share_more    | Let e.      | Tea          | recommend   | loses_money     | .9
                f        | answers       | Ask f.      |              |             | loses_money     | .9
                """))
                .containsExactly(
                        "Spend no more on a for now: they cost more than the customers they probably won are worth.",
                        "Spend no more on b for now: they cost more than the customers they probably won are worth.",
                        "Help c.",
                        "Spend no more on d for now: they cost more than the customers they probably won are worth.",
                        "Let e share Tea: members surely buy more after their posts.",
                        "Ask f.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void longNamesMakeNoLongSentence(String language) {
        String kocs = "koc_name | next_step | next_action | next_product | next_advice\n";
        for (String step : List.of("first_share", "share_more", "share_again", "spam", "frequency_cap")) {
            String sentence = Texts.of("en").text("kocs.action.spam", "x".repeat(30));
            kocs += "x".repeat(99) + " | " + step + " | " + sentence + " | " + "y".repeat(99) + " | sample first\n";
            kocs += "x".repeat(99) + " | " + step + " | " + sentence + " | | \n";
        }

        assertThat(rows(CARDS, kocs)
                        .select(new CardAction(Texts.of(language)).sentence())
                        .collectAsList())
                .allSatisfy(row -> assertThat(row.getString(0)).hasSizeLessThanOrEqualTo(160));
    }

    private static List<String> actions(String cards) {
        return rows(CARDS, cards)
                .orderBy("koc_name")
                .select(new CardAction(Texts.of("en")).sentence().as("sentence"), col("koc_name"))
                .collectAsList()
                .stream()
                .map((Row row) -> row.<String>getAs("sentence"))
                .toList();
    }
}
