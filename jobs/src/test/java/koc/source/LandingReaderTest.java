package koc.source;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandingReaderTest extends SparkTest {
    private static final SourceSchema SCHEMA = new SourceSchema(
            "users", List.of("user_id", "city", "tags"), Set.of("user_id"), Map.of("city", "home.town"), Map.of());

    @TempDir
    Path folder;

    @Test
    void everyTextFormatGivesTheSameRowsWhateverTheOrderOfItsColumns() {
        new LandingFolder(folder)
                .file("users/a.csv", "user_id,home.town,tags\na,\"Wuhan, \"\"the\"\" city\",x;y\n")
                .file("users/b.csv.gz", "\uFEFFtags,shoe_size,user_id,home.town\r\nz,42,b,Xian\r\n")
                .file("users/c.csv", "user_id\nc\nd,too,many\n")
                .file("users/e.jsonl", "{\"home.town\": \"Lhasa\", \"user_id\": 17, \"hat\": 1}\n{broken\n")
                .file("users/f.json.gz", "{\"user_id\":\"f\",\"tags\":[\"x\",\"y\"]}\n")
                .file("users/_SUCCESS", "");

        LandedRows landed = read();

        assertThat(values(landed))
                .containsExactlyInAnyOrder(
                        "users/a.csv a Wuhan, \"the\" city x;y",
                        "users/b.csv.gz b Xian z",
                        "users/c.csv c",
                        "users/c.csv MALFORMED d,too,many",
                        "users/e.jsonl 17 Lhasa",
                        "users/e.jsonl MALFORMED {broken",
                        "users/f.json.gz f [\"x\",\"y\"]");
        assertThat(landed.unknownColumns()).containsExactly("hat", "shoe_size");
    }

    @Test
    void parquetKeepsItsTypesAndArrivalsTheirDay() {
        SPARK.sql("SELECT 7L AS user_id, array('x') AS tags, 1 AS hat, DATE'2024-03-02' AS arrived")
                .write()
                .partitionBy("arrived")
                .parquet(folder.resolve("users").toString());

        LandedRows landed = read();

        Dataset<Row> part = landed.parts().get(0);
        assertThat(part.schema().apply("tags").dataType().simpleString()).isEqualTo("array<string>");
        assertThat(part.select("user_id", "tags", "arrived").head().mkString(" "))
                .isEqualTo("7 ArraySeq(x) 2024-03-02");
        assertThat(landed.unknownColumns()).containsExactly("hat");
    }

    @Test
    void aLineWithTooFewOrTooManyValuesIsMalformedThoughNobodyAskedForOneOfItsColumns() {
        new LandingFolder(folder).file("users/a.csv", "user_id,hat,home.town\na,red,Xian\nb,red\nc,red,Xian,more\n");

        assertThat(values(read()))
                .containsExactlyInAnyOrder(
                        "users/a.csv a Xian", "users/a.csv MALFORMED b,red", "users/a.csv MALFORMED c,red,Xian,more");
    }

    @Test
    void quotedLineBreaksAreReadWhenAskedFor() {
        new LandingFolder(folder).file("users/a.csv", "user_id,home.town\na,\"two\nlines\"\nb,one\n");

        assertThat(values(read("koc.source.multi-line=true")))
                .containsExactlyInAnyOrder("users/a.csv a two\nlines", "users/a.csv b one");
        assertThat(values(read())).contains("users/a.csv b one").anyMatch(row -> row.contains("MALFORMED"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users/empty.csv      |                     | the file is empty",
                "users/empty.jsonl.gz |                     | the file is empty",
                "users/a.csv          | name,home.town      | missing the required columns [user_id]",
                "users/a.csv          | user_id,user_id     | two columns are called [user_id, user_id]",
                "users/a.parquet      | not parquet at all  | not a Parquet file",
                "users/a.txt          | user_id             | unknown file format",
                "users/arrived=soon/a.csv | user_id         | not a day"
            })
    void aFileThatIsNotWhatItShouldBeIsNamed(String name, String text, String problem) {
        new LandingFolder(folder).file(name, text == null ? "" : text);

        assertThatThrownBy(() -> read())
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .hasMessageContaining(name.replaceFirst("/a.csv$", ""))
                .hasMessageContaining(problem);
    }

    @Test
    void aBinaryFileIsNotText() {
        new LandingFolder(folder).bytes("users/a.csv", new byte[] {'P', 'K', 3, 4, 0, (byte) 0xC3, 0x28, 9});

        assertThatThrownBy(() -> read()).hasMessageContaining("users/a.csv: not a text file");
    }

    @Test
    void bothLayoutsInOneSourceAreRefused() {
        new LandingFolder(folder)
                .file("users/a.csv", "user_id\na\n")
                .file("users/arrived=2024-03-01/b.csv", "user_id\nb\n");

        assertThatThrownBy(() -> read())
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .hasMessageContaining("files both inside and outside of arrived= folders");
    }

    @Test
    void aLandingFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Landing.at(folder.resolve("nowhere").toString(), hadoop()))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("nowhere: no such folder");
    }

    @Test
    void theListedFilesAreReadWhateverTheirNames() {
        new LandingFolder(folder)
                .file("users/订单[12].csv", "user_id\nbrackets\n")
                .file("users/订单1.csv", "user_id\none\n")
                .file("users/订单2.csv", "user_id\ntwo\n")
                .file("users/a+b %20{x}*?.csv.gz", "user_id\nsigns\n")
                .file("users/region=south/users/u.csv", "user_id\nfolder\n")
                .file("users/region=south/day=1/u.jsonl", "{\"user_id\": \"deep\"}\n")
                .file("users/none.csv", "user_id\n");

        assertThat(values(read()))
                .containsExactlyInAnyOrder(
                        "users/订单[12].csv brackets",
                        "users/订单1.csv one",
                        "users/订单2.csv two",
                        "users/a+b %20{x}*?.csv.gz signs",
                        "users/region=south/users/u.csv folder",
                        "users/region=south/day=1/u.jsonl deep");
    }

    @Test
    void listedParquetFilesAreReadWhateverTheirNames() throws IOException {
        SPARK.sql("SELECT 'p' AS user_id, 'x' AS city")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("written").toString());
        for (String name : List.of("a[1].parquet", "a+b %20.parquet", "x=y/users/{b}.parquet")) {
            Path file = folder.resolve("users").resolve(name);
            Files.createDirectories(file.getParent());
            Files.copy(written(), file);
        }

        assertThat(values(read()))
                .containsExactlyInAnyOrder(
                        "users/a[1].parquet p", "users/a+b %20.parquet p", "users/x=y/users/{b}.parquet p");
    }

    private Path written() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("written"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void parquetColumnsThatNobodyAskedForMayHaveAnyTypeAndNamesMayDifferInCase() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("""
                message m {
                  required binary user_id (STRING);
                  required binary USER_ID (STRING);
                  required binary Home.Town (STRING);
                  required fixed_len_byte_array(2) half (FLOAT16);
                  required int32 clock (TIME(MILLIS,true));
                  required group nested { required fixed_len_byte_array(12) span (INTERVAL); }
                }
                """);
        parquet("users/a.parquet", schema, group -> {
            group.append("user_id", "u").append("USER_ID", "other").append("Home.Town", "Xian");
            group.append("half", Binary.fromConstantByteArray(new byte[2])).append("clock", 1);
            group.addGroup("nested").append("span", Binary.fromConstantByteArray(new byte[12]));
        });

        assertThat(values(read())).containsExactly("users/a.parquet u Xian");
    }

    @Test
    void parquetTimesInNanosecondsAreLocalUnlessTheySayOtherwise() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("""
                message m {
                  required binary user_id (STRING);
                  required int64 home.town (TIMESTAMP(NANOS,false));
                  required int64 tags (TIMESTAMP(NANOS,true));
                }
                """);
        long noon = Instant.parse("2024-03-01T12:00:00Z").getEpochSecond() * 1_000_000_000 + 1_999;
        parquet("users/a.parquet", schema, group -> group.append("user_id", "u")
                .append("home.town", noon)
                .append("tags", noon));

        assertThat(read().parts()
                        .get(0)
                        .selectExpr("string(city)", "string(tags)")
                        .head()
                        .mkString(" | "))
                .isEqualTo("2024-03-01 12:00:00.000001 | 2024-03-01 20:00:00.000001");
    }

    @Test
    void aParquetColumnThatCannotBeReadIsNamed() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message m { required binary user_id (STRING); required int32 tags (TIME(MILLIS,true)); }");
        parquet("users/a.parquet", schema, group -> group.append("user_id", "u").append("tags", 1));

        assertInput("users/a.parquet: the column tags cannot be read", "TIME(MILLIS,true)");
    }

    @Test
    void invalidTextInParquetIsMalformed() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary user_id (STRING); }");
        parquet(
                "users/a.parquet",
                schema,
                group -> group.append("user_id", Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xD5})));

        assertThat(values(read())).containsExactly("users/a.parquet MALFORMED {\"user_id\":\"a\uFFFD\"}");
    }

    private void parquet(String name, MessageType schema, Consumer<Group> values) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(schema)
                .build()) {
            Group group = new SimpleGroup(schema);
            values.accept(group);
            writer.write(group);
        }
    }

    @Test
    void namesOfColumnsMayDifferInCaseUnlessTwoDo() {
        new LandingFolder(folder).file("users/a.csv", "USER_ID,Home.Town,备注,备注\na,Xian,x,y\n");
        assertThat(values(read())).containsExactly("users/a.csv a Xian");

        assertThatThrownBy(() -> read("koc.source.format.users.header-case=exact"))
                .hasMessageContaining("missing the required columns [user_id]");

        new LandingFolder(folder).file("users/a.csv", "User_ID,USER_ID\na,b\n");
        assertInput("users/a.csv: two columns are called [User_ID, USER_ID]", "user_id may be any of them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200buser_id",
                "“user_id”",
                "\u3000'user_id'\u00a0",
                "\u202aUSER_ID\u202c",
                "`user_id`",
                "＂user_id＂",
                "„user_id“"
            })
    void blanksMarksAndQuotesAroundTheNameOfAColumnAreRemoved(String name) throws IOException {
        new LandingFolder(folder)
                .file("users/a.csv", name + ",Home.Town\na,Xian\n")
                .file("users/b.json", "{\"" + name + "\": \"b\", \"Home.Town\": \"Wuhan\"}\n");
        MessageType schema = Types.buildMessage()
                .required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(name)
                .named("m");
        parquet("users/c.parquet", schema, group -> group.append(name, "c"));

        assertThat(values(read()))
                .containsExactlyInAnyOrder("users/a.csv a Xian", "users/b.json b Wuhan", "users/c.parquet c");
    }

    @Test
    void twoColumnsWithTheSameNameBehindTheirQuotesAreRefused() {
        new LandingFolder(folder).file("users/a.csv", "“user_id”,user_id\u200b\na,b\n");

        assertInput("users/a.csv: two columns are called [user_id, user_id]");
    }

    @Test
    void aFileMayHaveAnyNumberOfColumns() {
        String names = IntStream.range(0, 3000).mapToObj(i -> ",c" + i).collect(joining());
        new LandingFolder(folder).file("users/a.csv", "user_id" + names + "\na" + ",".repeat(3000) + "\n");

        assertThat(values(read())).containsExactly("users/a.csv a");
    }

    @Test
    void theErrorNamesTheSettingWithWhichTheFileCanBeRead() {
        new LandingFolder(folder).file("users/a.csv", "Members of today\nuser_id;home.town\na;Xian\n");
        assertInput(
                "missing the required columns [user_id]",
                "koc.source.format.users.skip-lines = 1 and koc.source.format.users.delimiter = \";\"");

        new LandingFolder(folder).without("users/a.csv").file("users/a.json", "[\n {\n  \"user_id\": 1\n }\n]\n");
        assertInput(
                "users/a.json: a JSON array over many lines",
                "one object on each line",
                "koc.source.format.users.multi-line = true");
        assertThat(values(read("koc.source.format.users.multi-line=true"))).containsExactly("users/a.json 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u1,Ann Lee,13800138000",
                "ann.lee@shop.test,Ann Lee,x",
                "'u1;Ann Lee;2024-01-01\nu2;Bo;2024-01-02'",
                "'Ann Lee,f,Xian\nBo,f,Xian\nCy,m,Wuhan'"
            })
    void aFileWithoutAHeaderIsRefusedAndItsFirstRowIsNotShown(String text) {
        new LandingFolder(folder).file("users/a.csv", text + "\n");

        for (Set<String> required : List.of(SCHEMA.required(), Set.<String>of())) {
            assertThatThrownBy(() -> read(required))
                    .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.INPUT))
                    .hasMessageContaining("landing users/a.csv: the file seems to have no header line; ")
                    .hasMessageContaining("some of [user_id, home.town, tags]")
                    .hasMessageContaining("bin/koc inspect")
                    .hasMessageNotContainingAny("Ann", "u1", "138", "Xian");
        }
    }

    @Test
    void namesThatNobodyKnowsAreAHeaderAndAreShown() {
        new LandingFolder(folder).file("users/a.csv", "会员编号,城市\n1,西安\n2,西安\n");

        assertInput("missing the required columns [user_id]; found [会员编号, 城市]");
        assertThat(read(Set.of()).unknownColumns()).containsExactly("会员编号", "城市");
    }

    private LandedRows read(Set<String> required) {
        SourceFolder users = users();
        SourceSchema schema = new SourceSchema("users", SCHEMA.columns(), required, SCHEMA.names(), Map.of());
        return LandingReader.read(
                SPARK, users, users.files(), schema, day("2024-03-01"), SourceFormat.of(DEFAULTS, "users"));
    }

    @Test
    void aLinkToAFileThatDoesNotExistIsNamed() throws IOException {
        new LandingFolder(folder).file("users/a.csv", "user_id\n1\n");
        Files.createSymbolicLink(folder.resolve("users/b.csv"), folder.resolve("gone.csv"));
        Files.createSymbolicLink(folder.resolve("users/_c.csv"), folder.resolve("gone.csv"));

        assertInput("users/b.csv: a link to a file that does not exist");

        Files.createFile(folder.resolve("gone.csv"));
        assertInput("users/b.csv: the file is empty");
    }

    @Test
    void aLinkToAFolderThatDoesNotExistIsNamed() throws IOException {
        Files.createSymbolicLink(folder.resolve("ties"), folder.resolve("gone"));
        Landing landing = Landing.at(folder.toString(), hadoop());

        assertThatThrownBy(() -> landing.source("ties"))
                .hasMessageContaining("ties: a link to a file that does not exist");
        assertThat(landing.source("costs")).isEmpty();
    }

    @Test
    void aFileWhoseNameCannotBeReadIsRefused() throws Exception {
        new LandingFolder(folder).file("users/a.csv", "user_id\n1\n");
        // Java cannot write such a name.
        int status = new ProcessBuilder("sh", "-c", "printf 'user_id\\n2\\n' > \"$(printf 'b\\377.csv')\"")
                .directory(folder.resolve("users").toFile())
                .start()
                .waitFor();
        assertThat(status).isZero();

        assertInput("users/b\uFFFD.csv: the name of the file cannot be read", "LC_ALL=C.UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "Big5", "Shift_JIS", "UTF-16LE"})
    void linesOfWideBlanksAreEmptyRows(String encoding) {
        String text = "user_id,home.town\n　,　　\na,Xian\n\"　\", \n　b,　\n中,\n";
        new LandingFolder(folder).bytes("users/a.csv", text.getBytes(Charset.forName(encoding)));
        SourceFormat format = SourceFormat.of(config("koc.source.format.users.encoding=" + encoding), "users");

        assertThat(RecordCounts.count(
                        SPARK, List.of(new FormattedFile(users().files().get(0), format))))
                .containsExactly(new RecordCount(3, 2, 0));
        assertThat(values(read("koc.source.format.users.encoding=" + encoding)))
                .containsExactly("users/a.csv a Xian", "users/a.csv 　b 　", "users/a.csv 中");
    }

    @Test
    void noBreakSpacesAreBlanksToo() {
        byte[] latin = "user_id\n\u00A0\na\n".getBytes(StandardCharsets.ISO_8859_1);
        new LandingFolder(folder).bytes("users/a.csv", latin).file("users/b.csv", "\uFEFFuser_id\n\u00A0\u2003\nb\n");
        SourceFormat format = SourceFormat.of(config("koc.source.format.users.encoding=ISO-8859-1"), "users");

        assertThat(RecordCounts.count(
                        SPARK,
                        users().files().stream()
                                .map(file -> new FormattedFile(file, format))
                                .toList()))
                .containsExactly(new RecordCount(1, 1, 0), new RecordCount(1, 1, 0));
        assertThat(values(read("koc.source.format.users.encoding=ISO-8859-1")))
                .containsExactly("users/a.csv a", "users/b.csv b");
    }

    @Test
    void aTextWithHalfOfASurrogatePairIsMalformed() {
        new LandingFolder(folder).file("users/a.jsonl", """
                {"user_id":"\\ud83d"}
                {"user_id":"\\ude00\\ud83d"}
                {"user_id":"a","tags":["\\ud83d"]}
                {"user_id":"\\ud83d\\ude00b"}
                """);

        assertThat(values(read()))
                .containsExactly(
                        "users/a.jsonl MALFORMED {\"user_id\":\"\\ud83d\"}",
                        "users/a.jsonl MALFORMED {\"user_id\":\"\\ude00\\ud83d\"}",
                        "users/a.jsonl MALFORMED {\"user_id\":\"a\",\"tags\":[\"\\ud83d\"]}",
                        "users/a.jsonl 😀b");
    }

    @Test
    void aLandingFolderMayHaveAnyName() throws IOException {
        SPARK.sql("SELECT 'p' AS user_id, 'x' AS city")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("written").toString());
        Path root = folder.resolve("my 😀 shop 数据😀");
        Files.createDirectories(root.resolve("users/arrived=2024-02-28"));
        Files.copy(written(), root.resolve("users/arrived=2024-02-28/😀 a.parquet"));
        SourceFolder users =
                Landing.at(root.toString(), hadoop()).source("users").orElseThrow();

        LandedRows landed = LandingReader.read(
                SPARK, users, users.files(), SCHEMA, day("2024-03-01"), SourceFormat.of(DEFAULTS, "users"));

        assertThat(values(landed)).containsExactly("users/arrived=2024-02-28/😀 a.parquet p");
        assertThat(landed.parts().get(0).selectExpr("string(arrived)").head().getString(0))
                .isEqualTo("2024-02-28");
    }

    @Test
    void whatLooksWrongInTheFirstLinesIsSaid() {
        new LandingFolder(folder)
                .bytes("users/a.csv", "user_id\n张\n".getBytes(Charset.forName("GBK")))
                .file("users/b.csv", "user_id,home.town\nb,\"two\nlines\"\n");

        assertThat(read().notes())
                .containsExactly(
                        "users/a.csv: 1 of the first 2 lines are not valid UTF-8 and will be rejected; if all are written"
                                + " so, name the encoding: koc.source.format.users.encoding = GB18030; bin/koc inspect"
                                + " --landing DIR proposes the settings",
                        "users/b.csv: in line 2 a quoted value does not end; if values of this file contain line breaks,"
                                + " set koc.source.format.users.multi-line = true");
    }

    @Test
    void aDamagedFileIsNamed() {
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 'x', 'y'};
        assertThatThrownBy(() -> {
                    Path file = folder.resolve("users/a.csv.gz");
                    Files.createDirectories(file.getParent());
                    Files.write(file, gzip);
                    values(read());
                })
                .isInstanceOf(KocException.class)
                .hasMessageContaining("users/a.csv.gz: cannot be read to its end");
    }

    @Test
    void theCountOfTheFilesIsThatOfTheRows() {
        new LandingFolder(folder)
                .file("users/a.csv", "user_id\n1\n2\nuser_id\n,\n")
                .file("users/b.jsonl.gz", "{\"user_id\":1}{\"user_id\":2}\n")
                .file("users/none.csv", "user_id\n");
        SPARK.range(5)
                .selectExpr("id AS user_id")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("users/p").toString());
        SourceFolder users = users();
        SourceFormat format = SourceFormat.of(DEFAULTS, "users");

        List<RecordCount> counts = RecordCounts.count(
                SPARK,
                users.files().stream()
                        .map(file -> new FormattedFile(file, format))
                        .toList());

        assertThat(counts)
                .containsExactly(
                        new RecordCount(2, 1, 1),
                        new RecordCount(2, 0, 0),
                        new RecordCount(0, 0, 0),
                        new RecordCount(5, 0, 0));
        assertThat(values(read())).hasSize(9);
    }

    @Test
    void aColumnMayBeAFieldOfAParquetStruct() {
        SPARK.range(2)
                .selectExpr(
                        "named_struct('id', id, 'name', 'n') AS user", "named_struct('city', 'Xian') AS geo", "1 AS x")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("users/p").toString());
        SourceSchema nested = new SourceSchema(
                "users",
                List.of("user_id", "city"),
                Set.of("user_id"),
                Map.of("user_id", "user.id", "city", "geo.city"),
                Map.of());

        LandedRows landed = LandingReader.read(
                SPARK, users(), users().files(), nested, day("2024-03-01"), SourceFormat.of(DEFAULTS, "users"));

        assertThat(landed.parts()
                        .get(0)
                        .selectExpr("concat(user_id, city)")
                        .as(Encoders.STRING())
                        .collectAsList())
                .containsExactlyInAnyOrder("0Xian", "1Xian");
        assertThat(landed.unknownColumns()).containsExactly("x");
    }

    @Test
    void theFilesOfASourceMayBeElsewhere() {
        new LandingFolder(folder)
                .file("members/a.csv", "user_id\n1\n")
                .file("customers_1.csv", "user_id\n2\n")
                .file("products.csv", "product_id\n2\n");
        Landing landing = Landing.at(folder.toString(), hadoop());

        assertThat(landing.source("users", "members").orElseThrow().files())
                .extracting(LandingFile::name)
                .containsExactly("members/a.csv");
        assertThat(landing.source("users", "customers_*.csv").orElseThrow().files())
                .extracting(LandingFile::name)
                .containsExactly("customers_1.csv");
    }

    @Test
    void aFolderMayBeNamedLikeAFile() {
        new LandingFolder(folder).file("users.csv/part-0.csv", "user_id\n1\n").file("old.csv", "user_id\n2\n");
        Landing landing = Landing.at(folder.toString(), hadoop());

        assertThat(landing.source("users", "users.csv").orElseThrow().files())
                .extracting(LandingFile::name)
                .containsExactly("users.csv/part-0.csv");
        assertThat(landing.source("users", "old.csv").orElseThrow().files())
                .extracting(LandingFile::name)
                .containsExactly("old.csv");
    }

    private void assertInput(String... parts) {
        assertThatThrownBy(() -> read())
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }

    @Test
    void filtersChangeTheTextsOfTheirColumnsWhileTheyAreRead() {
        new LandingFolder(folder)
                .file("users/a.csv", "user_id,home.town\nA,Wuhan\nNONE,Xian\n")
                .file("users/b.jsonl", "{\"user_id\":\"B\",\"home.town\":\"Wuhan\"}\n");
        TextFilter lowerCase = text -> text.toString().equals("NONE") ? null : text.toLowerCase();
        SourceFolder users = users();

        LandedRows landed = LandingReader.read(
                SPARK,
                users,
                users.files(),
                new SourceSchema(
                        "users", SCHEMA.columns(), SCHEMA.required(), SCHEMA.names(), Map.of("user_id", lowerCase)),
                day("2024-03-01"),
                SourceFormat.of(config(), "users"));

        assertThat(values(landed))
                .containsExactlyInAnyOrder("users/a.csv a Wuhan", "users/a.csv Xian", "users/b.jsonl b Wuhan");
        StructType schema = landed.parts().get(0).schema();
        assertThat(LandingReader.isFiltered(schema.apply("user_id"))).isTrue();
        assertThat(LandingReader.isFiltered(schema.apply("city"))).isFalse();
    }

    private SourceFolder users() {
        return Landing.at(folder.toString(), hadoop()).source("users").orElseThrow();
    }

    private LandedRows read(String... settings) {
        SourceFolder users = users();
        return LandingReader.read(
                SPARK, users, users.files(), SCHEMA, day("2024-03-01"), SourceFormat.of(config(settings), "users"));
    }

    private static org.apache.hadoop.conf.Configuration hadoop() {
        return SPARK.sessionState().newHadoopConf();
    }

    private static List<String> values(LandedRows landed) {
        return landed.parts().stream()
                .flatMap(part -> part.collectAsList().stream())
                .map(LandingReaderTest::value)
                .toList();
    }

    private static String value(Row row) {
        StringBuilder text = new StringBuilder(row.<String>getAs(LandingReader.FILE));
        String malformed = row.getAs(LandingReader.MALFORMED);
        if (malformed != null) {
            return text.append(" MALFORMED ").append(malformed).toString();
        }
        for (String column : SCHEMA.columns()) {
            if (List.of(row.schema().fieldNames()).contains(column) && row.getAs(column) != null) {
                text.append(" ").append(row.<Object>getAs(column));
            }
        }
        return text.toString();
    }
}
