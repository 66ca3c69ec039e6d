package koc.clean;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;
import org.apache.spark.sql.types.StructField;

/**
 * The settings of the clean job.
 *
 * @param epoch the first day on which anything can have happened
 * @param rejectLimit the share of a source's rows that may be rejected, duplicates not counted
 * @param allowsEmptyDay whether a day without events is a day like any other
 * @param robot what no human does
 * @param hasMultiLineValues whether quoted CSV values may hold line breaks
 * @param columns the landing's own names of columns: our name = theirs, by source
 * @param language of explanations
 */
@Key("koc.clean")
record CleanSettings(
        LocalDate epoch,
        @Range(min = 0, max = 1) double rejectLimit,
        @Key("allow-empty-day") boolean allowsEmptyDay,
        Robot robot,
        @Key("koc.source.multi-line") boolean hasMultiLineValues,
        @Key("koc.source.columns") Map<String, Map<String, String>> columns,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {
    private static final String COLUMNS = "koc.source.columns";

    /** Actions of a user in an hour, above which no human acts. */
    record Robot(@Range(min = 1, max = Integer.MAX_VALUE) int actionsPerHour) {}

    CleanSettings {
        columns = Map.copyOf(columns);
        new TreeMap<>(columns).forEach(CleanSettings::requireKnown);
    }

    static CleanSettings from(Config config) {
        return SettingsBinder.bind(config, CleanSettings.class);
    }

    /** The landing's own names of the columns of a source. */
    Map<String, String> namesIn(Source source) {
        return columns.getOrDefault(source.folder(), Map.of());
    }

    private static void requireKnown(String folder, Map<String, String> names) {
        Source source = Source.named(folder)
                .orElseThrow(() -> wrong(
                        COLUMNS + "." + folder,
                        "no such source",
                        Arrays.stream(Source.values()).map(Source::folder).toList()));
        List<String> known = source.landed().stream().map(StructField::name).toList();
        for (String column : names.keySet()) {
            if (!known.contains(column)) {
                throw wrong(COLUMNS + "." + folder + "." + column, "no such column", known);
            }
        }
        Set<String> taken = new HashSet<>();
        for (String column : known) {
            String landed = names.getOrDefault(column, column);
            if (!taken.add(landed)) {
                throw wrong(
                        COLUMNS + "." + folder + ": two columns are taken from '" + landed + "'",
                        "one of them is " + column,
                        known);
            }
        }
    }

    private static KocException wrong(String where, String found, List<String> expected) {
        return KocException.usage(
                "configuration " + where + ": " + found,
                "expected one of " + expected,
                "correct it in the file named by --conf");
    }
}
