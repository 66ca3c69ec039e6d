package koc.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import koc.sample.GeneratorOptions.Format;
import koc.sample.GeneratorOptions.Layout;

/** Writes the rows of one source to its files. A flat source is split into files that can be read in parallel. */
final class SourceWriter implements AutoCloseable {
    /** Rows of a file in the flat layout. */
    static final int ROWS_PER_FILE = 1_000_000;

    private final Source source;
    private final Path folder;
    private final Layout layout;
    private final Format format;
    private final boolean gzip;
    private final LocalDate startDate;
    private final List<String> keys = new ArrayList<>();
    private final List<Boolean> plain = new ArrayList<>();
    private final Map<Integer, Writer> writers = new HashMap<>();
    private final StringBuilder line = new StringBuilder(256);
    private long rows;

    /** A writer to {@code out/<source>/}; days of arrival are counted from the start date. */
    SourceWriter(Source source, Path out, Layout layout, Format format, boolean gzip, LocalDate startDate) {
        this.source = source;
        this.folder = out.resolve(source.name());
        this.layout = layout;
        this.format = format;
        this.gzip = gzip;
        this.startDate = startDate;
        for (String column : source.columns()) {
            keys.add("\"" + column + "\":");
            plain.add(source.plain().contains(column));
        }
    }

    Source source() {
        return source;
    }

    /** Rows written so far, bad ones included. */
    long rows() {
        return rows;
    }

    /** Writes a row; an empty text means no value. */
    void write(int arrivalDay, List<String> values) {
        line.setLength(0);
        if (format == Format.CSV) {
            appendCsv(values);
        } else {
            appendJson(values);
        }
        writeLine(arrivalDay);
    }

    /** Writes a row that cannot be parsed: with too many columns, or an object without an end. */
    void writeMalformed(int arrivalDay, List<String> values) {
        line.setLength(0);
        if (format == Format.CSV) {
            appendCsv(values);
            line.append(",and,more");
        } else {
            appendJson(values);
            line.setLength(line.length() - 1);
        }
        writeLine(arrivalDay);
    }

    private void writeLine(int arrivalDay) {
        line.append('\n');
        int file = layout == Layout.FLAT ? (int) (rows / ROWS_PER_FILE) : arrivalDay;
        try {
            Writer writer = writers.get(file);
            if (writer == null) {
                writer = open(file);
            }
            writer.append(line);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        rows++;
    }

    private Writer open(int file) throws IOException {
        String ending = (format == Format.CSV ? ".csv" : ".jsonl") + (gzip ? ".gz" : "");
        Path path;
        if (layout == Layout.FLAT) {
            close();
            path = folder.resolve(String.format(Locale.ROOT, "%s-%03d%s", source.name(), file + 1, ending));
        } else {
            path = folder.resolve("arrived=" + startDate.plusDays(file)).resolve(source.name() + ending);
        }
        Files.createDirectories(path.getParent());
        OutputStream bytes = Files.newOutputStream(path);
        Writer writer = new BufferedWriter(
                new OutputStreamWriter(gzip ? new GZIPOutputStream(bytes, 1 << 14) : bytes, StandardCharsets.UTF_8),
                1 << 15);
        if (format == Format.CSV) {
            writer.append(String.join(",", source.columns())).append('\n');
        }
        writers.put(file, writer);
        return writer;
    }

    private void appendCsv(List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            Csv.append(line, values.get(i));
        }
    }

    private void appendJson(List<String> values) {
        line.append('{');
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (value.isEmpty()) {
                continue;
            }
            if (line.length() > 1) {
                line.append(',');
            }
            line.append(keys.get(i));
            if (plain.get(i) && isPlain(value)) {
                line.append(value);
            } else {
                appendText(value);
            }
        }
        line.append('}');
    }

    private static boolean isPlain(String value) {
        if (value.equals("true") || value.equals("false")) {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if ((letter < '0' || letter > '9') && letter != '.' && (letter != '-' || i > 0)) {
                return false;
            }
        }
        return true;
    }

    private void appendText(String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter == '"' || letter == '\\') {
                line.append('\\');
            }
            line.append(letter);
        }
        line.append('"');
    }

    @Override
    public void close() throws IOException {
        for (Writer writer : writers.values()) {
            writer.close();
        }
        writers.clear();
    }
}
