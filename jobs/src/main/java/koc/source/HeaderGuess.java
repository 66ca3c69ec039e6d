package koc.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.unsafe.types.UTF8String;

/** Tells the names of columns from the values of a row, in the line where a header is expected. */
final class HeaderGuess {
    /**
     * Values that no column is called: a number, an amount or a date; an address; a long code; ids of WeChat; the number of an
     * identity card that ends in X; a number of which the middle is hidden.
     */
    private static final Pattern VALUE = Pattern.compile("[-+¥￥$€£]?\\s*\\d[\\d\\s.,:/T+年月日-]*Z?"
            + "|[^@\\s]+@[^@\\s]+\\.[^@\\s]+"
            + "|(?=.*\\d)[0-9A-Fa-f-]{16,}"
            + "|o(?=.*\\d)[0-9A-Za-z_-]{27}|wxid_\\w+"
            + "|\\d{17}[Xx]"
            + "|\\d+[*＊]+\\d*");

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    /** Number of lines below the first one that are compared with it. */
    private static final int MAX_ROWS = 200;
    /** A value that the column has again is no name. One column may repeat its name, such as one with marks. */
    private static final int MIN_REPEATED_COLUMNS = 2;

    private HeaderGuess() {}

    /**
     * Whether a line has values in place of names.
     *
     * @param first the values of the line
     * @param below those of the lines below it; lines with another number of values do not count
     */
    static boolean isRow(List<String> first, List<List<String>> below) {
        if (first.stream().anyMatch(text -> VALUE.matcher(text).matches())) {
            return true;
        }
        List<List<String>> rows = below.stream()
                .filter(row -> row.size() == first.size() && !row.equals(first))
                .limit(MAX_ROWS)
                .toList();
        int repeated = 0;
        for (int i = 0; i < first.size(); i++) {
            if (isNumbered(first.get(i), i, rows)) {
                return true;
            }
            repeated += isRepeated(first.get(i), i, rows) ? 1 : 0;
        }
        return repeated >= MIN_REPEATED_COLUMNS;
    }

    /** Whether nearly all values of a column differ from a text in their digits only, as {@code u1} and {@code u20} do. */
    private static boolean isNumbered(String text, int column, List<List<String>> rows) {
        if (!DIGITS.matcher(text).find() || rows.isEmpty()) {
            return false;
        }
        String shape = shape(text);
        long alike = rows.stream()
                .filter(row -> shape(row.get(column)).equals(shape))
                .count();
        return 10 * alike >= 9L * rows.size();
    }

    private static String shape(String text) {
        return DIGITS.matcher(text).replaceAll("0");
    }

    private static boolean isRepeated(String text, int column, List<List<String>> rows) {
        return !text.isEmpty() && rows.stream().anyMatch(row -> row.get(column).equals(text));
    }

    /** The values of a line that was split; empty texts for empty ones. */
    static List<String> texts(CsvLine line) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            UTF8String value = line.value(i);
            texts.add(
                    value == null
                            ? ""
                            : SurroundingMarks.strip(value.toString()).replaceFirst("^['`]", ""));
        }
        return texts;
    }
}
