package koc.clean;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.time.ZoneId;
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
 * @param rejectLimit fraction of a source's rows that may be rejected, duplicates not counted
 * @param maxUnknownRate fraction of ids that match nothing, or look rounded, above which the run warns
 * @param allowsEmptyDay whether a run for a day without events may go on
 * @param recleansChangedArrivals whether a cleaned arrival is cleaned again when its files have changed
 * @param robot when a user counts as a robot
 * @param quality when a check of data_quality warns
 * @param columns other names of columns in the landing files, by source: name here -> name in the file
 * @param paths where the files of a source are, if not in a folder of its name
 * @param zone time zone of days
 * @param language language of explanations
 */
@Key("koc.clean")
record CleanSettings(
        LocalDate epoch,
        @Range(min = 0, max = 1) double rejectLimit,
        @Range(min = 0, max = 1) double maxUnknownRate,
        @Key("allow-empty-day") boolean allowsEmptyDay,
        @Key("reclean-changed-arrivals") boolean recleansChangedArrivals,
        Robot robot,
        QualitySettings quality,
        @Key("koc.source.columns") Map<String, Map<String, String>> columns,
        @Key("koc.source.paths") Map<String, String> paths,
        @Key("koc.zone") ZoneId zone,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {
    private static final String COLUMNS = "koc.source.columns";

    /**
     * When a user counts as a robot.
     *
     * @param actionsPerHour more actions than this in an hour are a robot's
     */
    record Robot(@Range(min = 1, max = Integer.MAX_VALUE) int actionsPerHour) {}

    CleanSettings {
        columns = Map.copyOf(columns);
        paths = Map.copyOf(paths);
        new TreeMap<>(paths).forEach(CleanSettings::requirePath);
        new TreeMap<>(columns).forEach(CleanSettings::requireKnownColumns);
    }

    static CleanSettings from(Config config) {
        return SettingsBinder.bind(config, CleanSettings.class);
    }

    /** The other names of a source's columns in the landing files. */
    Map<String, String> namesIn(Source source) {
        return columns.getOrDefault(source.folder(), Map.of());
    }

    /** Where the files of a source are in the landing folder. */
    String pathOf(Source source) {
        return paths.getOrDefault(source.folder(), source.folder());
    }

    private static void requirePath(String name, String path) {
        if (Source.named(name).isEmpty()) {
            throw failure(
                    "koc.source.paths." + name,
                    "no such source",
                    Arrays.stream(Source.values()).map(Source::folder).toList());
        }
        List<String> parts = Arrays.asList(path.split("/", -1));
        boolean hasStarInFolder = path.contains("*") && parts.size() > 1;
        boolean hasNoName = parts.stream().anyMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
        if (hasNoName || hasStarInFolder) {
            throw KocException.usage(
                    "configuration koc.source.paths." + name + ": found \"" + path + "\"",
                    "expected a folder in the landing folder, such as export/orders, or the name of files directly in"
                            + " it, such as orders-*.csv",
                    "correct it in the file named by --conf");
        }
    }

    private static void requireKnownColumns(String folder, Map<String, String> names) {
        Source source = Source.named(folder)
                .orElseThrow(() -> failure(
                        COLUMNS + "." + folder,
                        "no such source",
                        Arrays.stream(Source.values()).map(Source::folder).toList()));
        List<String> columnNames =
                source.landed().stream().map(StructField::name).toList();
        for (String column : names.keySet()) {
            if (!columnNames.contains(column)) {
                throw failure(COLUMNS + "." + folder + "." + column, "no such column", columnNames);
            }
        }
        Set<String> landedNames = new HashSet<>();
        for (String column : columnNames) {
            String landed = names.getOrDefault(column, column);
            if (!landedNames.add(landed)) {
                throw failure(
                        COLUMNS + "." + folder + ": two columns are read from '" + landed + "'",
                        "one of them is " + column,
                        columnNames);
            }
        }
    }

    private static KocException failure(String where, String found, List<String> expected) {
        return KocException.usage(
                "configuration " + where + ": " + found,
                "expected one of " + expected,
                "correct it in the file named by --conf");
    }
}
