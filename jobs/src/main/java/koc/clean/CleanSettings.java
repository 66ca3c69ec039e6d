package koc.clean;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.config.Section;
import koc.error.KocException;
import org.apache.spark.sql.types.StructField;

/**
 * The settings of the clean job.
 *
 * @param epoch the first day on which anything can have happened
 * @param rejectLimit the share of a source's rows that may be rejected, duplicates not counted
 * @param allowsEmptyDay whether a day without events is a day like any other
 * @param robotActionsPerHour actions of a user in an hour, above which no human acts
 * @param hasMultiLineValues whether quoted CSV values may hold line breaks
 * @param columnNames the landing's own names of columns: our name = theirs, by source
 * @param language of explanations
 */
record CleanSettings(
        LocalDate epoch,
        double rejectLimit,
        boolean allowsEmptyDay,
        int robotActionsPerHour,
        boolean hasMultiLineValues,
        Map<Source, Map<String, String>> columnNames,
        String language) {

    CleanSettings {
        columnNames = Map.copyOf(columnNames);
    }

    static CleanSettings from(Config config) {
        Section clean = Section.of(config, "koc.clean");
        return new CleanSettings(
                day(clean.text("epoch")),
                clean.number("reject-limit", 0, 1),
                clean.flag("allow-empty-day"),
                Section.of(config, "koc.clean.robot").whole("actions-per-hour", 1, Integer.MAX_VALUE),
                Section.of(config, "koc.source").flag("multi-line"),
                columnNames(config),
                Section.of(config, "koc").oneOf("language", "en", "zh"));
    }

    /** The landing's own names of the columns of a source. */
    Map<String, String> namesIn(Source source) {
        return columnNames.getOrDefault(source, Map.of());
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException wrong) {
            throw KocException.usage(
                            "configuration koc.clean.epoch: found " + text,
                            "expected a day, YYYY-MM-DD",
                            "correct it in the file named by --conf or in --set")
                    .causedBy(wrong);
        }
    }

    private static Map<Source, Map<String, String>> columnNames(Config config) {
        String path = "koc.source.columns";
        Map<Source, Map<String, String>> names = new EnumMap<>(Source.class);
        for (String folder : Section.of(config, "koc.source").map("columns").keySet()) {
            Source source = Source.named(folder)
                    .orElseThrow(() -> wrong(
                            path + "." + folder,
                            "no such source",
                            List.of(Source.values()).stream()
                                    .map(Source::folder)
                                    .toList()));
            Map<String, String> ofSource = Section.of(config, path).map(folder);
            List<String> known = source.landed().stream().map(StructField::name).toList();
            Set<String> taken = new HashSet<>();
            for (String column : ofSource.keySet()) {
                if (!known.contains(column)) {
                    throw wrong(path + "." + folder + "." + column, "no such column", known);
                }
            }
            for (String column : known) {
                String landed = ofSource.getOrDefault(column, column);
                if (!taken.add(landed)) {
                    throw wrong(
                            path + "." + folder + ": two columns are taken from '" + landed + "'",
                            "one of them is " + column,
                            known);
                }
            }
            names.put(source, ofSource);
        }
        return names;
    }

    private static KocException wrong(String where, String found, List<String> expected) {
        return KocException.usage(
                "configuration " + where + ": " + found,
                "expected one of " + expected,
                "correct it in the file named by --conf");
    }
}
