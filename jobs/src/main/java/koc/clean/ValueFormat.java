package koc.clean;

import com.typesafe.config.Config;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.SettingsBinder;
import koc.error.KocException;
import org.apache.spark.sql.types.StructField;

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
 * @param constants values of columns without one, by source
 * @param eventId the columns that identify an event without an id; none when events have ids
 */
@Key(ValueFormat.DEFAULT)
public record ValueFormat(
        List<String> nullValues,
        List<String> dates,
        Numbers numbers,
        String categorySeparator,
        Map<String, Map<String, String>> words,
        @Key("koc.currency") Currency currency,
        @Key("koc.source.constants") Map<String, Map<String, String>> constants,
        @Key("koc.source.event-id") List<String> eventId) {
    static final String SECTION = "koc.source.format";
    static final String DEFAULT = SECTION + ".default";
    static final String EVENT_ID = "event_id";
    private static final Set<String> NAMED_DATES =
            Set.of("epoch-seconds", "epoch-millis", "epoch-micros", "excel-serial");

    /**
     * Separators in numbers.
     *
     * @param decimal a point or a comma
     * @param thousands empty when thousands are not separated; a blank means any kind of blank
     */
    public record Numbers(
            @OneOf({".", ","}) String decimal,
            @OneOf({"", ",", ".", " ", "'", "’"}) String thousands) {
        public Numbers {
            if (decimal.equals(thousands)) {
                throw KocException.usage(
                        "configuration " + SECTION + ": numbers.decimal and numbers.thousands are both '" + decimal
                                + "'",
                        "one sign cannot separate decimals and thousands",
                        "correct one of them in the file named by --conf or in --set");
            }
        }

        /** Whether plain numbers are the only ones. */
        public boolean isPlain() {
            return decimal.equals(".") && thousands.isEmpty();
        }
    }

    public ValueFormat {
        nullValues = List.copyOf(nullValues);
        dates = List.copyOf(dates);
        words = Map.copyOf(words);
        constants = Map.copyOf(constants);
        eventId = List.copyOf(eventId);
        dates.forEach(ValueFormat::requirePattern);
    }

    /** The format of a source: its own keys, and the default ones for the rest. */
    public static ValueFormat of(Config config, Source source) {
        String section = SECTION + "." + source.folder();
        Config own = config.getConfig(section).withFallback(config.getConfig(DEFAULT));
        Config bound = config.withValue(section, own.root());
        ValueFormat format = SettingsBinder.bind(bound, ValueFormat.class, section);
        SettingsBinder.check(bound, ValueFormat.class, section, () -> {
            format.requireKnownWords(source, section);
            format.requireKnownColumns(source);
        });
        return format;
    }

    /** The values of columns of a source without one: column -> value. */
    Map<String, String> constantsOf(Source source) {
        return constants.getOrDefault(source.folder(), Map.of());
    }

    /** The columns of a source that have a value although the files do not contain them. */
    Set<String> filledColumns(Source source) {
        Set<String> filled = new HashSet<>(constantsOf(source).keySet());
        if (source == Source.EVENTS && !eventId.isEmpty()) {
            filled.add(EVENT_ID);
        }
        return filled;
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
                            "expected epoch-seconds, epoch-millis, epoch-micros, excel-serial or a pattern such as"
                                    + " yyyy/M/d H:mm[:ss]; "
                                    + wrong.getMessage(),
                            "correct it in the file named by --conf or in --set")
                    .causedBy(wrong);
        }
        String zone = DateText.unreadableZone(format);
        if (zone != null) {
            throw KocException.usage(
                    "configuration " + SECTION + ": dates has '" + format + "', with the time zone " + zone,
                    "names such as CST stand for several time zones, and a quoted 'Z' is skipped as text; expected XXX"
                            + " for an offset such as +08:00 or Z, or VV for a name such as Asia/Shanghai",
                    "correct it in the file named by --conf or in --set");
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

    private void requireKnownColumns(Source source) {
        List<String> columns = source.landed().stream().map(StructField::name).toList();
        for (String column : new TreeSet<>(constantsOf(source).keySet())) {
            requireKnown(columns, column, "koc.source.constants." + source.folder() + "." + column);
        }
        for (String name : constants.keySet()) {
            requireKnown(
                    Arrays.stream(Source.values()).map(Source::folder).toList(), name, "koc.source.constants." + name);
        }
        if (source == Source.EVENTS) {
            List<String> others =
                    columns.stream().filter(column -> !column.equals(EVENT_ID)).toList();
            eventId.forEach(column -> requireKnown(others, column, "koc.source.event-id"));
        }
    }

    private static void requireKnown(List<String> known, String name, String key) {
        if (!known.contains(name)) {
            throw KocException.usage(
                    "configuration " + key + ": found " + name,
                    "expected one of " + known,
                    "correct it in the file named by --conf or in --set");
        }
    }

    private static KocException failure(String section, String key, String found, String expected) {
        return KocException.usage(
                "configuration " + section + ".words." + key + ": " + found,
                "expected " + expected,
                "correct it in the file named by --conf or in --set");
    }
}
