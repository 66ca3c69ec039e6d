package koc.text;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import koc.SparkTest;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Test;

class TextColumnsTest extends SparkTest {
    private static final Texts TEXTS = Texts.of("en");

    @Test
    void aCountInAColumnChoosesItsWord() {
        assertThat(sentences(
                        TEXTS.column("tag.sharer", lit(1L), lit(90)),
                        TEXTS.column("tag.sharer", lit(2L), lit(1)),
                        TEXTS.column("recommend.reason.many", lit(1.4), lit("buy"), lit("Tea"), lit(28)),
                        TEXTS.column("growth.content.reason", lit("Li"), lit("Tea"), lit(1L), lit(1.4), lit(4.0))))
                .containsExactly(
                        "1 share in 90 days",
                        "2 shares in 1 day",
                        "About 1 member will buy Tea in 28 days.",
                        "Repost Li's post about Tea: 1 user opened it, 1 credited purchase, 4.0 times their average post.");
    }

    @Test
    void aLanguageWithoutPluralNeedsNoWords() {
        assertThat(sentences(Texts.of("zh").column("tag.sharer", lit(1L), lit(90))))
                .containsExactly("90 天分享 1 次");
    }

    @Test
    void theCodesOfAColumnBecomeWords() {
        assertThat(sentences(TEXTS.word("levels.name.", lit("gold")), TEXTS.word("levels.name.", lit("platinum"))))
                .containsExactly("gold", "platinum");
    }

    private static List<String> sentences(Column... columns) {
        var row = SPARK.range(1).select(columns).head();
        return Stream.iterate(0, i -> i < row.size(), i -> i + 1)
                .map(row::getString)
                .toList();
    }
}
