package koc.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The first lines of a CSV or JSON file. */
final class TextStart {
    private static final int PROBED_BYTES = 1 << 16;
    /** Number of lines among which a header is looked for. */
    private static final int MAX_TITLE_LINES = 20;

    private final LandingFile file;
    private final String source;
    private final SourceFormat format;
    private final FileEncoding encoding;
    /** Each line in UTF-8; empty for one that is invalid in the encoding. */
    private final List<Optional<byte[]>> lines;

    private TextStart(
            LandingFile file, String source, SourceFormat format, FileEncoding encoding, List<Optional<byte[]>> lines) {
        this.file = file;
        this.source = source;
        this.format = format;
        this.encoding = encoding;
        this.lines = lines;
    }

    /** Reads the first lines; of a CSV file those behind the lines that are skipped. */
    static TextStart read(LandingFile file, String source, SourceFormat format, Configuration hadoop)
            throws IOException {
        try (InputStream in = file.open(hadoop, 0)) {
            byte[] first = in.readNBytes(FileEncoding.MARK_BYTES);
            FileEncoding encoding = FileEncoding.of(first, format.encoding());
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), in);
            whole.skipNBytes(encoding.markBytes());
            LineReader reader = new LineReader(whole, encoding, 0);
            List<Optional<byte[]>> lines = new ArrayList<>();
            int skipped = file.format() == Format.CSV ? format.skipLines() : 0;
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                if (skipped > 0) {
                    skipped--;
                } else {
                    lines.add(Optional.ofNullable(encoding.toUtf8(line)));
                    if (reader.position() > PROBED_BYTES) {
                        break;
                    }
                }
            }
            return new TextStart(file, source, format, encoding, lines);
        }
    }

    FileEncoding encoding() {
        return encoding;
    }

    /** Whether it has no line with a value. */
    boolean isEmpty() {
        return lines.stream().allMatch(line -> line.isPresent() && isBlank(line.get()));
    }

    private boolean isBlank(byte[] line) {
        return file.format() == Format.CSV ? CsvLine.isBlank(line, format.delimiterByte()) : JsonText.isBlank(line);
    }

    /** The header line of a CSV file in UTF-8. */
    byte[] header() {
        byte[] header = lines.stream()
                .filter(line -> line.isEmpty() || !isBlank(line.get()))
                .findFirst()
                .orElseThrow()
                .orElseThrow(() -> KocException.input(
                        "landing " + file.name() + ": not a text file",
                        "expected " + encoding.charset().name() + " text; the header has other bytes",
                        "name its encoding, for example " + setting("encoding") + " = GB18030, or correct the ending of"
                                + " its name; " + Advice.INSPECT));
        if (csv(header).isOpen()) {
            throw KocException.input(
                    "landing " + file.name() + ": a quote in the header does not end on its line",
                    "expected names of columns on one line",
                    "correct the header, or skip lines before it: " + setting("skip-lines") + " = 1; "
                            + Advice.INSPECT);
        }
        return header;
    }

    /** The names of the columns in the header of a CSV file; empty texts for columns without a name. */
    List<String> columns() {
        return names(csv(header()));
    }

    /** Whether a CSV file seems to begin with a row in place of the names of columns, whatever separates its values. */
    boolean seemsToHaveNoHeader() {
        List<byte @Nullable []> texts = new ArrayList<>();
        lines.stream()
                .filter(line -> line.isEmpty() || !isBlank(line.get()))
                .forEach(line -> texts.add(line.orElse(null)));
        List<List<String>> below = texts.stream()
                .skip(1)
                .flatMap(Stream::ofNullable)
                .map(line -> HeaderGuess.texts(csv(line)))
                .toList();
        CsvGuess guess = CsvGuess.of(texts);
        return HeaderGuess.isRow(columns(), below) || (guess.skipLines() == 0 && !guess.hasHeader());
    }

    private CsvLine csv(byte[] line) {
        return new CsvLine(format.delimiterByte()).split(line);
    }

    private static List<String> names(CsvLine line) {
        return IntStream.range(0, line.size())
                .mapToObj(i -> {
                    UTF8String name = line.value(i);
                    return name == null ? "" : SurroundingMarks.strip(name.toString());
                })
                .toList();
    }

    /** The names of the fields of the first JSON objects. */
    List<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        for (Optional<byte[]> line : lines) {
            line.ifPresent(text -> fieldsOf(text, fields));
        }
        return List.copyOf(fields);
    }

    private static void fieldsOf(byte[] line, Set<String> fields) {
        try {
            JsonNode node = JsonValues.MAPPER.readTree(line);
            (node.isArray() ? node : List.of(node)).forEach(object -> object.fieldNames()
                    .forEachRemaining(name -> fields.add(SurroundingMarks.strip(name))));
        } catch (IOException malformed) {
            // The reader rejects the line later, with its text.
        }
    }

    /** Requires that a JSON file has one object a line, not one document over many lines. */
    void requireObjectsInLines() {
        List<byte[]> texts = lines.stream()
                .flatMap(Optional::stream)
                .filter(line -> !JsonText.isBlank(line))
                .toList();
        if (!format.isMultiLine() && texts.size() > 1 && fields().isEmpty()) {
            boolean isArray = lines.get(0)
                    .filter(line -> line.length > 0 && line[0] == '[')
                    .isPresent();
            if (isArray || new String(texts.get(0), StandardCharsets.UTF_8).startsWith("{")) {
                throw KocException.input(
                        "landing " + file.name() + ": a JSON " + (isArray ? "array" : "object") + " over many lines",
                        "expected one object on each line (JSON Lines); the first line is: " + (isArray ? "[" : "{"),
                        "write one object on each line, or set " + setting("multi-line") + " = true; "
                                + Advice.INSPECT);
            }
        }
    }

    /** What a person should know about the first lines, before rows of them are rejected. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        long invalid = lines.stream().filter(Optional::isEmpty).count();
        if (invalid > 0) {
            notes.add(file.name() + ": " + invalid + " of the first " + lines.size() + " lines are not valid "
                    + encoding.charset().name() + " and will be rejected; if all are written so, name the encoding: "
                    + setting("encoding") + " = GB18030; " + Advice.INSPECT);
        }
        if (file.format() == Format.CSV && !format.isMultiLine()) {
            lineWithOpenQuote()
                    .ifPresent(line -> notes.add(file.name() + ": in line " + line + " a quoted value does not end; if"
                            + " values of this file contain line breaks, set " + setting("multi-line") + " = true"));
        }
        return notes;
    }

    private OptionalInt lineWithOpenQuote() {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).filter(line -> csv(line).isOpen()).isPresent())
                .map(i -> i + 1 + format.skipLines())
                .findFirst();
    }

    /** The setting that would make these columns appear in the header of a CSV file; empty if none is known. */
    Optional<String> settingFor(List<String> missing) {
        for (String delimiter : List.of(",", ";", "tab", "|")) {
            CsvLine csv = new CsvLine(SourceFormat.delimiterByte(delimiter));
            for (int i = 0; i < Math.min(MAX_TITLE_LINES, lines.size()); i++) {
                Optional<byte[]> line = lines.get(i);
                if (line.isPresent() && names(csv.split(line.get())).containsAll(missing)) {
                    List<String> settings = new ArrayList<>();
                    if (i > 0) {
                        settings.add(setting("skip-lines") + " = " + (i + format.skipLines()));
                    }
                    if (!delimiter.equals(format.delimiter())) {
                        settings.add(setting("delimiter") + " = \"" + delimiter + "\"");
                    }
                    return Optional.of(String.join(" and ", settings)).filter(text -> !text.isEmpty());
                }
            }
        }
        return Optional.empty();
    }

    /** The full name of a key of the format of the source. */
    String setting(String key) {
        return "koc.source.format." + source + "." + key;
    }
}
