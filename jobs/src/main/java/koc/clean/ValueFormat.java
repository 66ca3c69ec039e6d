package koc.clean;

import com.typesafe.config.Config;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * How values are written in the files of a source. {@code koc.source.format.default} holds for every source; {@code
 * koc.source.format.<source>} may set the same keys for one of them.
 *
 * @param nullValues texts that stand for no value
 * @param dates formats of dates and times besides ISO 8601, tried in order
 * @param numbers separators in numbers
 * @param categorySeparator what separates the levels of a category path
 * @param words words of columns with fixed words: column -> word in the file -> word here
 * @param currency the currency whose sign may stand with an amount
 */
@Key(ValueFormat.DEFAULT)
record ValueFormat(
        List<String> nullValues,
        List<String> dates,
        Numbers numbers,
        String categorySeparator,
        Map<String, Map<String, String>> words,
        @Key("koc.currency") Currency currency) {
    static final String SECTION = "koc.source.format";
    static final String DEFAULT = SECTION + ".default";
    private static final Set<String> NAMED_DATES = Set.of("epoch-seconds", "epoch-millis", "excel-serial");

    /**
     * Separators in numbers.
     *
     * @param decimal a point or a comma
     * @param thousands empty when thousands are not separated; a blank means any kind of blank
     */
    record Numbers(
            @OneOf({".", ","}) String decimal,
            @OneOf({"", ",", ".", " ", "'", "’"}) String thousands) {
        Numbers {
            if (decimal.equals(thousands)) {
                throw KocException.usage(
                        "configuration " + SECTION + ": numbers.decimal and numbers.thousands are both '" + decimal
                                + "'",
                        "one sign cannot separate decimals and thousands",
                        "correct one of them in the file named by --conf or in --set");
            }
        }

        /** Whether plain numbers are the only ones. */
        boolean isPlain() {
            return decimal.equals(".") && thousands.isEmpty();
        }
    }

    ValueFormat {
        nullValues = List.copyOf(nullValues);
        dates = List.copyOf(dates);
        words = Map.copyOf(words);
        dates.forEach(ValueFormat::requirePattern);
    }

    /** The format of a source: its own keys, and the default ones for the rest. */
    static ValueFormat of(Config config, Source source) {
        String section = SECTION + "." + source.folder();
        Config own = config.getConfig(section).withFallback(config.getConfig(DEFAULT));
        ValueFormat format = SettingsBinder.bind(config.withValue(section, own.root()), ValueFormat.class, section);
        format.requireKnownWords(source, section);
        return format;
    }

    /** What the words of a column mean: word in the file -> word in the table. */
    Map<String, String> wordsOf(Source source, String column) {
        return ValueWords.of(
                column, source.words().getOrDefault(column, Set.of()), words.getOrDefault(column, Map.of()));
    }

    private static void requirePattern(String format) {
        if (NAMED_DATES.contains(format)) {
            return;
        }
        try {
            DateTimeFormatter unused = DateTimeFormatter.ofPattern(format);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw KocException.usage(
                            "configuration " + SECTION + ": dates has '" + format + "'",
                            "expected epoch-seconds, epoch-millis, excel-serial or a pattern such as yyyy/M/d H:mm[:ss]; "
                                    + wrong.getMessage(),
                            "correct it in the file named by --conf or in --set")
                    .causedBy(wrong);
        }
    }

    /** The default may name columns of any source, a source's own section only its columns with fixed words. */
    private void requireKnownWords(Source source, String section) {
        new TreeMap<>(words).forEach((column, meanings) -> {
            Set<String> allowed = source.words().get(column);
            if (allowed == null) {
                if (!Source.columnsWithWords().contains(column)) {
                    throw failure(
                            section,
                            column,
                            "no source has a column of this name with fixed words",
                            "one of " + Source.columnsWithWords());
                }
                return;
            }
            Set<String> expected = allowed.isEmpty() ? Set.of("true", "false") : allowed;
            new TreeMap<>(meanings).forEach((word, meaning) -> {
                if (!expected.contains(meaning)) {
                    throw failure(
                            section, column + "." + word, "found " + meaning, "one of " + new TreeSet<>(expected));
                }
            });
        });
    }

    private static KocException failure(String section, String key, String found, String expected) {
        return KocException.usage(
                "configuration " + section + ".words." + key + ": " + found,
                "expected " + expected,
                "correct it in the file named by --conf or in --set");
    }
}
