package koc.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file.
 *
 * <p>A line with too few or too many values is malformed, and so is one with bytes that are invalid in its encoding. Where
 * values may contain line breaks, a record of several lines that is malformed costs its first line only: its other lines are
 * read again, because a single stray quote would otherwise swallow them.
 */
final class CsvRecords implements Records {
    /** Maximum number of lines of a record; a value that goes on for longer begins with a stray quote. */
    private static final int MAX_LINES = 1000;

    private final LineReader lines;
    private final long end;
    private final FileEncoding encoding;
    private final TextLayout layout;
    private final byte delimiter;
    private final CsvLine csv;
    /** Lines that are read again. */
    private final Deque<byte[]> again = new ArrayDeque<>();

    /** @param end lines that begin here or later are not read */
    CsvRecords(LineReader lines, long end, FileEncoding encoding, TextLayout layout) {
        this.lines = lines;
        this.end = end;
        this.encoding = encoding;
        this.layout = layout;
        this.delimiter = layout.format().delimiterByte();
        this.csv = new CsvLine(delimiter);
    }

    @Override
    public @Nullable TextRecord next() throws IOException {
        for (byte[] raw = nextLine(); raw != null; raw = nextLine()) {
            byte[] line = encoding.toUtf8(raw);
            if (line == null) {
                return malformed(raw);
            }
            if (isRow(line)) {
                csv.split(line);
                return csv.isOpen() && layout.format().isMultiLine() ? longRecord(raw, line) : shortRecord(raw);
            }
        }
        return null;
    }

    private byte @Nullable [] nextLine() throws IOException {
        if (!again.isEmpty()) {
            return again.remove();
        }
        return lines.position() < end ? lines.next() : null;
    }

    private boolean isRow(byte[] line) {
        return !CsvLine.isBlank(line, delimiter) && !Arrays.equals(line, layout.header());
    }

    private TextRecord shortRecord(byte[] raw) {
        boolean isWhole = !csv.isOpen() && csv.size() == layout.targets().length;
        return isWhole ? TextRecord.of(values(), 1) : malformed(raw);
    }

    private TextRecord malformed(byte[] raw) {
        return TextRecord.malformed(layout.columns(), encoding.readable(raw), 1);
    }

    /** The record that begins with a line whose last value is open. */
    private TextRecord longRecord(byte[] firstRaw, byte[] first) throws IOException {
        List<byte[]> others = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(first);
        int covered = 1;
        boolean isOpen = true;
        while (isOpen && others.size() < MAX_LINES) {
            byte[] raw = nextLine();
            if (raw == null) {
                break;
            }
            others.add(raw);
            byte[] line = encoding.toUtf8(raw);
            if (line == null) {
                break;
            }
            covered += isRow(line) ? 1 : 0;
            text.write('\n');
            text.writeBytes(line);
            // Only a line with a quote can close the value.
            isOpen = !hasQuote(line) || csv.split(text.toByteArray()).isOpen();
        }
        if (!isOpen && !csv.hasStrayQuote() && csv.size() == layout.targets().length) {
            return TextRecord.of(values(), covered);
        }
        for (int i = others.size() - 1; i >= 0; i--) {
            again.addFirst(others.get(i));
        }
        return malformed(firstRaw);
    }

    private static boolean hasQuote(byte[] line) {
        for (byte one : line) {
            if (one == '"') {
                return true;
            }
        }
        return false;
    }

    private @Nullable UTF8String[] values() {
        @Nullable UTF8String[] values = new UTF8String[layout.columns()];
        int[] targets = layout.targets();
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] >= 0) {
                values[targets[i]] = csv.value(i);
            }
        }
        return values;
    }
}
