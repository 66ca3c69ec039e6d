package koc.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Some bytes of a file. A sample has the first ones, and of a large file some later ones.
 *
 * @param bytes the bytes
 * @param isFirst whether the file begins with them
 * @param isLast whether the file ends with them
 */
@SuppressWarnings("ArrayRecordComponent")
record SampledBlock(byte[] bytes, boolean isFirst, boolean isLast) {
    /** Enough for several thousand rows. */
    private static final int FIRST_BYTES = 1 << 20;

    private static final int LATER_BYTES = 1 << 18;
    private static final int LATER_BLOCKS = 3;

    /** The first block and, if the file is large and not compressed, blocks from its middle and its end. */
    static List<SampledBlock> read(LandingFile file, Configuration hadoop) throws IOException {
        List<SampledBlock> blocks = new ArrayList<>();
        try (InputStream in = file.open(hadoop, 0)) {
            byte[] first = in.readNBytes(FIRST_BYTES);
            blocks.add(new SampledBlock(first, true, in.read() < 0));
        }
        if (!blocks.get(0).isLast() && !file.isGzip()) {
            long rest = Math.max(FIRST_BYTES, file.bytes() - LATER_BYTES);
            for (int i = 1; i <= LATER_BLOCKS; i++) {
                // UTF-16 and UTF-32 have characters of 2 and 4 bytes.
                long position = Math.max(FIRST_BYTES, rest * i / LATER_BLOCKS) / 4 * 4;
                try (InputStream in = file.open(hadoop, position)) {
                    byte[] bytes = in.readNBytes(LATER_BYTES + 4);
                    blocks.add(new SampledBlock(bytes, false, position + bytes.length >= file.bytes()));
                }
            }
        }
        return blocks;
    }

    /** Its lines that are certainly whole. */
    List<byte[]> lines(FileEncoding encoding) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        if (isFirst) {
            in.skipNBytes(Math.min(bytes.length, encoding.markBytes()));
        }
        List<byte[]> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(in, encoding, 0)) {
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                lines.add(line);
            }
        }
        if (!isLast && lines.size() > 1) {
            lines.remove(lines.size() - 1);
        }
        return isFirst || lines.isEmpty() ? lines : lines.subList(1, lines.size());
    }
}
