package koc.source;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which values of a CSV or JSON file go to which columns. */
final class TextLayout implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<String> names;
    private final int[] targets;
    private final byte[] header;
    private final SourceFormat format;

    private TextLayout(List<String> names, int[] targets, byte[] header, SourceFormat format) {
        this.names = List.copyOf(names);
        this.targets = targets;
        this.header = header;
        this.format = format;
    }

    /**
     * The layout of a CSV file.
     *
     * @param names names in the file of the columns that rows get
     * @param targets for each column of the file the index of its column in {@code names}, or -1 if nobody asked for it
     * @param header the header line in UTF-8
     */
    static TextLayout csv(List<String> names, int[] targets, byte[] header, SourceFormat format) {
        return new TextLayout(names, targets, header, format);
    }

    /** The layout of a JSON file. */
    static TextLayout json(List<String> names, SourceFormat format) {
        return new TextLayout(names, new int[0], new byte[0], format);
    }

    /** Number of the columns that rows get. */
    int columns() {
        return names.size();
    }

    /** For each column of a CSV file the index of its column in the rows, or -1. */
    int[] targets() {
        return targets;
    }

    /** The header line of a CSV file in UTF-8; later lines that are equal are no rows. */
    byte[] header() {
        return header;
    }

    SourceFormat format() {
        return format;
    }

    /** Finds columns by the names of JSON fields. */
    JsonNames jsonNames() {
        return new JsonNames(names, format.headerCase());
    }

    /** Finds columns by the names of JSON fields. */
    static final class JsonNames {
        private final Map<String, Integer> exact = new HashMap<>();
        private final Map<String, Integer> ignoringCase = new HashMap<>();
        /** Names of objects that contain a column, in lower case where case makes no difference. */
        private final Set<String> objects = new HashSet<>();

        private final boolean ignoresCase;

        JsonNames(List<String> names, HeaderCase headerCase) {
            ignoresCase = headerCase == HeaderCase.IGNORE;
            for (int i = 0; i < names.size(); i++) {
                addObjects(names.get(i));
                exact.put(names.get(i), i);
                if (headerCase == HeaderCase.IGNORE) {
                    ignoringCase.put(names.get(i).toLowerCase(Locale.ROOT), i);
                }
            }
        }

        private void addObjects(String name) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                objects.add(inCase(name.substring(0, dot)));
            }
        }

        private String inCase(String name) {
            return ignoresCase ? name.toLowerCase(Locale.ROOT) : name;
        }

        /** Whether columns are in the object of this name. */
        boolean hasColumnsIn(String object) {
            return !objects.isEmpty() && objects.contains(inCase(object));
        }

        /** The index of the column with exactly this name; null without one. */
        @Nullable
        Integer exact(String name) {
            return exact.get(name);
        }

        /** The index of the column whose name differs in upper and lower case only; null without one. */
        @Nullable
        Integer ignoringCase(String name) {
            return ignoringCase.isEmpty() ? null : ignoringCase.get(name.toLowerCase(Locale.ROOT));
        }
    }
}
