package koc.source;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns that the pipeline reads from the files of a source.
 *
 * @param source name of the source, such as {@code events}
 * @param columns names of the columns
 * @param required columns without which a file is refused
 * @param names names of columns in the files where they differ: name of the column -> name in the file
 * @param filters what changes the texts of columns in CSV and JSON files; texts of other columns stay as they are
 */
public record SourceSchema(
        String source,
        List<String> columns,
        Set<String> required,
        Map<String, String> names,
        Map<String, TextFilter> filters) {
    public SourceSchema {
        columns = List.copyOf(columns);
        required = Set.copyOf(required);
        names = Map.copyOf(names);
        filters = Map.copyOf(filters);
    }

    /** The name of this column in the files, without blanks and quotes around it. */
    public String landingName(String column) {
        return SurroundingMarks.strip(names.getOrDefault(column, column));
    }
}
