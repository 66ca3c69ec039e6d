package koc.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import org.apache.hadoop.conf.Configuration;

/**
 * A part of a text file that one task reads: the lines that begin in it.
 *
 * @param file the file
 * @param layout which of its values go to which columns
 * @param charset name of its encoding
 * @param markBytes length of its byte order mark
 * @param start position of the first byte of the part
 * @param end position behind the last byte of the part
 */
record FilePart(LandingFile file, TextLayout layout, String charset, int markBytes, long start, long end)
        implements Serializable {

    /** Opens the part; the caller closes the lines. */
    LineReader open(Configuration hadoop) throws IOException {
        FileEncoding encoding = encoding();
        if (start > 0) {
            // Begins one byte earlier, to see whether a line begins right at the start.
            LineReader lines = new LineReader(file.open(hadoop, start - 1), encoding, start - 1);
            lines.next();
            return lines;
        }
        InputStream in = file.open(hadoop, 0);
        in.skipNBytes(markBytes);
        LineReader lines = new LineReader(in, encoding, markBytes);
        int skipped = file.format() == Format.CSV ? layout.format().skipLines() : 0;
        for (int i = 0; i < skipped; i++) {
            lines.next();
        }
        return lines;
    }

    /** The records in these lines. */
    Records records(LineReader lines) {
        if (file.format() == Format.CSV) {
            return new CsvRecords(lines, end, encoding(), layout);
        }
        return layout.format().isMultiLine()
                ? new JsonDocumentRecords(lines, encoding(), layout)
                : new JsonLineRecords(lines, end, encoding(), layout);
    }

    private FileEncoding encoding() {
        return FileEncoding.of(Charset.forName(charset), markBytes);
    }
}
