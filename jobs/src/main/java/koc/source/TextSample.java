package koc.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Finds out how a CSV or JSON file is written, and reads a sample of it with the reader of a run. */
final class TextSample {
    /** Number of JSON objects whose fields are listed. */
    private static final int MAX_OBJECTS = 2000;

    private final LandingFile file;
    private final List<SampledBlock> blocks;
    private final FileEncoding encoding;
    private final List<String> findings = new ArrayList<>();
    private final String encodingName;
    private boolean isReadable;

    TextSample(LandingFile file, List<SampledBlock> blocks, EncodingGuess guess) {
        this.file = file;
        this.blocks = blocks;
        this.encodingName = guess.name();
        this.encoding = FileEncoding.of(blocks.get(0).bytes(), guess.name());
        this.isReadable = guess.isCertain();
        findings.add("encoding: " + guess.reason());
    }

    FileSample read() throws IOException {
        return file.format() == Format.CSV ? readCsv() : readJson();
    }

    private FileSample readCsv() throws IOException {
        List<byte @Nullable []> lines = new ArrayList<>();
        for (byte[] line : blocks.get(0).lines(encoding)) {
            lines.add(encoding.toUtf8(line));
        }
        CsvGuess guess = CsvGuess.of(lines);
        findings.add("delimiter: " + guess.reason());
        if (!guess.hasHeader()) {
            findings.add("it seems to have no header line; add one with names of columns");
            isReadable = false;
        }
        byte[] header = lines.stream()
                .skip(guess.skipLines())
                .filter(line -> line != null && !CsvLine.isBlank(line, SourceFormat.delimiterByte(guess.delimiter())))
                .findFirst()
                .orElse(new byte[0]);
        CsvLine names = new CsvLine(SourceFormat.delimiterByte(guess.delimiter())).split(header);
        List<String> columns = IntStream.range(0, names.size())
                .mapToObj(names::value)
                .map(name -> name == null ? "" : SurroundingMarks.strip(name.toString()))
                .toList();
        if (!guess.hasHeader()) {
            // The first line is the row of a person, and must not be shown.
            columns = IntStream.rangeClosed(1, columns.size())
                    .mapToObj(number -> "column " + number)
                    .toList();
            header = new byte[0];
        }
        int[] targets = IntStream.range(0, columns.size()).toArray();
        FileSample oneLine = sample(columns, TextLayout.csv(columns, targets, header, format(guess, false)));
        if (oneLine.malformed() == 0) {
            return oneLine;
        }
        FileSample manyLines = sample(columns, TextLayout.csv(columns, targets, header, format(guess, true)));
        return manyLines.malformed() * 2 < oneLine.malformed() ? manyLines : oneLine;
    }

    private SourceFormat format(CsvGuess guess, boolean multiLine) {
        return new SourceFormat(
                encodingName, guess.delimiter(), guess.skipLines(), HeaderCase.IGNORE, multiLine, false);
    }

    private FileSample readJson() throws IOException {
        List<String> columns = fields();
        SourceFormat lines = new SourceFormat(encodingName, ",", 0, HeaderCase.IGNORE, false, false);
        FileSample oneLine = sample(columns, TextLayout.json(columns, lines));
        if (oneLine.malformed() == 0) {
            return oneLine;
        }
        SourceFormat document = new SourceFormat(encodingName, ",", 0, HeaderCase.IGNORE, true, false);
        FileSample manyLines = sample(columns, TextLayout.json(columns, document));
        return manyLines.rows().size() > oneLine.rows().size() ? manyLines : oneLine;
    }

    /** The fields of the first objects; those of objects in them with dots. */
    private List<String> fields() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte[] line : blocks.get(0).lines(encoding)) {
            byte[] utf8 = encoding.toUtf8(line);
            if (utf8 != null) {
                text.writeBytes(utf8);
                text.write('\n');
            }
        }
        Set<String> fields = new LinkedHashSet<>();
        JsonText scanner = new JsonText();
        byte[] bytes = text.toByteArray();
        int begin = 0;
        int objects = 0;
        for (int i = 0; i < bytes.length && objects < MAX_OBJECTS; i++) {
            int change = scanner.next(bytes[i]);
            if (change > 0) {
                begin = i;
            } else if (change < 0) {
                objects++;
                addFields(Arrays.copyOfRange(bytes, begin, i + 1), fields);
            }
        }
        return List.copyOf(fields);
    }

    private static void addFields(byte[] object, Set<String> fields) {
        try (MappingIterator<JsonNode> nodes =
                JsonValues.MAPPER.readerFor(JsonNode.class).readValues(object)) {
            if (nodes.hasNext()) {
                addFields(nodes.next(), "", fields);
            }
        } catch (IOException | RuntimeException malformed) {
            // The sample counts it as a malformed record.
        }
    }

    private static void addFields(JsonNode object, String prefix, Set<String> fields) {
        object.properties().forEach(field -> {
            String name = prefix + SurroundingMarks.strip(field.getKey());
            if (field.getValue().isObject()) {
                addFields(field.getValue(), name + ".", fields);
            } else {
                fields.add(name);
            }
        });
    }

    private FileSample sample(List<String> columns, TextLayout layout) throws IOException {
        List<@Nullable String[]> rows = new ArrayList<>();
        long malformed = 0;
        for (SampledBlock block : blocks) {
            // A later block may begin within a value.
            if (block.isFirst() || !layout.format().isMultiLine()) {
                malformed += addRows(block, layout, rows);
            }
        }
        List<String> allFindings = new ArrayList<>(findings);
        if (layout.format().isMultiLine()) {
            allFindings.add(file.format() == Format.CSV ? "values with line breaks" : "objects over many lines");
        }
        if (malformed > 0) {
            allFindings.add(malformed + " of " + (rows.size() + malformed) + " sampled records are malformed");
        }
        return new FileSample(
                file,
                layout.format(),
                columns,
                rows,
                malformed,
                allFindings,
                isReadable,
                blocks.get(0).isLast());
    }

    private long addRows(SampledBlock block, TextLayout layout, List<@Nullable String[]> rows) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] lineBreak = "\n".getBytes(encoding.charset());
        List<byte[]> lines = block.lines(encoding);
        int skipped =
                block.isFirst() && file.format() == Format.CSV ? layout.format().skipLines() : 0;
        for (byte[] line : lines.subList(Math.min(skipped, lines.size()), lines.size())) {
            text.writeBytes(line);
            text.writeBytes(lineBreak);
        }
        long malformed = 0;
        FilePart part = new FilePart(file, layout, encoding.charset().name(), 0, 0, Long.MAX_VALUE);
        try (LineReader reader = new LineReader(new ByteArrayInputStream(text.toByteArray()), encoding, 0)) {
            Records records = part.records(reader);
            for (TextRecord read = records.next(); read != null; read = records.next()) {
                if (read.malformed() == null) {
                    rows.add(texts(read.values()));
                } else {
                    malformed += Math.max(1, read.covered());
                }
            }
        }
        return malformed;
    }

    private static @Nullable String[] texts(@Nullable UTF8String[] values) {
        @Nullable String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            UTF8String value = values[i];
            texts[i] = value == null ? null : new String(value.getBytes(), StandardCharsets.UTF_8);
        }
        return texts;
    }
}
