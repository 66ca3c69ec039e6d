package koc.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    /** A placeholder such as {@code %s}, {@code %,.2f} or {@code %2$d}; a percent sign before a blank is text. */
    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:(\\d+)\\$)?[-+0,#(]*\\d*(?:\\.\\d+)?([a-zA-Z])");

    /** Words that depend on a count, such as {@code {1|day|days}}: the word for one, and the word for other numbers. */
    private static final Pattern PLURAL = Pattern.compile("\\{\\d\\|([^|}]*)\\|([^|}]*)}");

    /** A count of one with a word in the plural, up to two words later. */
    private static final Pattern ONE_THINGS = Pattern.compile("\\b1 (?:[a-zA-Z]+ ){0,2}?([a-zA-Z]+s)\\b");

    /** Words that end in s and are no nouns in the plural; "1.0 times" is right. */
    private static final Set<String> NO_PLURALS = Set.of(
            "as",
            "buys",
            "costs",
            "earns",
            "has",
            "hears",
            "is",
            "looks",
            "moves",
            "remains",
            "responds",
            "times",
            "was");

    private static final Properties ENGLISH = bundle("en");
    private static final Properties CHINESE = bundle("zh");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(CHINESE.stringPropertyNames()).isEqualTo(ENGLISH.stringPropertyNames());
    }

    @Test
    void bothLanguagesFillInTheSameValues() {
        for (String key : new TreeSet<>(ENGLISH.stringPropertyNames())) {
            assertThat(placeholders(CHINESE.getProperty(key, "")))
                    .as("placeholders of %s", key)
                    .isEqualTo(placeholders(ENGLISH.getProperty(key)));
        }
    }

    @Test
    void aCountOfOneHasItsNounInTheSingular() {
        for (String key : new TreeSet<>(ENGLISH.stringPropertyNames())) {
            assertThat(faultsWithOne(ENGLISH.getProperty(key)))
                    .as("%s with 1 as every number", key)
                    .isEmpty();
        }
        assertThat(faultsWithOne("Win %,d more KOCs: {0} users, %.1f times")).containsExactly("KOCs", "users");
        assertThat(faultsWithOne("Win %,d more {1|KOC|KOCs}")).isEmpty();
    }

    @Test
    void onlyEnglishHasWordsForOne() {
        CHINESE.forEach((key, text) -> assertThat(PLURAL.matcher((String) text).find())
                .as("words for one in %s", key)
                .isFalse());
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1 share in 2 days", "3, 1, 3 shares in 1 day", "0, 90, 0 shares in 90 days"})
    void aCountChoosesItsWord(int shares, int days, String sentence) {
        assertThat(Texts.of("en").text("tag.sharer", shares, days)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({"0.6, About 1 member", "1.4, About 1 member", "1.5, About 2 members"})
    void aFractionCountsAsTheNumberThatIsShown(double members, String start) {
        assertThat(Texts.of("en").text("recommend.reason.many", members, "buy", "Tea", 28))
                .startsWith(start);
    }

    @Test
    void noTextIsBlank() {
        ENGLISH.forEach((key, text) ->
                assertThat((String) text).as("%s in English", key).isNotBlank());
        CHINESE.forEach((key, text) ->
                assertThat((String) text).as("%s in Chinese", key).isNotBlank());
    }

    @Test
    void placeholdersAreFoundByPositionAndType() {
        assertThat(placeholders("%2$s bought %1$,d for %1$.2f")).containsExactly("1:d", "1:f", "2:s");
        assertThat(placeholders("%s of %,d, 95% interval, 12%% less")).containsExactly("1:s", "2:d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void aTextIsFilledInWithItsValues(String language) {
        assertThat(Texts.of(language).text("tag.sharer", 4, 90))
                .contains("4", "90")
                .doesNotContain("%");
    }

    @Test
    void aTextIsThereByItsWholeNameOnly() {
        Texts texts = Texts.of("en");
        assertThat(texts.has("tag.sharer")).isTrue();
        assertThat(texts.has("tag.share")).isFalse();
    }

    @Test
    void anUnknownNameHasItsFallback() {
        assertThat(Texts.of("en").textOr("no.such.text", "fallback")).isEqualTo("fallback");
    }

    /** The words in the plural after a count of one, when every number in the text is one. */
    private static List<String> faultsWithOne(String text) {
        String words = PLURAL.matcher(text).replaceAll("$1").replace("%%", "%");
        String numbers = words.replaceAll("%(?:\\d\\$)?,?(?:d|\\.0f)|\\{\\d}", "1");
        return ONE_THINGS
                .matcher(PLACEHOLDER.matcher(numbers).replaceAll("x"))
                .results()
                .map(found -> found.group(1))
                .filter(word -> !NO_PLURALS.contains(word))
                .toList();
    }

    /** Position and type of every placeholder in the text, each once, such as {@code 1:d}. */
    private static List<String> placeholders(String text) {
        TreeSet<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text.replace("%%", ""));
        int next = 1;
        while (matcher.find()) {
            String position = matcher.group(1) == null ? String.valueOf(next++) : matcher.group(1);
            found.add(position + ":" + matcher.group(2));
        }
        return new ArrayList<>(found);
    }

    private static Properties bundle(String language) {
        Properties properties = new Properties();
        String name = "texts_" + language + ".properties";
        try (InputStream bytes = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name);
                Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            properties.load(text);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return properties;
    }
}
