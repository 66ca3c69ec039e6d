package koc.table;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.spark.Parallel;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest extends SparkTest {
    private static final Table SCORES = Table.named("scores")
            .describedAs("One row per day and user.")
            .writtenBy("score")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .shares("score")
            .columns("""
                    day     DATE NOT NULL COMMENT 'Run date',
                    user_id STRING NOT NULL COMMENT 'User',
                    score   DOUBLE COMMENT '0..1'""");

    @TempDir
    Path folder;

    private Tables tables;

    @BeforeEach
    void newWarehouse() {
        tables = tables(folder);
    }

    @Test
    void aWriteReplacesExactlyItsDay() {
        tables.write(SCORES, day("2024-01-01"), rows(SCORES, """
                day        | user_id | score
                2024-01-01 | a       | 0.1
                2024-01-01 | b       | 0.2
                """));
        tables.write(SCORES, day("2024-01-02"), rows(SCORES, """
                day        | user_id | score
                2024-01-02 | a       | 0.3
                """));

        tables.write(SCORES, day("2024-01-01"), rows(SCORES, """
                day        | user_id | score
                2024-01-01 | c       |
                """));

        assertThat(users(tables.read(SCORES, day("2024-01-01")))).containsExactly("c");
        assertThat(users(tables.read(SCORES, day("2024-01-02")))).containsExactly("a");
        assertThat(tables.previousDay(SCORES, day("2024-01-02"))).contains(day("2024-01-01"));
    }

    @Test
    void aWarehouseOfAnEarlierVersionGetsTheColumnsThatCameSince() {
        tables.write(scores("user_id STRING NOT NULL"), day("2024-01-01"), users("2024-01-01", "a"));

        Table now = scores("user_id STRING NOT NULL, level STRING");
        tables(folder).write(now, day("2024-01-02"), users("2024-01-02", "b").withColumn("level", lit("gold")));

        assertThat(tables(folder)
                        .readUpTo(now, day("2024-01-02"))
                        .orderBy("day")
                        .collectAsList())
                .extracting(row -> row.get(1), row -> row.get(2))
                .containsExactly(tuple("a", null), tuple("b", "gold"));
    }

    @Test
    void aLongHistoryOfAnEarlierVersionCanBeReadBeforeItGetsTheNewColumns() {
        List<LocalDate> days = day("2024-01-01").datesUntil(day("2024-02-15")).toList();
        tables.write(
                scores("user_id STRING NOT NULL"),
                days,
                SPARK.sql("SELECT explode(sequence(DATE'2024-01-01', DATE'2024-02-14')) AS day, 'a' AS user_id"));

        Dataset<Row> read = tables(folder).readUpTo(scores("user_id STRING NOT NULL, level STRING"), day("2024-02-14"));

        assertThat(read.where("level IS NULL").count()).isEqualTo(days.size());
    }

    @Test
    void aWarehouseWhoseColumnsCannotTakeTheRowsSaysSoAndWhatToDo() {
        Table before = scores("user_id STRING NOT NULL, level STRING NOT NULL");
        tables.write(before, day("2024-01-01"), users("2024-01-01", "a").withColumn("level", lit("gold")));
        Dataset<Row> rows = users("2024-01-02", "b");

        Map<Table, Dataset<Row>> others = Map.of(
                scores("user_id STRING NOT NULL, level INT"), rows.withColumn("level", lit(1)),
                scores("user_id STRING NOT NULL"), rows,
                scores("user_id STRING NOT NULL, level STRING NOT NULL, place INT NOT NULL"),
                        rows.withColumn("level", lit("gold")).withColumn("place", lit(1)));
        others.forEach((other, with) -> assertThatThrownBy(() -> tables(folder).write(other, day("2024-01-02"), with))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .hasMessageContaining("the warehouse has other columns than this version writes")
                .hasMessageContaining("make a new warehouse from the landing folder"));
        assertThat(tables(folder).readUpTo(before, day("2024-01-02")).count()).isOne();
    }

    @Test
    void aFailureOfSparkWithoutANameIsThrownAsItIs() {
        SparkException failure = new SparkException("disk full", new IOException("no space left"));

        assertThatThrownBy(() -> Contract.explainingFailure(SCORES, "TRUE", () -> {
                    throw new IllegalStateException(failure);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(failure);
    }

    private static Table scores(String columns) {
        return Table.named("scores")
                .describedAs("One row per day and user.")
                .writtenBy("score")
                .keyedBy("day", "user_id")
                .partitionedBy("day")
                .columns("day DATE NOT NULL, " + columns);
    }

    private static Dataset<Row> users(String day, String user) {
        return SPARK.sql("SELECT DATE'" + day + "' AS day, '" + user + "' AS user_id");
    }

    @Test
    void columnsThatAreMissingOrUndeclaredAreNamed() {
        Dataset<Row> wrong =
                rows(SCORES, "day | user_id\n2024-01-01 | a").drop("score").withColumnRenamed("user_id", "member");

        assertThatThrownBy(() -> tables.write(SCORES, day("2024-01-01"), wrong))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONTRACT))
                .hasMessageContaining("missing columns [score, user_id], undeclared columns [member]");
    }

    @Test
    void aNullWhereAValueIsPromisedWritesNothing() {
        assertThatThrownBy(() -> tables.write(SCORES, day("2024-01-01"), rows(SCORES, """
                        day        | user_id | score
                        2024-01-01 | a       | 0.1
                        2024-01-01 |         | 0.1
                        """)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("user_id is null where a value is promised");
        assertThat(tables.readUpTo(SCORES, day("2024-01-01")).count()).isZero();
    }

    @Test
    void aValueOutOfRangeWritesNothingAndShowsTheRow() {
        assertThatThrownBy(() -> tables.write(SCORES, day("2024-01-01"), rows(SCORES, """
                        day        | user_id | score
                        2024-01-01 | a       | 1.5
                        """)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("expected score BETWEEN 0 AND 1")
                .hasMessageContaining("\"score\":1.5");
        assertThat(tables.readUpTo(SCORES, day("2024-01-01")).count()).isZero();
    }

    @Test
    void aDuplicateKeyRestoresTheTable() {
        tables.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));

        assertThatThrownBy(() -> tables.write(SCORES, day("2024-01-01"), rows(SCORES, """
                        day        | user_id | score
                        2024-01-01 | b       | 0.1
                        2024-01-01 | b       | 0.2
                        """)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("more than one row with the key {\"day\":\"2024-01-01\",\"user_id\":\"b\"}");

        assertThat(users(tables.read(SCORES, day("2024-01-01")))).containsExactly("a");
    }

    @Test
    void aDuplicateKeyAmongTheFirstRowsLeavesNoTable() {
        Dataset<Row> twice = rows(SCORES, """
                day        | user_id | score
                2024-01-01 | b       | 0.1
                2024-01-01 | b       | 0.2
                """);

        assertThatThrownBy(() -> tables.write(SCORES, day("2024-01-01"), twice))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("more than one row with the key {\"day\":\"2024-01-01\",\"user_id\":\"b\"}");

        assertThat(tables.exists(SCORES)).isFalse();
    }

    @Test
    void aTableIsDeclaredToDeltaWithItsFirstRows() {
        tables.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));

        DeltaTable delta = DeltaTable.forPath(SPARK, tables.path(SCORES));
        Row detail = delta.detail().head();
        assertThat(delta.toDF().schema()).isEqualTo(SCORES.schema());
        assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1);
        assertThat(detail.<Integer>getAs("minWriterVersion")).isEqualTo(2);
        assertThat(detail.<String>getList(detail.fieldIndex("partitionColumns")))
                .containsExactly("day");
        assertThat(delta.history().count()).isEqualTo(1);
    }

    @Test
    void whatAStoppedRunLeftInTheFolderOfATableIsNoPartOfIt() throws IOException {
        Path leftBehind = Files.createDirectories(folder.resolve("scores/day=2024-01-01"));
        Files.writeString(leftBehind.resolve("part-of-a-stopped-run.parquet"), "cut off");

        tables.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));

        assertThat(users(tables.read(SCORES, day("2024-01-01")))).containsExactly("a");
    }

    @Test
    void rowsOfAnotherDayAreRefused() {
        assertThatThrownBy(() -> tables.write(
                        SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-02 | a | 0.1")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("day = DATE'2024-01-01': a row lies outside it");
    }

    @Test
    void aDayThatWasNeverWrittenNamesTheJobToRun() {
        assertThatThrownBy(() -> tables.read(SCORES, day("2024-01-01")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc score --date 2024-01-01");
    }

    @Test
    void theLatestArrivalOfAKeyWins() {
        Table users = CleanTables.USERS;
        tables.write(users, List.of(day("2024-01-01"), day("2024-01-02")), rows(users, """
                arrived    | user_id | role     | marketing_opt_out | city
                2024-01-01 | a       | consumer | false             | Wuhan
                2024-01-01 | b       | consumer | false             | Xian
                2024-01-02 | a       | guide    | false             |
                """));

        assertThat(tables.readLatest(users, day("2024-01-02"))
                        .orderBy("user_id")
                        .select("user_id", "role", "city")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[a,guide,null], [b,consumer,Xian]]");
        assertThat(tables.readLatest(users, day("2024-01-01"))
                        .where("user_id = 'a'")
                        .select("role")
                        .head()
                        .getString(0))
                .isEqualTo("consumer");
    }

    @Test
    void rowsThatSomebodyDeletedWithADeletionVectorAreNotRead() {
        tables.write(SCORES, day("2024-01-01"), rows(SCORES, """
                day        | user_id | score
                2024-01-01 | a       | 0.1
                2024-01-01 | b       | 0.2
                """));
        String table = "delta.`" + tables.path(SCORES) + "`";
        SPARK.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('delta.enableDeletionVectors' = true)");
        SPARK.sql("DELETE FROM " + table + " WHERE user_id = 'a'");

        assertThat(users(tables.read(SCORES, day("2024-01-01")))).containsExactly("b");
        assertThat(tables.rowsRead()).isEqualTo(1);
    }

    @Test
    void aWarehouseWhoseNameLooksLikeAPatternIsRead() {
        Tables odd = tables(folder.resolve("ware[h]ouse {a,b}"));
        odd.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));

        assertThat(users(odd.read(SCORES, day("2024-01-01")))).containsExactly("a");
    }

    @Test
    void ofThingsDoneAtOnceAllEndAndAFailureIsTold() {
        Table users = CleanTables.USERS;

        assertThatThrownBy(() -> Parallel.run(
                        () -> {
                            throw new IllegalStateException("says less to a user");
                        },
                        () -> tables.write(SCORES, day("2024-01-01"), rows(SCORES, "user_id\na")),
                        () -> tables.write(users, day("2024-01-01"), rows(users, """
                                arrived    | user_id | role     | marketing_opt_out
                                2024-01-01 | b       | consumer | false
                                """))))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("day is null where a value is promised")
                .hasSuppressedException(new IllegalStateException("says less to a user"));

        assertThat(users(tables.read(users, day("2024-01-01")))).containsExactly("b");
    }

    private static List<String> users(Dataset<Row> rows) {
        return rows.select("user_id").orderBy("user_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
