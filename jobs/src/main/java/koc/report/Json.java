package koc.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes values as JSON that may stand in a script element: no {@code <}, no line separator of JavaScript, ASCII or not.
 *
 * <p>Example: in {@code "</script>"} both angle brackets become escapes of six characters.
 */
final class Json {
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private Json() {}

    /** Rows as {@code {"columns": [..], "rows": [[..], ..]}}: names once, not in every row. */
    static void appendRows(StringBuilder out, List<String> columns, List<Row> rows) {
        out.append("{\"columns\":");
        append(out, columns);
        out.append(",\"rows\":[");
        String separator = "";
        for (Row row : rows) {
            out.append(separator);
            append(out, row);
            separator = ",\n";
        }
        out.append("]}");
    }

    /** A value: null, text, number, truth value, list, map with text keys, or a row as a list of its values. */
    static void append(StringBuilder out, Object value) {
        if (value instanceof Double number) {
            appendDouble(out, number);
        } else if (value instanceof BigDecimal number) {
            out.append(number.toPlainString());
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Map<?, ?> map) {
            appendMap(out, map);
        } else if (value instanceof Iterable<?> items) {
            appendItems(out, items);
        } else if (value instanceof scala.collection.Iterable<?> items) {
            appendItems(out, CollectionConverters.asJava(items));
        } else if (value instanceof Row row) {
            appendItems(out, CollectionConverters.asJava(row.toSeq()));
        } else {
            appendText(out, value.toString());
        }
    }

    private static void appendItems(StringBuilder out, Iterable<?> items) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            appendOrNull(out, item);
            separator = ",";
        }
        out.append(']');
    }

    private static void appendMap(StringBuilder out, Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            appendText(out, String.valueOf(entry.getKey()));
            out.append(':');
            appendOrNull(out, entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void appendOrNull(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("null");
        } else {
            append(out, value);
        }
    }

    /** Six significant digits: more than a page shows. JSON has no infinite numbers, so these are null. */
    private static void appendDouble(StringBuilder out, double number) {
        if (Double.isFinite(number)) {
            out.append(BigDecimal.valueOf(number).round(SIX_DIGITS).stripTrailingZeros());
        } else {
            out.append("null");
        }
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                out.append('\\').append(letter);
            } else if (letter < ' ' || "<>&\u2028\u2029\u007f".indexOf(letter) >= 0 || Character.isSurrogate(letter)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
            } else {
                out.append(letter);
            }
        }
        out.append('"');
    }
}
