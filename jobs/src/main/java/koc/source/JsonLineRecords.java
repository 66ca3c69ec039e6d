package koc.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a JSON Lines file. A line may contain several objects, or an array of objects. The whole line is malformed
 * if one of its objects is malformed, or if it contains text outside the objects.
 */
final class JsonLineRecords implements Records {
    private final LineReader lines;
    private final long end;
    private final FileEncoding encoding;
    private final TextLayout layout;
    private final JsonValues json;
    /** Objects of the last line that are not yet returned. */
    private final Deque<TextRecord> ready = new ArrayDeque<>();

    /** @param end lines that begin here or later are not read */
    JsonLineRecords(LineReader lines, long end, FileEncoding encoding, TextLayout layout) {
        this.lines = lines;
        this.end = end;
        this.encoding = encoding;
        this.layout = layout;
        this.json = new JsonValues(layout);
    }

    @Override
    public @Nullable TextRecord next() throws IOException {
        while (ready.isEmpty() && lines.position() < end) {
            byte[] raw = lines.next();
            if (raw == null) {
                return null;
            }
            byte[] line = encoding.toUtf8(raw);
            if (line == null) {
                return malformed(raw, encoding.readable(raw).getBytes(StandardCharsets.UTF_8));
            }
            if (!JsonText.isBlank(line)) {
                @Nullable UTF8String[] only = json.read(line, 0, line.length);
                if (only != null) {
                    return TextRecord.of(only, 1);
                }
                splitObjects(raw, line);
            }
        }
        return ready.poll();
    }

    private void splitObjects(byte[] raw, byte[] line) {
        List<TextRecord> objects = new ArrayList<>();
        JsonText text = new JsonText();
        boolean isWhole = true;
        int begin = 0;
        for (int i = 0; i < line.length && isWhole; i++) {
            int change = text.next(line[i]);
            if (change > 0) {
                begin = i;
            } else if (change < 0) {
                @Nullable UTF8String[] values = json.read(line, begin, i + 1);
                isWhole = values != null;
                if (values != null) {
                    objects.add(TextRecord.of(values, 1));
                }
            } else if (!text.isInObject()) {
                isWhole = JsonText.isSeparator(line[i]);
            }
        }
        if (isWhole && !text.isInObject() && !objects.isEmpty()) {
            ready.addAll(objects);
        } else {
            ready.add(malformed(raw, line));
        }
    }

    /** The line as one malformed record, which covers as many objects as begin in it. */
    private TextRecord malformed(byte[] raw, byte[] scanned) {
        JsonText text = new JsonText();
        int objects = 0;
        for (byte one : scanned) {
            objects += text.next(one) > 0 ? 1 : 0;
        }
        return TextRecord.malformed(layout.columns(), encoding.readable(raw), Math.max(1, objects));
    }
}
