package koc.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a JSON file in which an object may cover many lines, such as an indented array. Text that is no object, and
 * an object that does not end, are malformed records.
 */
final class JsonDocumentRecords implements Records {
    /** Of a longer object, which begins with a stray brace or quote, only the beginning is kept. */
    private static final int MAX_BYTES = 1 << 24;

    private final LineReader lines;
    private final FileEncoding encoding;
    private final TextLayout layout;
    private final JsonValues json;
    private final JsonText scanner = new JsonText();
    private final Deque<TextRecord> ready = new ArrayDeque<>();
    private final ByteArrayOutputStream object = new ByteArrayOutputStream();
    /** Lines that the open object covers, and that no earlier record covers. */
    private int covered;
    /** Whether a line of the open object is invalid in the encoding. */
    private boolean isInvalid;

    private boolean isDone;

    JsonDocumentRecords(LineReader lines, FileEncoding encoding, TextLayout layout) {
        this.lines = lines;
        this.encoding = encoding;
        this.layout = layout;
        this.json = new JsonValues(layout);
    }

    @Override
    public @Nullable TextRecord next() throws IOException {
        while (ready.isEmpty() && !isDone) {
            byte[] raw = lines.next();
            if (raw == null) {
                isDone = true;
                if (scanner.isInObject()) {
                    ready.add(malformedObject());
                }
            } else {
                byte[] line = encoding.toUtf8(raw);
                take(line == null ? encoding.readable(raw).getBytes(StandardCharsets.UTF_8) : line, line != null);
            }
        }
        return ready.poll();
    }

    /** Takes the next line. An object is malformed if one of its lines is invalid. */
    private void take(byte[] line, boolean isValid) {
        int uncovered = JsonText.isBlank(line) ? 0 : 1;
        boolean hasObject = scanner.isInObject();
        boolean hasOther = false;
        isInvalid = !isValid || (hasObject && isInvalid);
        if (hasObject) {
            covered += uncovered;
            uncovered = 0;
        }
        for (byte one : line) {
            int change = scanner.next(one);
            if (change > 0) {
                hasObject = true;
                covered = uncovered;
                uncovered = 0;
            }
            if (change != 0 || scanner.isInObject()) {
                keep(one);
            } else {
                hasOther |= !JsonText.isSeparator(one);
            }
            if (change < 0) {
                endObject();
                isInvalid = !isValid;
            }
        }
        scanner.endLine();
        if (scanner.isInObject()) {
            keep((byte) '\n');
        }
        if (hasOther || (!isValid && !hasObject)) {
            ready.add(TextRecord.malformed(layout.columns(), new String(line, StandardCharsets.UTF_8), uncovered));
        }
    }

    private void keep(byte one) {
        if (object.size() < MAX_BYTES) {
            object.write(one);
        }
    }

    private void endObject() {
        byte[] text = object.toByteArray();
        @Nullable UTF8String[] values = isInvalid ? null : json.read(text, 0, text.length);
        if (values == null) {
            ready.add(malformedObject());
        } else {
            ready.add(TextRecord.of(values, covered));
            object.reset();
        }
    }

    private TextRecord malformedObject() {
        String text = object.toString(StandardCharsets.UTF_8).strip();
        object.reset();
        return TextRecord.malformed(layout.columns(), text, covered);
    }
}
