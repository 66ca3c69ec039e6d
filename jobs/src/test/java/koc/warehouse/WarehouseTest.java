package koc.warehouse;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.spark.Parallel;
import koc.tables.CleanTables;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTest extends SparkTest {
    private static final Table SCORES = Table.named("scores")
            .describedAs("One row per day and user.")
            .writtenBy("score")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .fractions("score")
            .columns("""
                    day     DATE NOT NULL COMMENT 'Run date',
                    user_id STRING NOT NULL COMMENT 'User',
                    score   DOUBLE COMMENT '0..1'""");

    @TempDir
    Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void newWarehouse() {
        warehouse = openWarehouse(folder);
    }

    @Test
    void aWriteReplacesExactlyItsDay() {
        warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, """
                day        | user_id | score
                2024-01-01 | a       | 0.1
                2024-01-01 | b       | 0.2
                """));
        warehouse.write(SCORES, day("2024-01-02"), rows(SCORES, """
                day        | user_id | score
                2024-01-02 | a       | 0.3
                """));

        warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, """
                day        | user_id | score
                2024-01-01 | c       |
                """));

        assertThat(users(warehouse.read(SCORES, day("2024-01-01")))).containsExactly("c");
        assertThat(users(warehouse.read(SCORES, day("2024-01-02")))).containsExactly("a");
        assertThat(warehouse.previousDay(SCORES, day("2024-01-02"))).contains(day("2024-01-01"));
    }

    @Test
    void aTableWithOtherColumnsIsRefusedWithARemedy() {
        Table before = scores("user_id STRING NOT NULL, level STRING NOT NULL");
        warehouse.write(before, day("2024-01-01"), users("2024-01-01", "a").withColumn("level", lit("gold")));
        Dataset<Row> rows = users("2024-01-02", "b");

        Map<Table, Dataset<Row>> others = Map.of(
                scores("user_id STRING NOT NULL, level INT"), rows.withColumn("level", lit(1)),
                scores("user_id STRING NOT NULL"), rows,
                scores("user_id STRING NOT NULL, level STRING NOT NULL, city STRING"),
                        rows.withColumn("level", lit("gold")).withColumn("city", lit("Xian")),
                scores("user_id STRING NOT NULL, level STRING NOT NULL, place INT NOT NULL"),
                        rows.withColumn("level", lit("gold")).withColumn("place", lit(1)));
        others.forEach((other, with) -> assertThatThrownBy(
                        () -> openWarehouse(folder).write(other, day("2024-01-02"), with))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .hasMessageContaining("the warehouse has other columns than this version writes")
                .hasMessageContaining("rebuild it: name an empty folder with --warehouse and run every date again"));
        assertThat(openWarehouse(folder).readUpTo(before, day("2024-01-02")).count())
                .isOne();
    }

    @Test
    void aFailureOfSparkWithoutANameIsThrownAsItIs() {
        SparkException failure = new SparkException("disk full", new IOException("no space left"));

        assertThatThrownBy(() -> Contract.explainFailure(SCORES, "TRUE", () -> {
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

        assertThatThrownBy(() -> warehouse.write(SCORES, day("2024-01-01"), wrong))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONTRACT))
                .hasMessageContaining("missing columns [score, user_id], undeclared columns [member]");
    }

    @Test
    void aNullInANotNullColumnWritesNothing() {
        assertThatThrownBy(() -> warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, """
                        day        | user_id | score
                        2024-01-01 | a       | 0.1
                        2024-01-01 |         | 0.1
                        """)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("user_id is null although it is declared NOT NULL");
        assertThat(warehouse.readUpTo(SCORES, day("2024-01-01")).count()).isZero();
    }

    @Test
    void aValueOutOfRangeWritesNothingAndShowsTheRow() {
        assertThatThrownBy(() -> warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, """
                        day        | user_id | score
                        2024-01-01 | a       | 1.5
                        """)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("expected score BETWEEN 0 AND 1; found {\"score\":1.5}");
        assertThat(warehouse.readUpTo(SCORES, day("2024-01-01")).count()).isZero();
    }

    @Test
    void aDuplicateKeyRestoresTheTable() {
        warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));

        assertThatThrownBy(() -> warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, """
                        day        | user_id | score
                        2024-01-01 | b       | 0.1
                        2024-01-01 | b       | 0.2
                        """)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("more than one row with the key {\"day\":\"2024-01-01\",\"user_id\":\"b\"}");

        assertThat(users(warehouse.read(SCORES, day("2024-01-01")))).containsExactly("a");
    }

    @Test
    void aDuplicateKeyAmongTheFirstRowsLeavesAnEmptyTableThatCanBeWritten() {
        Dataset<Row> twice = rows(SCORES, """
                day        | user_id | score
                2024-01-01 | b       | 0.1
                2024-01-01 | b       | 0.2
                """);

        assertThatThrownBy(() -> warehouse.write(SCORES, day("2024-01-01"), twice))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("more than one row with the key {\"day\":\"2024-01-01\",\"user_id\":\"b\"}");

        assertThat(warehouse.readUpTo(SCORES, day("2024-01-01")).count()).isZero();
        assertThatThrownBy(() -> warehouse.read(SCORES, day("2024-01-01"))).hasMessageContaining("no such day");
        warehouse.write(SCORES, day("2024-01-01"), twice.limit(1));
        assertThat(users(warehouse.read(SCORES, day("2024-01-01")))).containsExactly("b");
    }

    @Test
    void aDuplicateKeyAmongRowsOfTheDriverWritesNothing() {
        List<Row> twice =
                rows(SCORES, "day | user_id\n2024-01-01 | b\n2024-01-01 | b").collectAsList();

        assertThatThrownBy(() -> warehouse.write(SCORES, day("2024-01-01"), twice))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("more than one row with the key [2024-01-01, b]")
                .hasMessageContaining("nothing was written");

        assertThat(warehouse.exists(SCORES)).isFalse();
    }

    @Test
    void aTableIsDeclaredToDeltaWithItsFirstRows() {
        warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));

        DeltaTable delta = DeltaTable.forPath(SPARK, warehouse.path(SCORES));
        Row detail = delta.detail().head();
        assertThat(delta.toDF().schema()).isEqualTo(SCORES.schema());
        assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1);
        assertThat(detail.<Integer>getAs("minWriterVersion")).isEqualTo(2);
        assertThat(detail.<String>getList(detail.fieldIndex("partitionColumns")))
                .containsExactly("day");
        assertThat(detail.<String>getAs("description")).isEqualTo(SCORES.description());
    }

    @Test
    void filesOfAStoppedRunAreNotPartOfTheTable() throws IOException {
        warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));
        Files.writeString(folder.resolve("scores/day=2024-01-01/part-of-a-stopped-run.parquet"), "cut off");

        assertThat(users(openWarehouse(folder).read(SCORES, day("2024-01-01")))).containsExactly("a");
        warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | b | 0.1"));
        assertThat(users(warehouse.read(SCORES, day("2024-01-01")))).containsExactly("b");
    }

    @Test
    void aFolderWithOtherFilesIsRefusedForANewTable() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("scores")).resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> warehouse.write(
                        SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1")))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("scores contains files but no Delta table");
    }

    @Test
    void aJobReadsAndWritesWhatItDeclaresOnly() {
        Dataset<Row> scores = rows(SCORES, "day | user_id | score\n2024-01-02 | a | 0.1");
        warehouse.write(SCORES, day("2024-01-02"), scores);
        Warehouse reader =
                warehouse.limitedTo(new TableAccess("report", day("2024-01-02"), Set.of(SCORES), Set.of(), Set.of()));
        Warehouse stranger =
                warehouse.limitedTo(new TableAccess("other", day("2024-01-02"), Set.of(), Set.of(), Set.of()));

        assertThat(users(reader.withNewRowCounts().read(SCORES, day("2024-01-02"))))
                .containsExactly("a");
        assertThatThrownBy(() -> reader.withNewRowCounts().write(SCORES, day("2024-01-02"), scores))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("job 'report' writes table scores, which it does not declare in writes()");
        assertThatThrownBy(() -> stranger.read(SCORES, day("2024-01-02")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("job 'other' reads table scores, which it does not declare in reads()");
        assertThatThrownBy(() -> stranger.readLatest(SCORES, day("2024-01-02")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stranger.readPrevious(SCORES, day("2024-01-03")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stranger.writeTimes(SCORES, day("2024-01-02")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void rowsOfAnotherDayAreRefused() {
        assertThatThrownBy(() -> warehouse.write(
                        SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-02 | a | 0.1")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("day = DATE'2024-01-01': a row lies outside it");
    }

    @Test
    void aDayThatWasNeverWrittenNamesTheJobToRun() {
        assertThatThrownBy(() -> warehouse.read(SCORES, day("2024-01-01")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc score --date 2024-01-01");
    }

    @Test
    void theLatestArrivalOfAKeyWins() {
        Table users = CleanTables.USERS;
        warehouse.write(users, List.of(day("2024-01-01"), day("2024-01-02")), rows(users, """
                arrived    | user_id | role     | marketing_opt_out | city
                2024-01-01 | a       | consumer | false             | Wuhan
                2024-01-01 | b       | consumer | false             | Xian
                2024-01-02 | a       | guide    | false             |
                """));

        assertThat(warehouse
                        .readLatest(users, day("2024-01-02"))
                        .orderBy("user_id")
                        .select("user_id", "role", "city")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[a,guide,null], [b,consumer,Xian]]");
        assertThat(warehouse
                        .readLatest(users, day("2024-01-01"))
                        .where("user_id = 'a'")
                        .select("role")
                        .head()
                        .getString(0))
                .isEqualTo("consumer");
    }

    @Test
    void rowsThatSomebodyDeletedWithADeletionVectorAreNotRead() {
        warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, """
                day        | user_id | score
                2024-01-01 | a       | 0.1
                2024-01-01 | b       | 0.2
                """));
        String table = "delta.`" + warehouse.path(SCORES) + "`";
        SPARK.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('delta.enableDeletionVectors' = true)");
        SPARK.sql("DELETE FROM " + table + " WHERE user_id = 'a'");

        assertThat(users(warehouse.read(SCORES, day("2024-01-01")))).containsExactly("b");
        assertThat(warehouse.rowsRead()).isEqualTo(1);
    }

    @Test
    void aWarehouseWhoseNameLooksLikeAPatternIsRead() {
        Warehouse odd = openWarehouse(folder.resolve("ware[h]ouse {a,b}"));
        odd.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));

        assertThat(users(odd.read(SCORES, day("2024-01-01")))).containsExactly("a");
    }

    @Test
    void aWarehouseIsReadByAnyFormOfItsPath() {
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
        Warehouse byRelativePath = openWarehouse(relative.resolve("relative"));
        byRelativePath.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | a | 0.1"));
        Warehouse byUri = new Warehouse(SPARK, "file://" + folder.toAbsolutePath() + "//uri/");
        byUri.write(SCORES, day("2024-01-01"), rows(SCORES, "day | user_id | score\n2024-01-01 | b | 0.1"));

        assertThat(users(byRelativePath.read(SCORES, day("2024-01-01")))).containsExactly("a");
        assertThat(users(openWarehouse(folder.resolve("relative")).read(SCORES, day("2024-01-01"))))
                .containsExactly("a");
        assertThat(users(byUri.read(SCORES, day("2024-01-01")))).containsExactly("b");
    }

    @Test
    void parallelTasksAllEndAndAFailureIsReported() {
        Table users = CleanTables.USERS;

        assertThatThrownBy(() -> Parallel.run(
                        () -> {
                            throw new IllegalStateException("says less to a user");
                        },
                        () -> warehouse.write(SCORES, day("2024-01-01"), rows(SCORES, "user_id\na")),
                        () -> warehouse.write(users, day("2024-01-01"), rows(users, """
                                arrived    | user_id | role     | marketing_opt_out
                                2024-01-01 | b       | consumer | false
                                """))))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("day is null although it is declared NOT NULL")
                .hasSuppressedException(new IllegalStateException("says less to a user"));

        assertThat(users(warehouse.read(users, day("2024-01-01")))).containsExactly("b");
    }

    private static List<String> users(Dataset<Row> rows) {
        return rows.select("user_id").orderBy("user_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
