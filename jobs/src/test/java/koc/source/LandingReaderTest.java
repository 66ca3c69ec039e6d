package koc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandingReaderTest extends SparkTest {
    private static final SourceSchema SCHEMA = new SourceSchema(
            "users", List.of("user_id", "city", "tags"), Set.of("user_id"), Map.of("city", "home.town"));

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

        assertThat(values(read("koc.source.multi-line=true"))).containsExactlyInAnyOrder("users/a.csv a two\nlines", "users/a.csv b one");
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

    private LandedRows read(String... settings) {
        SourceFolder users =
                Landing.at(folder.toString(), hadoop()).source("users").orElseThrow();
        return LandingReader.read(SPARK, users, users.files(), SCHEMA, day("2024-03-01"), SourceFormat.of(config(settings), "users"));
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
                text.append(" ").append(row.<String>getAs(column));
            }
        }
        return text.toString();
    }
}
