package koc.clean.inspect;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import koc.clean.RowReader;

/** Texts with which systems write that they have no value. */
final class Nulls {
    /** Texts that the default setting knows. */
    private static final Set<String> BUILT_IN =
            Set.of("", "NULL", "null", "\\N", "None", "nan", "NaN", "NaT", "<NA>", "N/A", "#N/A");

    private static final Set<String> OTHERS = Set.of(
            "-",
            "--",
            "—",
            "——",
            "/",
            "无",
            "未知",
            "不详",
            "暂无",
            "空",
            "(null)",
            "(NULL)",
            "<null>",
            "Null",
            "none",
            "NONE",
            "nil",
            "NIL",
            "n/a",
            "NA",
            "undefined",
            "?",
            "#VALUE!",
            "#REF!",
            "#DIV/0!",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "00000000");

    private Nulls() {}

    /** The value without blanks and quotes around it. */
    static String strip(String value) {
        return RowReader.withoutQuotes(value);
    }

    static boolean isNull(String value) {
        String text = strip(value);
        return BUILT_IN.contains(text) || OTHERS.contains(text);
    }

    /** Texts among these values that stand for no value and that the default setting does not know, sorted. */
    static List<String> unknownIn(Collection<String> values) {
        TreeSet<String> found = new TreeSet<>();
        for (String value : values) {
            String text = strip(value);
            if (OTHERS.contains(text)) {
                found.add(text);
            }
        }
        return List.copyOf(found);
    }
}
