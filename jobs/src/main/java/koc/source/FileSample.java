package koc.source;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a landing file, and how the file seems to be written.
 *
 * @param file the file
 * @param format how it seems to be written
 * @param columns names of its columns; of nested ones with dots
 * @param rows values of rows as texts, in the order of the columns
 * @param malformed number of records that do not follow the format
 * @param findings what was seen, and what is doubtful
 * @param isReadable whether settings can make the pipeline read it
 * @param isWhole whether the rows are all of its rows
 */
public record FileSample(
        LandingFile file,
        SourceFormat format,
        List<String> columns,
        List<@Nullable String[]> rows,
        long malformed,
        List<String> findings,
        boolean isReadable,
        boolean isWhole) {
    private static final SourceFormat PLAIN = new SourceFormat("UTF-8", ",", 0, HeaderCase.IGNORE, false, false);

    public FileSample {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a bounded part of a file: its first bytes, and of a large one some later ones. The same file gives the same rows.
     *
     * @param expectedEncoding the encoding if the bytes do not tell it
     */
    public static FileSample read(LandingFile file, String expectedEncoding, Configuration hadoop) {
        try {
            if (file.format() == Format.PARQUET) {
                return ParquetSample.read(file, hadoop);
            }
            List<SampledBlock> blocks = SampledBlock.read(file, hadoop);
            EncodingGuess guess = EncodingGuess.of(blocks);
            EncodingGuess encoding = guess.isCertain() || expectedEncoding.equals("UTF-8")
                    ? guess
                    : new EncodingGuess(expectedEncoding, true, "as the configuration says");
            return new TextSample(file, blocks, encoding).read();
        } catch (IOException failure) {
            throw FileProbe.unreadable(file, failure);
        }
    }

    /** A format that says nothing, for files that describe themselves. */
    static SourceFormat plain() {
        return PLAIN;
    }
}
