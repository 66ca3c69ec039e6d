package koc.source;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the pipeline looks for in the files of a source.
 *
 * @param source its name, such as {@code events}
 * @param columns the columns it knows
 * @param required those of them without which a file is refused
 * @param names the landing's own name of a column, where it differs: our name = theirs
 */
public record Shape(String source, List<String> columns, Set<String> required, Map<String, String> names) {
    public Shape {
        columns = List.copyOf(columns);
        required = Set.copyOf(required);
        names = Map.copyOf(names);
    }

    /** How the landing calls this column. */
    public String landingName(String column) {
        return names.getOrDefault(column, column);
    }
}
