package koc.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import koc.config.Configuration;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of single files, and their count. */
class TextRecordsTest {
    private static final org.apache.hadoop.conf.Configuration HADOOP = new org.apache.hadoop.conf.Configuration();
    private static final String MULTI_LINE = "koc.source.format.users.multi-line=true";

    @TempDir
    Path folder;

    @Test
    void quotedValuesKeepDelimitersAndQuotes() {
        assertThat(csv("id,city\n1,\"Wuhan, \"\"the\"\" city\"\n2,\"\" \n3,5\" disk\n4,\"a\" b\n"))
                .containsExactly("1|Wuhan, \"the\" city", "2|", "3|5\" disk", "4|\"a\" b");
    }

    @Test
    void aLineWithTooFewOrTooManyValuesOrAnOpenQuoteIsMalformed() {
        assertThat(csv("id,city\n1\n2,Xian,more\n3,\"Xian\n4,Lhasa\n"))
                .containsExactly("MALFORMED 1", "MALFORMED 2,Xian,more", "MALFORMED 3,\"Xian", "4|Lhasa");
    }

    @Test
    void emptyRowsAndRepeatedHeadersAreNoRows() throws IOException {
        byte[] text = bytes("id,city\n1,Xian\n,\n\"\", \n\nid,city\n2,Lhasa\n,\n");

        assertThat(read("users/a.csv", text)).containsExactly("1|Xian", "2|Lhasa");
        assertThat(count("users/a.csv", text)).isEqualTo(new RecordCount(2, 3, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineBreakEndsALine(String lineBreak) {
        assertThat(csv("id,city\n1,Xian\n2,Lhasa".replace("\n", lineBreak))).containsExactly("1|Xian", "2|Lhasa");
    }

    @Test
    void aValueOfSeveralLinesIsOneRecord() throws IOException {
        byte[] text = bytes("id,city\r\n1,\"two\r\n\r\nlines, \"\"quoted\"\"\"\r\n2,one\r\n");

        assertThat(read("users/a.csv", text, MULTI_LINE)).containsExactly("1|two\n\nlines, \"quoted\"", "2|one");
        assertThat(count("users/a.csv", text, MULTI_LINE).records()).isEqualTo(3);
    }

    @Test
    void aStrayQuoteCostsItsLineOnly() throws IOException {
        StringBuilder text = new StringBuilder("id,city\n1,\"stray\n");
        IntStream.range(2, 40).forEach(i -> text.append(i).append(",Xian\n"));
        text.append("40,\"Wuhan, the city\"\n41,\"two\nlines\"\n");

        List<String> records = read("users/a.csv", bytes(text.toString()), MULTI_LINE);

        assertThat(records)
                .hasSize(41)
                .startsWith("MALFORMED 1,\"stray", "2|Xian")
                .endsWith("40|Wuhan, the city", "41|two\nlines");
    }

    @Test
    void aFileThatEndsWithinAQuoteLosesOneLine() throws IOException {
        assertThat(read("users/a.csv", bytes("id,city\n1,\"a\n2,b\n3,c\n"), MULTI_LINE))
                .containsExactly("MALFORMED 1,\"a", "2|b", "3|c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB18030", "GBK", "Big5", "UTF-16", "UTF-16LE", "UTF-32BE", "Shift_JIS"})
    void everyEncodingIsReadAsItIsNamed(String encoding) throws IOException {
        byte[] text = "id,city\n1,武漢\n2,\"上,海\"\n".getBytes(Charset.forName(encoding));

        assertThat(read("users/a.csv", text, "koc.source.format.users.encoding=" + encoding))
                .containsExactly("1|武漢", "2|上,海");
        assertThat(count("users/a.csv", text, "koc.source.format.users.encoding=" + encoding)
                        .records())
                .isEqualTo(2);
    }

    @Test
    void aByteOrderMarkNamesTheEncoding() throws IOException {
        for (String encoding : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE")) {
            assertThat(read("users/a.csv", "\uFEFFid,city\n1,武汉\n".getBytes(Charset.forName(encoding))))
                    .as(encoding)
                    .containsExactly("1|武汉");
        }
    }

    @Test
    void invalidBytesAndNulCostTheirRowWhereverItStands() throws IOException {
        byte[] start = bytes("id,city\n1,Xian\n");
        byte[] gbk = "2,张\n".getBytes(Charset.forName("GBK"));
        byte[] rest = bytes("3,a\0b\n4,\uFFFD\n5,Lhasa\n");

        assertThat(read("users/a.csv", concat(start, gbk, rest)))
                .containsExactly("1|Xian", "MALFORMED 2,\uFFFD\uFFFD", "MALFORMED 3,a\uFFFDb", "4|\uFFFD", "5|Lhasa");
    }

    @Test
    void delimitersAndSkippedLinesAreThoseOfTheSettings() throws IOException {
        byte[] text = bytes("Export of \"today\nid;city\n1;Xian, north\n;\n");
        String[] settings = {"koc.source.format.users.delimiter=\";\"", "koc.source.format.users.skip-lines=1"};

        assertThat(read("users/a.csv", text, settings)).containsExactly("1|Xian, north");
        assertThat(count("users/a.csv", text, settings)).isEqualTo(new RecordCount(1, 1, 0));
        assertThat(read("users/a.csv", bytes("id\tcity\n1\tXian\n"), "koc.source.format.default.delimiter=tab"))
                .containsExactly("1|Xian");
    }

    @Test
    void aJsonLineIsSplitIntoItsObjectsOrMalformedAsAWhole() throws IOException {
        byte[] text = bytes("""
                {"id":1}{"id":2} {"id":3, "city":"}{"}
                {"id":4} text
                [{"id":5},{"id":6,"city":{"name":"Xian"}}]
                {"id":7},
                {"id":8}{"id":
                "id"
                []
                {"city":["x","y"],"ID":1.50}
                {"id":"a\\u0000"}
                """);

        assertThat(read("users/a.json", text))
                .containsExactly(
                        "1|",
                        "2|",
                        "3|}{",
                        "MALFORMED {\"id\":4} text",
                        "5|",
                        "6|{\"name\":\"Xian\"}",
                        "7|",
                        "MALFORMED {\"id\":8}{\"id\":",
                        "MALFORMED \"id\"",
                        "1.50|[\"x\",\"y\"]",
                        "MALFORMED {\"id\":\"a\\u0000\"}");
        assertThat(count("users/a.json", text).records()).isEqualTo(12);
    }

    @Test
    void aJsonNumberThatIsInfiniteOrNotANumberIsNoValue() throws IOException {
        byte[] text = bytes("""
                {"id":NaN,"city":"NaN"}
                {"id":-Infinity,"city":"Xian"}
                {"id":1e3,"city":Infinity}
                {"id":nan}
                """);

        assertThat(read("users/a.json", text)).containsExactly("|NaN", "|Xian", "1e3|", "MALFORMED {\"id\":nan}");
    }

    @Test
    void aJsonObjectWithTwoValuesOfOneNameIsMalformed() throws IOException {
        byte[] text = bytes("""
                {"id":1,"id":2}
                {"ID":1,"Id":2}
                {"id":1," id\u200b":2}
                {"id":1,"ID":2}
                {"ID":1,"id":2}
                {"id":1,"id":1}
                {"id":null,"id":1}
                {"id":1,"id":null}
                {"id":null,"ID":1}
                {"ID":1,"id":null}
                """);

        assertThat(read("users/a.json", text))
                .containsExactly(
                        "MALFORMED {\"id\":1,\"id\":2}",
                        "MALFORMED {\"ID\":1,\"Id\":2}",
                        "MALFORMED {\"id\":1,\" id\u200b\":2}",
                        "1|",
                        "2|",
                        "1|",
                        "1|",
                        "1|",
                        "1|",
                        "1|");
    }

    @Test
    void aJsonDocumentOfManyLinesIsReadWhenAskedFor() throws IOException {
        byte[] text = bytes("""
                [
                  {
                    "id": 1,
                    "city": "Xian"
                  }, {"id": 2},
                  oops
                  {
                    "id": 3, "city": "broken" "twice"
                  },
                  {"id": 4
                """);

        assertThat(read("users/a.json", text, MULTI_LINE))
                .containsExactly(
                        "1|Xian",
                        "2|",
                        "MALFORMED   oops",
                        "MALFORMED {\n    \"id\": 3, \"city\": \"broken\" \"twice\"\n  }",
                        "MALFORMED {\"id\": 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv multi-line", "json", "json multi-line"})
    void theCountOfTheBytesIsThatOfTheReaderWhateverTheyAre(String kind) throws IOException {
        String name = "users/a." + kind.replaceFirst(" .*", "");
        String[] settings = kind.contains("multi") ? new String[] {MULTI_LINE} : new String[0];
        String[] pieces = {
            "a",
            ",",
            "\"",
            "\n",
            "\r",
            "\r\n",
            "{",
            "}",
            "[",
            "]",
            " ",
            "\\",
            "é",
            "\0",
            "{\"id\":1}",
            "1,2\n",
            "\"\"",
            "id,city\n"
        };
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder("id,city\n");
            random.ints(random.nextInt(60), 0, pieces.length).forEach(piece -> text.append(pieces[piece]));
            byte[] bytes = text.toString().getBytes(Charset.forName(i % 2 == 0 ? "UTF-8" : "ISO-8859-1"));

            assertThat(records(name, bytes, 1, settings).stream()
                            .mapToInt(TextRecord::covered)
                            .sum())
                    .as(text.toString())
                    .isEqualTo((int) count(name, bytes, settings).records());
        }
    }

    @Test
    void partsOfAFileGiveEachOfItsLinesOnce() throws IOException {
        for (String lineBreak : List.of("\n", "\r\n", "\r")) {
            byte[] text = bytes("id,city\n1,Xian\n\n22,Lhasa\n3,Wuhan\n".replace("\n", lineBreak));
            for (int parts = 1; parts <= text.length; parts++) {
                assertThat(records("users/a.csv", text, parts).stream().map(TextRecordsTest::text))
                        .containsExactly("1|Xian", "22|Lhasa", "3|Wuhan");
            }
        }
    }

    @Test
    void aColumnMayBeAFieldOfAJsonObject() {
        SourceFormat format = format();
        JsonValues json = new JsonValues(TextLayout.json(List.of("user.id", "geo.place.city", "geo"), format));
        byte[] object =
                bytes("{\"id\": 1, \"user\": {\"ID\": 7, \"x\": {}}, \"Geo\": {\"place\": {\"city\": \"Xian\"}}}");

        UTF8String[] values = json.read(object, 0, object.length);

        // The object is read as a whole if a column has its name.
        assertThat(values).extracting(String::valueOf).containsExactly("7", "null", "{\"place\":{\"city\":\"Xian\"}}");
    }

    private List<String> csv(String text) {
        try {
            return read("users/a.csv", bytes(text));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private List<String> read(String name, byte[] text, String... settings) throws IOException {
        return records(name, text, 1, settings).stream()
                .map(TextRecordsTest::text)
                .toList();
    }

    private List<TextRecord> records(String name, byte[] text, int parts, String... settings) throws IOException {
        LandingFile file = write(name, text);
        SourceFormat format = format(settings);
        TextStart start = TextStart.read(file, "users", format, HADOOP);
        List<String> columns = List.of("id", "city");
        TextLayout layout = file.format() == Format.CSV
                ? TextLayout.csv(columns, new int[] {0, 1}, start.header(), format)
                : TextLayout.json(columns, format);
        ProbedText probed = new ProbedText(file, start.encoding(), layout);
        List<TextRecord> records = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            long end = i == parts - 1 ? Long.MAX_VALUE : (long) text.length * (i + 1) / parts;
            FilePart part = probed.part((long) text.length * i / parts, end);
            try (LineReader lines = part.open(HADOOP)) {
                Records all = part.records(lines);
                for (TextRecord one = all.next(); one != null; one = all.next()) {
                    records.add(one);
                }
            }
        }
        return records;
    }

    private RecordCount count(String name, byte[] text, String... settings) throws IOException {
        return RecordCounts.count(write(name, text), format(settings), HADOOP);
    }

    private LandingFile write(String name, byte[] text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, text);
        Format format = Format.fromName(name).orElseThrow();
        return new LandingFile(path.toString(), name, format, null, text.length, Instant.EPOCH);
    }

    private static SourceFormat format(String... settings) {
        return SourceFormat.of(Configuration.load(null, List.of(settings)), "users");
    }

    private static String text(TextRecord read) {
        UTF8String[] values = read.values();
        return read.malformed() == null
                ? (values[0] == null ? "" : values[0]) + "|" + (values[1] == null ? "" : values[1])
                : "MALFORMED " + read.malformed();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
