package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValueWordsTest {
    private static final Set<String> EVENT_TYPES =
            Set.copyOf(Source.EVENTS.words().getOrDefault("event_type", Set.of()));

    @Test
    void caseHyphensAndBlanksMakeNoDifference() {
        WordText words = new WordText(ValueWords.of("event_type", EVENT_TYPES, Map.of()));

        for (String word : new String[] {"share_open", "Share_Open", "SHARE-OPEN", "share open", "打开分享"}) {
            assertThat(words.translate(word)).isEqualTo("share_open");
        }
        assertThat(words.translate("teleport")).isEqualTo("teleport");
        assertThat(words.translateOrNull("teleport")).isNull();
        assertThat(words.translate("下单")).as("ordered, perhaps not paid").isEqualTo("下单");
    }

    @Test
    void wordsOfASettingWinOverThoseBuiltIn() {
        WordText words = new WordText(ValueWords.of("event_type", EVENT_TYPES, Map.of("支付", "cart", "PV", "view")));

        assertThat(words.translate("支付")).isEqualTo("cart");
        assertThat(words.translate("pv")).isEqualTo("view");
    }

    @Test
    void yesAndNoAreReadInBothLanguages() {
        WordText words = new WordText(ValueWords.of("approved", Set.of(), Map.of("通过", "true")));

        assertThat(words.translateOrNull("是")).isEqualTo("true");
        assertThat(words.translateOrNull("No")).isEqualTo("false");
        assertThat(words.translateOrNull("通过")).isEqualTo("true");
        assertThat(words.translateOrNull("maybe")).isNull();
    }

    /** A built-in word with a slip in its meaning would be dropped without a sign. */
    @Test
    void everyColumnHasAChineseWordForEachOfItsWords() {
        for (Source source : Source.values()) {
            source.words().forEach((column, allowed) -> {
                Map<String, String> words = ValueWords.of(column, allowed, Map.of());
                Set<String> chinese = Set.copyOf(words.entrySet().stream()
                        .filter(entry -> entry.getKey().codePoints().anyMatch(Character::isIdeographic))
                        .map(Map.Entry::getValue)
                        .distinct()
                        .toList());
                Set<String> expected = allowed.isEmpty() ? Set.of("true", "false") : allowed;
                assertThat(chinese).as(column).isEqualTo(expected);
            });
        }
    }

    @Test
    void shapesShowTheFormAndNotTheValue() {
        assertThat(Arrays.asList(
                        ValueShape.of("2026年1月20日"),
                        ValueShape.of("13812345678"),
                        ValueShape.of("王小明 Lily"),
                        ValueShape.of("¥1,234.5")))
                .containsExactly("9999年9月99日", "99999999999", "xxx xxxx", "¥9,999.9");
    }
}
