package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void textCannotEndItsScriptElement() {
        assertThat(json("</script><!--")).isEqualTo("\"\\u003c/script\\u003e\\u003c!--\"");
        assertThat(json("a & b\u2028c\u2029")).isEqualTo("\"a \\u0026 b\\u2028c\\u2029\"");
    }

    @Test
    void quotesBackslashesAndControlCharactersAreEscaped() {
        assertThat(json("\"\\\n\u0000")).isEqualTo("\"\\\"\\\\\\u000a\\u0000\"");
    }

    @Test
    void halvesOfPairsAndEmojiAreEscapedSoThatTheFileIsValid() {
        assertThat(json("\uD83D\uDE00\uD800")).isEqualTo("\"\\ud83d\\ude00\\ud800\"");
        assertThat(json("\u9F99\u202E")).isEqualTo("\"\u9F99\u202E\"");
    }

    @Test
    void numbersHaveSixDigitsAndAreNeverInfinite() {
        assertThat(json(1 / 3.0)).isEqualTo("0.333333");
        assertThat(json(1234567.0)).isEqualTo("1.23457E+6");
        assertThat(json(Double.NaN)).isEqualTo("null");
        assertThat(json(new BigDecimal("1234567.80"))).isEqualTo("1234567.80");
        assertThat(json(12L)).isEqualTo("12");
    }

    @Test
    void rowsNameTheirColumnsOnce() {
        StringBuilder out = new StringBuilder();
        Json.appendRows(out, List.of("id", "n"), List.of(RowFactory.create("a", null), RowFactory.create("b", 2)));

        assertThat(out).hasToString("{\"columns\":[\"id\",\"n\"],\"rows\":[[\"a\",null],\n[\"b\",2]]}");
    }

    @Test
    void mapsAndListsNest() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", Arrays.asList("x", null, true));
        map.put("b", Map.of());

        assertThat(json(map)).isEqualTo("{\"a\":[\"x\",null,true],\"b\":{}}");
    }

    private static String json(Object value) {
        StringBuilder out = new StringBuilder();
        Json.append(out, value);
        return out.toString();
    }
}
