package koc.source;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Finds the line of a CSV or JSON file that a message is about. It reads the file up to there. */
public final class LineSearch {
    private final LandingFile file;
    private final SourceSchema source;
    private final SourceFormat format;
    private final Configuration hadoop;

    public LineSearch(LandingFile file, SourceSchema source, SourceFormat format, Configuration hadoop) {
        this.file = file;
        this.source = source;
        this.format = format;
        this.hadoop = hadoop;
    }

    /** The number of the first line with this text, as it is in the column {@link LandingReader#MALFORMED}; 1 is the first. */
    public OptionalLong lineOf(String malformed) {
        String first = malformed.lines().findFirst().orElse(malformed);
        TextStart start = text();
        if (start == null) {
            return OptionalLong.empty();
        }
        FileEncoding encoding = start.encoding();
        try (LineReader lines =
                part(encoding, layout(new int[0], new byte[0], "")).open(hadoop)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                String text = encoding.readable(line);
                if (text.equals(first) || text.strip().equals(first)) {
                    return OptionalLong.of(lines.lines());
                }
            }
            return OptionalLong.empty();
        } catch (IOException failure) {
            throw FileProbe.unreadable(file, failure);
        }
    }

    /**
     * The number of the line on which the first record ends whose value of a column is like this.
     *
     * @param column a column of the source
     * @param isMeant whether the value, as it landed, is the one that is looked for; null for none
     */
    public OptionalLong lineOf(String column, Predicate<@Nullable String> isMeant) {
        TextStart start = text();
        if (start == null) {
            return OptionalLong.empty();
        }
        String name = source.landingName(column);
        int[] targets = new int[0];
        byte[] header = new byte[0];
        if (file.format() == Format.CSV) {
            List<String> columns = start.columns();
            targets = new int[columns.size()];
            Arrays.fill(targets, -1);
            int index = new ColumnSearch(file, columns, format.headerCase()).indexOf(name);
            if (index >= 0) {
                targets[index] = 0;
            }
            header = start.header();
        }
        FilePart part = part(start.encoding(), layout(targets, header, name));
        try (LineReader lines = part.open(hadoop)) {
            Records records = part.records(lines);
            for (TextRecord record = records.next(); record != null; record = records.next()) {
                UTF8String value = record.values()[0];
                if (record.malformed() == null && isMeant.test(value == null ? null : value.toString())) {
                    return OptionalLong.of(lines.lines());
                }
            }
            return OptionalLong.empty();
        } catch (IOException failure) {
            throw FileProbe.unreadable(file, failure);
        }
    }

    private @Nullable TextStart text() {
        return file.format() == Format.PARQUET
                ? null
                : FileProbe.probe(file, source.source(), format, hadoop).text();
    }

    private TextLayout layout(int[] targets, byte[] header, String name) {
        return file.format() == Format.CSV
                ? TextLayout.csv(List.of(name), targets, header, format)
                : TextLayout.json(List.of(name), format);
    }

    private FilePart part(FileEncoding encoding, TextLayout layout) {
        return new ProbedText(file, encoding, layout).part(0, Long.MAX_VALUE);
    }
}
