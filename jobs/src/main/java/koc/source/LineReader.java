package koc.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, as bytes. A line ends with LF, CR LF or CR. */
final class LineReader implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    /** A longer line would not fit into a task's memory, together with its values. */
    private static final int MAX_LINE_BYTES = 1 << 28;

    /** Tells that a line is too long. */
    static final class LongLine extends IOException {
        private static final long serialVersionUID = 1;

        LongLine() {
            super("a line is longer than " + (MAX_LINE_BYTES >> 20) + " MB");
        }
    }

    private final InputStream in;
    private final int unit;
    /** Position, within a character, of the byte that is not 0 in a line break. */
    private final int low;

    private byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int limit;
    /** Position in the file of the first byte in the buffer. */
    private long start;

    private long lines;

    /**
     * @param in the bytes of the file from this position on
     * @param position where a line begins
     */
    LineReader(InputStream in, FileEncoding encoding, long position) {
        this.in = in;
        this.unit = encoding.unitBytes();
        this.low = encoding.isLittleEndian() ? 0 : unit - 1;
        this.start = position;
    }

    /** Number of lines that have been returned. */
    long lines() {
        return lines;
    }

    /** Where the next line begins. */
    long position() {
        return start + next;
    }

    /** The next line without its line break; null after the last one. */
    byte @Nullable [] next() throws IOException {
        int scanned = next;
        while (true) {
            for (; scanned + unit <= limit; scanned += unit) {
                byte one = buffer[scanned + low];
                if ((one == '\n' || one == '\r') && isBreak(scanned)) {
                    byte[] line = Arrays.copyOfRange(buffer, next, scanned);
                    next = scanned + unit;
                    lines++;
                    if (one == '\r') {
                        skipLineFeed();
                    }
                    return line;
                }
            }
            int kept = scanned - next;
            if (!fill()) {
                if (next == limit) {
                    return null;
                }
                byte[] last = Arrays.copyOfRange(buffer, next, limit);
                next = limit;
                lines++;
                return last;
            }
            scanned = next + kept;
        }
    }

    private boolean isBreak(int at) {
        for (int i = 0; i < unit; i++) {
            if (i != low && buffer[at + i] != 0) {
                return false;
            }
        }
        return true;
    }

    private void skipLineFeed() throws IOException {
        if (limit - next < unit) {
            fill();
        }
        if (limit - next >= unit && buffer[next + low] == '\n' && isBreak(next)) {
            next += unit;
        }
    }

    /** Reads more bytes behind those that are not yet returned; false at the end of the file. */
    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, limit - next);
            start += next;
            limit -= next;
            next = 0;
        }
        if (limit == buffer.length) {
            if (limit >= MAX_LINE_BYTES) {
                throw new LongLine();
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
