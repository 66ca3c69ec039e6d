package koc.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a file, found from its first bytes before it is read.
 *
 * @param columns names of its columns, in the order of the file; for JSON Lines those of the first lines
 * @param layout equal for files that can be read together
 */
record FileProbe(List<String> columns, String layout) {
    private static final int PROBED_BYTES = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    FileProbe {
        columns = List.copyOf(columns);
    }

    /** Reads the first bytes of a file; a file that is not in the format of its name is refused. */
    static FileProbe probe(LandingFile file, Configuration hadoop) {
        if (file.bytes() == 0) {
            throw empty(file);
        }
        try {
            return switch (file.format()) {
                case CSV -> {
                    List<String> header = header(file, text(file, hadoop));
                    yield new FileProbe(header, "csv " + header);
                }
                case JSON_LINES -> new FileProbe(fields(text(file, hadoop)), "json");
                case PARQUET -> {
                    MessageType schema = schema(file, hadoop);
                    yield new FileProbe(
                            schema.getFields().stream().map(Type::getName).toList(), "parquet " + schema);
                }
            };
        } catch (IOException failure) {
            throw KocException.input(
                            "landing " + file.name() + ": cannot be read",
                            String.valueOf(failure.getMessage()),
                            "land the file again, or let its name begin with _ to ignore it")
                    .causedBy(failure);
        }
    }

    private static String text(LandingFile file, Configuration hadoop) throws IOException {
        Path path = new Path(file.path());
        FileSystem files = path.getFileSystem(hadoop);
        byte[] block;
        try (InputStream raw = files.open(path);
                InputStream in = Format.isGzip(file.name()) ? new GZIPInputStream(raw) : raw) {
            block = in.readNBytes(PROBED_BYTES);
        }
        if (block.length == 0) {
            throw empty(file);
        }
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(block.length);
        // The last character may be cut off: that is no error, because the file goes on.
        boolean isText = !utf8.decode(ByteBuffer.wrap(block), text, false).isError();
        String decoded = text.flip().toString();
        if (!isText || decoded.indexOf('\0') >= 0) {
            throw KocException.input(
                    "landing " + file.name() + ": not a text file",
                    "expected UTF-8 text; found bytes that are not UTF-8",
                    "save it as UTF-8, or correct the ending of its name");
        }
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    private static List<String> header(LandingFile file, String text) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setQuoteEscape('"');
        settings.setMaxCharsPerColumn(-1);
        String[] names = new CsvParser(settings)
                .parseLine(
                        text.lines().filter(line -> !line.isBlank()).findFirst().orElse(""));
        if (names == null) {
            throw empty(file);
        }
        List<String> header = Arrays.stream(names)
                .map(name -> name == null ? "" : name.strip())
                .toList();
        Set<String> unique = new LinkedHashSet<>();
        for (String name : header) {
            if (!name.isEmpty() && !unique.add(name)) {
                throw KocException.input(
                        "landing " + file.name() + ": two columns are called '" + name + "'",
                        "columns are found by name; found " + header,
                        "rename one of them");
            }
        }
        return header;
    }

    private static List<String> fields(String text) {
        Set<String> fields = new LinkedHashSet<>();
        text.lines().forEach(line -> fields.addAll(fieldsOfLine(line)));
        return new ArrayList<>(fields);
    }

    private static List<String> fieldsOfLine(String line) {
        List<String> fields = new ArrayList<>();
        try {
            JSON.readTree(line).fieldNames().forEachRemaining(fields::add);
            return fields;
        } catch (JsonProcessingException malformed) {
            // The reader rejects the line later, with its text.
            return List.of();
        }
    }

    private static MessageType schema(LandingFile file, Configuration hadoop) throws IOException {
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file.path()), hadoop))) {
            return reader.getFileMetaData().getSchema();
        } catch (RuntimeException notParquet) {
            throw KocException.input(
                            "landing " + file.name() + ": not a Parquet file",
                            String.valueOf(notParquet.getMessage()),
                            "land the file again, or correct the ending of its name")
                    .causedBy(notParquet);
        }
    }

    private static KocException empty(LandingFile file) {
        return KocException.input(
                "landing " + file.name() + ": the file is empty",
                "expected " + (file.format() == Format.CSV ? "a header line and rows" : "at least one row"),
                "land the file again, or let its name begin with _ to ignore it");
    }
}
