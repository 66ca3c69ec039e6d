package koc.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTablesTest extends SparkTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-06-29");
    private static final LocalDate SECOND = LocalDate.parse("2024-06-30");
    private static final Table SALES = Table.named("sales")
            .describedAs("One row per day and user.")
            .writtenBy("test")
            .keyedBy("day", "as_of", "user_id")
            .partitionedBy("day", "as_of")
            .columns("""
                    day     DATE NOT NULL COMMENT 'Run date',
                    as_of   DATE NOT NULL COMMENT 'Last day of the sales',
                    user_id STRING NOT NULL COMMENT 'The user',
                    orders  BIGINT NOT NULL COMMENT 'Orders',
                    rank    INT COMMENT 'Rank',
                    rate    DOUBLE COMMENT 'Rate',
                    money   DECIMAL(18,2) COMMENT 'Money',
                    is_new  BOOLEAN COMMENT 'Whether it is new',
                    since   DATE COMMENT 'First day',
                    centre  ARRAY<DOUBLE> COMMENT 'Centre',
                    labels  ARRAY<STRING> COMMENT 'Labels, which no stored row has'""");

    @TempDir
    Path folder;

    @Test
    void aRowHasTheValuesThatSparkWroteAndThoseOfItsFolder() {
        write(SECOND, """
                day        | as_of      | user_id | orders | rank | rate | money | is_new | since      | centre | labels
                2024-06-30 | 2024-06-02 | u1      | 3      | 2    | .125 | 7.50  | true   | 2024-01-31 | .5;-1  | a;b
                2024-06-30 | 2024-06-02 | u2      | 0      |      |      |       |        |            |        |
                """);

        StoredRow row = stored().find(SALES, SECOND, "user_id", "u1").get(0);
        StoredRow empty = stored().find(SALES, SECOND, "user_id", "u2").get(0);

        assertThat(row.get("as_of")).isEqualTo(LocalDate.parse("2024-06-02"));
        assertThat(row.get("since")).isEqualTo(LocalDate.parse("2024-01-31"));
        assertThat(row.text("user_id")).isEqualTo("u1");
        assertThat(row.value("orders")).isEqualTo(3);
        assertThat(row.value("rank")).isEqualTo(2);
        assertThat(row.value("rate")).isEqualTo(.125);
        assertThat(row.get("money")).isEqualTo(new BigDecimal("7.50"));
        assertThat(row.is("is_new")).isTrue();
        assertThat((double[]) Objects.requireNonNull(row.get("centre"))).containsExactly(.5, -1);
        assertThat(row.get("labels")).isNull();
        assertThat(row.source("rate")).isEqualTo("sales.rate");
        assertThat(empty.number("rate")).isNull();
        assertThat(empty.text("money")).isEmpty();
        assertThat(empty.is("is_new")).isFalse();
    }

    @Test
    void onlyTheNewestRowsOfADayAreRead() {
        String text = """
                day        | as_of      | user_id | orders
                2024-06-29 | 2024-06-29 | u1      | %d
                """;
        write(FIRST, text.formatted(1));
        write(FIRST, text.formatted(2));
        write(SECOND, text.replace("2024-06-29", "2024-06-30").formatted(3));

        StoredTables stored = stored();

        assertThat(stored.days(SALES)).containsExactly(FIRST, SECOND);
        assertThat(orders(stored.read(SALES, FIRST))).containsExactly(2.0);
        assertThat(orders(stored.findUpTo(SALES, FIRST, "user_id", "u1"))).containsExactly(2.0);
        assertThat(orders(stored.findUpTo(SALES, SECOND, "user_id", "u1"))).containsExactlyInAnyOrder(2.0, 3.0);
        assertThat(orders(stored.readLatestDay(SALES, SECOND))).containsExactly(3.0);
        assertThat(stored.find(SALES, FIRST, "user_id", "u")).isEmpty();
    }

    @Test
    void aTableThatWasNeverWrittenHasNoDays() {
        assertThat(stored().days(SALES)).isEmpty();
        assertThat(stored().read(SALES, FIRST)).isEmpty();
        assertThat(stored().readLatestDay(SALES, FIRST)).isEmpty();
    }

    @Test
    void aFileThatIsCutShortIsNamed() throws IOException {
        write(FIRST, """
                day        | as_of      | user_id | orders
                2024-06-29 | 2024-06-29 | u1      | 1
                """);
        Path file;
        try (Stream<Path> files = Files.walk(folder.resolve("sales/day=2024-06-29"))) {
            file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.write(file, List.of("no Parquet"));

        assertThatThrownBy(() -> stored().read(SALES, FIRST))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .hasMessageContaining("table sales, 2024-06-29: the file")
                .hasMessageContaining("missing or damaged");
    }

    @Test
    void aColumnThatIsNotDeclaredIsABug() {
        StoredRow row = new StoredRow(SALES, Map.of("orders", 1L));

        assertThatThrownBy(() -> row.get("order")).hasMessageContaining("table sales has no column order");
        assertThatThrownBy(() -> row.value("rank")).hasMessageContaining("rank has no number");
    }

    private void write(LocalDate day, String text) {
        openWarehouse(folder).write(SALES, day, rows(SALES, text));
    }

    private StoredTables stored() {
        return new StoredTables(new Configuration(), folder.toString());
    }

    private static List<Double> orders(List<StoredRow> rows) {
        return rows.stream().map(row -> row.value("orders")).toList();
    }
}
