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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    /** A placeholder such as {@code %s}, {@code %,.2f} or {@code %2$d}; a percent sign before a blank is text. */
    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:(\\d+)\\$)?[-+0,#(]*\\d*(?:\\.\\d+)?([a-zA-Z])");

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
    void anUnknownNameHasItsFallback() {
        assertThat(Texts.of("en").textOr("no.such.text", "fallback")).isEqualTo("fallback");
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
