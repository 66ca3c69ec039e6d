package koc.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.unsafe.types.UTF8String;
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
 */
public record FileSample(
        LandingFile file,
        SourceFormat format,
        List<String> columns,
        List<@Nullable String[]> rows,
        long malformed,
        List<String> findings,
        boolean isReadable) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SourceFormat PLAIN = new SourceFormat("UTF-8", ",", 0, HeaderCase.IGNORE, false, false);
    /** Number of JSON objects whose fields are listed. */
    private static final int MAX_OBJECTS = 2000;

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
            return new Text(file, blocks, encoding).read();
        } catch (IOException failure) {
            throw FileProbe.unreadable(file, failure);
        }
    }

    /** The sample of a CSV or JSON file. */
    private static final class Text {
        private final LandingFile file;
        private final List<SampledBlock> blocks;
        private final FileEncoding encoding;
        private final List<String> findings = new ArrayList<>();
        private final String encodingName;
        private boolean isReadable;

        Text(LandingFile file, List<SampledBlock> blocks, EncodingGuess guess) {
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
                    .map(name -> name == null ? "" : name.toString().strip())
                    .toList();
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
            try (MappingIterator<JsonNode> nodes = JSON.readerFor(JsonNode.class).readValues(object)) {
                if (nodes.hasNext()) {
                    addFields(nodes.next(), "", fields);
                }
            } catch (IOException | RuntimeException malformed) {
                // The sample counts it as a malformed record.
            }
        }

        private static void addFields(JsonNode object, String prefix, Set<String> fields) {
            object.properties().forEach(field -> {
                if (field.getValue().isObject()) {
                    addFields(field.getValue(), prefix + field.getKey() + ".", fields);
                } else {
                    fields.add(prefix + field.getKey());
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
            List<String> said = new ArrayList<>(findings);
            if (layout.format().isMultiLine()) {
                said.add(file.format() == Format.CSV ? "values with line breaks" : "objects over many lines");
            }
            if (malformed > 0) {
                said.add(malformed + " of " + (rows.size() + malformed) + " sampled records are malformed");
            }
            return new FileSample(file, layout.format(), columns, rows, malformed, said, isReadable);
        }

        private long addRows(SampledBlock block, TextLayout layout, List<@Nullable String[]> rows) throws IOException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] lineBreak = "\n".getBytes(encoding.charset());
            List<byte[]> lines = block.lines(encoding);
            int skipped = block.isFirst() && file.format() == Format.CSV ? layout.format().skipLines() : 0;
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

    /** A format that says nothing, for files that describe themselves. */
    static SourceFormat plain() {
        return PLAIN;
    }
}
