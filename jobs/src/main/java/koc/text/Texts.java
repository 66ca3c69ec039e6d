package koc.text;

import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/**
 * The sentences for marketers, from {@code koc/text/texts_<language>.properties}.
 *
 * <p>Placeholders are those of {@link String#format}. Words that depend on a count stand between braces: {@code {2|day|days}}
 * is "day" when the second value is 1, rounded to a whole number, and "days" otherwise. So {@code "%d {1|share|shares} in %d
 * {2|day|days}"} with 1 and 90 is "1 share in 90 days". Languages without a plural need no braces. Texts of the report, which
 * its script fills in, have placeholders such as {@code {0}} and words such as {@code {0|buyer|buyers}}.
 */
public final class Texts {
    /** Words that depend on a count: the position of the count, the word for one, and the word for other numbers. */
    private static final Pattern PLURAL = Pattern.compile("\\{(\\d)\\|([^|}]*)\\|([^|}]*)}");

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

    /** The sentence with this name, as it is in the file: for sentences without values. */
    public String pattern(String name) {
        return bundle.getString(name);
    }

    /** Whether there is a sentence with this name. */
    public boolean has(String name) {
        return bundle.containsKey(name);
    }

    /** The sentence with this name and these values. */
    public String text(String name, Object... values) {
        String pattern = pattern(name);
        List<Object> all = new ArrayList<>(Arrays.asList(values));
        plurals(pattern).forEach(plural -> all.add(isOne(values[count(plural)]) ? plural.group(2) : plural.group(3)));
        return String.format(Locale.ROOT, withWordsAsValues(pattern, values.length), all.toArray());
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
        String pattern = pattern(name);
        List<Column> all = new ArrayList<>(Arrays.asList(values));
        plurals(pattern)
                .forEach(plural -> all.add(when(round(values[count(plural)]).equalTo(1), plural.group(2))
                        .otherwise(plural.group(3))));
        return format_string(withWordsAsValues(pattern, values.length), all.toArray(Column[]::new));
    }

    private static List<MatchResult> plurals(String pattern) {
        return PLURAL.matcher(pattern).results().toList();
    }

    /** Which value is the count. */
    private static int count(MatchResult plural) {
        return Integer.parseInt(plural.group(1)) - 1;
    }

    private static boolean isOne(Object count) {
        return Math.round(((Number) count).doubleValue()) == 1;
    }

    /** The pattern with a placeholder instead of each word that depends on a count: their values come after the others. */
    private static String withWordsAsValues(String pattern, int values) {
        AtomicInteger position = new AtomicInteger(values);
        return PLURAL.matcher(pattern)
                .replaceAll(plural -> Matcher.quoteReplacement("%" + position.incrementAndGet() + "$s"));
    }
}
