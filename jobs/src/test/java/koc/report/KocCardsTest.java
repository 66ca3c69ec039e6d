package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KocCardsTest {
    private static final String LARGE = "\"" + "x".repeat(300_000) + "\"";

    @Test
    void smallCardsAreOneFile() {
        KocCards cards = new KocCards(Map.of(), new TreeMap<>(Map.of("b", "{\"n\":2}", "a", "{\"n\":1}")));

        assertThat(cards.files(100)).containsExactly(Map.entry("cards-000", "{\"a\":{\"n\":1},\n\"b\":{\"n\":2}}"));
        assertThat(cards.firstIds(100)).containsExactly("a");
    }

    @Test
    void largeCardsAreSeveralFilesThatBeginWithTheFirstIds() {
        KocCards cards = new KocCards(Map.of(), new TreeMap<>(Map.of("a", LARGE, "b", "1", "c", LARGE, "d", "2")));

        assertThat(cards.files(1_000).keySet()).containsExactly("cards-000", "cards-001");
        assertThat(cards.firstIds(1_000)).isEqualTo(List.of("a", "c"));
        assertThat(cards.files(1_000).get("cards-001")).startsWith("{\"c\":").endsWith("\"d\":2}");
    }

    @Test
    void withoutKocsThereIsNoFile() {
        assertThat(new KocCards(Map.of(), new TreeMap<>()).files(100)).isEmpty();
    }
}
