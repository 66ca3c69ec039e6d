package koc.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lines of a CSV file seem to be written.
 *
 * @param delimiter what separates values, as the setting names it
 * @param skipLines number of lines before the header
 * @param hasHeader whether a line has names instead of values
 * @param reason what was seen
 */
record CsvGuess(String delimiter, int skipLines, boolean hasHeader, String reason) {
    private static final List<String> DELIMITERS = List.of(",", ";", "tab", "|", "\u0001", "^");
    private static final int MAX_LINES = 500;
    private static final int MAX_LINES_OF_VALUE = 50;
    /** Number of lines among which a header is looked for. */
    private static final int MAX_TITLE_LINES = 30;

    /** @param lines the first lines in UTF-8; null for those that are invalid in their encoding */
    static CsvGuess of(List<byte @Nullable []> lines) {
        CsvGuess best = new CsvGuess(",", 0, true, "");
        double bestScore = 0;
        for (String delimiter : DELIMITERS) {
            CsvLine csv = new CsvLine(SourceFormat.delimiterByte(delimiter));
            List<Integer> sizes = new ArrayList<>();
            Map<Integer, Integer> frequency = new HashMap<>();
            byte[] open = null;
            int opened = 0;
            for (int i = 0; i < Math.min(MAX_LINES, lines.size()); i++) {
                byte[] line = lines.get(i);
                byte[] text = open == null ? line : join(open, line);
                if (text == null || CsvLine.isBlank(text, SourceFormat.delimiterByte(delimiter))) {
                    sizes.add(0);
                    open = null;
                } else if (csv.split(text).isOpen() && opened < MAX_LINES_OF_VALUE) {
                    // The value may go on in the next line.
                    sizes.add(0);
                    open = text;
                    opened++;
                } else {
                    sizes.add(csv.size());
                    frequency.merge(csv.size(), csv.size() > 1 ? 1 : 0, Integer::sum);
                    open = null;
                    opened = 0;
                }
            }
            int columns = frequency.entrySet().stream()
                    .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .orElse(0);
            long rows = sizes.stream().filter(size -> size > 0).count();
            double score = columns * frequency.getOrDefault(columns, 0) / (double) Math.max(1, rows);
            if (score > bestScore) {
                bestScore = score;
                best = withHeader(delimiter, columns, lines, sizes, frequency.getOrDefault(columns, 0), rows);
            }
        }
        return best;
    }

    private static byte @Nullable [] join(byte[] open, byte @Nullable [] line) {
        if (line == null) {
            return null;
        }
        byte[] joined = Arrays.copyOf(open, open.length + 1 + line.length);
        joined[open.length] = '\n';
        System.arraycopy(line, 0, joined, open.length + 1, line.length);
        return joined;
    }

    private static CsvGuess withHeader(
            String delimiter, int columns, List<byte @Nullable []> lines, List<Integer> sizes, int equal, long rows) {
        CsvLine csv = new CsvLine(SourceFormat.delimiterByte(delimiter));
        String reason = String.format(Locale.ROOT, "%,d of %,d lines have %d values", equal, rows, columns);
        boolean isAfterTitle = false;
        for (int i = 0; i < Math.min(MAX_TITLE_LINES, sizes.size()); i++) {
            byte[] line = lines.get(i);
            // A line that ends a value of several lines is no header.
            if (line != null
                    && sizes.get(i) == columns
                    && csv.split(line).size() == columns
                    && isFull(csv.split(line))) {
                // Empty lines before a header need not be skipped.
                return new CsvGuess(delimiter, isAfterTitle ? i : 0, !isRow(csv, lines, i), reason);
            }
            isAfterTitle |= sizes.get(i) > 0;
        }
        return new CsvGuess(delimiter, 0, true, reason);
    }

    private static boolean isRow(CsvLine csv, List<byte @Nullable []> lines, int at) {
        List<String> first = HeaderGuess.texts(csv);
        List<List<String>> below = new ArrayList<>();
        for (byte[] line : lines.subList(at + 1, Math.min(MAX_LINES, lines.size()))) {
            if (line != null) {
                below.add(HeaderGuess.texts(csv.split(line)));
            }
        }
        return HeaderGuess.isRow(first, below);
    }

    /** Whether most values are not empty, as in a header and unlike in a title. */
    private static boolean isFull(CsvLine line) {
        int present = 0;
        for (int i = 0; i < line.size(); i++) {
            present += line.value(i) == null ? 0 : 1;
        }
        return 2 * present > line.size();
    }
}
