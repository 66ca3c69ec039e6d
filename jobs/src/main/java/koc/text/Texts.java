package koc.text;

import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.when;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/** The sentences for marketers, from {@code koc/text/texts_<language>.properties}. */
public final class Texts {
    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /** The sentences of a language: {@code en} or {@code zh}. */
    public static Texts of(String language) {
        return new Texts(ResourceBundle.getBundle(
                "koc.text.texts",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    /** The sentence with this name, with its placeholders ({@code %s}). */
    public String pattern(String name) {
        return bundle.getString(name);
    }

    /** The sentence with this name and these values. */
    public String text(String name, Object... values) {
        return String.format(Locale.ROOT, pattern(name), values);
    }

    /** The sentence with this name, or the fallback if there is none: names that come from data may be anything. */
    public String textOr(String name, String fallback) {
        try {
            return bundle.getString(name);
        } catch (MissingResourceException unknown) {
            return fallback;
        }
    }

    /** All sentences whose name starts like this, by the rest of the name, sorted. */
    public SortedMap<String, String> startingWith(String prefix) {
        SortedMap<String, String> sentences = new TreeMap<>();
        for (String name : bundle.keySet()) {
            if (name.startsWith(prefix)) {
                sentences.put(name.substring(prefix.length()), bundle.getString(name));
            }
        }
        return sentences;
    }

    /** The word for each code in a column: the sentence whose name is the prefix and the code; other codes stay. */
    public Column word(String prefix, Column code) {
        Column word = code;
        for (Map.Entry<String, String> known : startingWith(prefix).entrySet()) {
            word = when(code.equalTo(known.getKey()), known.getValue()).otherwise(word);
        }
        return word;
    }

    /** Two sentences as one text; the first alone where the second is null. */
    public Column sentences(Column first, Column second) {
        return when(second.isNull(), first).otherwise(column("sentences.two", first, second));
    }

    /** The sentence with this name as a column, with the values of each row. */
    public Column column(String name, Column... values) {
        return format_string(pattern(name), values);
    }
}
