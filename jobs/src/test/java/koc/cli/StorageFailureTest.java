package koc.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.delta.exceptions.ConcurrentWriteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.SparkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user is told when a disk is full, a table is damaged, a library is missing or two writes meet. */
class StorageFailureTest extends SparkTest {
    private static final Table MIX = RecommendTables.KOC_POOL_MIX;

    @TempDir
    Path folder;

    @BeforeEach
    void writeTwoDays() {
        for (String day : List.of("2024-01-01", "2024-01-02")) {
            openWarehouse(folder).write(MIX, day(day), rows(MIX, """
                    day | koc_id | portrait_id | portrait_name | members | member_fraction | population_fraction
                    %s  | k      | p1          | Loyal         | 3       | 0.5             | 0.5
                    """.formatted(day)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "truncated", "empty"})
    void aDamagedDataFileNamesTableDayFileAndTheJobThatWritesItAgain(String damage) throws IOException {
        Path file = onlyFile("koc_pool_mix/day=2024-01-02");
        switch (damage) {
            case "deleted" -> Files.delete(file);
            case "truncated" -> Files.write(file, new byte[100]);
            default -> Files.write(file, new byte[0]);
        }

        Throwable failure = catchThrowable(
                () -> openWarehouse(folder).read(MIX, day("2024-01-02")).collectAsList());

        assertThat(FailureCause.exitCode(failure)).isEqualTo(ExitCode.INPUT);
        assertThat(FailureCause.reason(failure))
                .startsWith("table koc_pool_mix, 2024-01-02: the file day=2024-01-02/" + file.getFileName()
                        + " is missing or damaged; ")
                .endsWith(
                        "; restore the file from a copy, or write it again: run the job 'recommend' and the jobs after it"
                                + " for --date 2024-01-02.");
        assertThat(openWarehouse(folder).read(MIX, day("2024-01-01")).count()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "my shop 数据", "100% (a+b)"})
    void aDamagedFileOfTheLandingIsNotOneOfATable(String name) throws IOException {
        Path landing = folder.resolve(name);
        String arrival = "events/arrived=2024-01-02";
        SPARK.range(5).coalesce(1).write().parquet(landing.resolve(arrival).toString());
        try (Stream<Path> files = Files.list(landing.resolve(arrival))) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".parquet")) {
                    Files.write(file, new byte[100]);
                } else {
                    Files.delete(file);
                }
            }
        }

        Throwable failure = catchThrowable(() -> SPARK.read()
                .schema("id BIGINT")
                .parquet(landing.resolve(arrival).toString())
                .collectAsList());

        assertThat(FailureCause.exitCode(failure)).isEqualTo(ExitCode.INPUT);
        assertThat(FailureCause.reason(failure))
                .startsWith("file file:" + landing + "/" + arrival + "/part-00000-")
                .contains(".parquet: cannot be read to its end; ");

        Files.createDirectories(landing.resolve("events/_delta_log"));
        assertThat(FailureCause.reason(failure))
                .startsWith("table events, 2024-01-02: the file arrived=2024-01-02/part-00000-");
    }

    @Test
    void aFolderMayHaveBlanksAndOtherLetters() throws IOException {
        Path shop = folder.resolve("my shop 数据");
        openWarehouse(shop).write(MIX, day("2024-01-02"), rows(MIX, """
                day        | koc_id | portrait_id | portrait_name | members | member_fraction | population_fraction
                2024-01-02 | k      | p1          | Loyal         | 3       | 0.5             | 0.5
                """));
        Files.write(onlyFile("my shop 数据/koc_pool_mix/day=2024-01-02"), new byte[100]);

        Throwable failure = catchThrowable(
                () -> openWarehouse(shop).read(MIX, day("2024-01-02")).collectAsList());

        assertThat(FailureCause.reason(failure))
                .startsWith("table koc_pool_mix, 2024-01-02: the file day=2024-01-02/part-00000-");
    }

    @Test
    void aNameThatThisProcessCannotWriteIsAMatterOfTheLocale() {
        Throwable failure = new IllegalStateException(new InvalidPathException("数据.csv", "Malformed input"));

        assertThat(FailureCause.exitCode(failure)).isEqualTo(ExitCode.INPUT);
        assertThat(FailureCause.reason(failure)).contains("数据.csv: cannot be used", "LC_ALL=C.UTF-8");
    }

    @Test
    void aDayWithADamagedFileCanBeWrittenAgain() throws IOException {
        Files.delete(onlyFile("koc_pool_mix/day=2024-01-02"));

        openWarehouse(folder).write(MIX, day("2024-01-02"), rows(MIX, """
                day        | koc_id | portrait_id | portrait_name | members | member_fraction | population_fraction
                2024-01-02 | k2     | p1          | Loyal         | 3       | 0.5             | 0.5
                """));

        assertThat(openWarehouse(folder)
                        .read(MIX, day("2024-01-02"))
                        .select(col("koc_id"))
                        .collectAsList())
                .singleElement()
                .asString()
                .contains("k2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anEmptyEntryOfTheLogNamesTheTableAndTheRemedy(int version) throws IOException {
        Path entry = folder.resolve("koc_pool_mix/_delta_log/0000000000000000000" + version + ".json");
        Files.write(entry, new byte[0]);
        Files.deleteIfExists(entry.resolveSibling("." + entry.getFileName() + ".crc"));
        org.apache.spark.sql.delta.DeltaLog.clearCache();

        for (ThrowingCallable access : List.<ThrowingCallable>of(
                () -> openWarehouse(folder).read(MIX, day("2024-01-02")).collectAsList(),
                () -> openWarehouse(folder).write(MIX, day("2024-01-03"), List.of()))) {
            Throwable failure = catchThrowable(access);

            assertThat(failure).as("version " + version).isNotNull();
            assertThat(FailureCause.exitCode(failure)).isEqualTo(ExitCode.INPUT);
            assertThat(FailureCause.reason(failure))
                    .startsWith("table koc_pool_mix: its log ")
                    .contains("its entry 0000000000000000000" + version + ".json is empty")
                    .contains("from a copy")
                    .contains("run every date again");
        }
    }

    @Test
    void aFullDiskIsAReasonToTryAgainHoweverItIsWrapped() {
        IOException full = new IOException("/data/w/events/part-0: No space left on device");

        for (Throwable failure : List.of(
                new SparkException(
                        "Job aborted due to stage failure: java.io.IOException: No space left on device", null),
                new IllegalStateException(new Error(full)),
                KocException.usage("published in /data: could not be written", "x", "y")
                        .causedBy(full))) {
            assertThat(FailureCause.exitCode(failure)).isEqualTo(ExitCode.TRY_LATER);
            assertThat(FailureCause.reason(failure))
                    .startsWith("no space is left to write")
                    .contains("Spark's local folder ", " MB free", "make room");
        }
        assertThat(FailureCause.reason(full)).startsWith("no space is left to write /data/w/events/part-0; ");
    }

    @Test
    void aWriteConflictIsAReasonToTryAgain() {
        Throwable failure = new IllegalStateException(new ConcurrentWriteException("Files were added to the table"));

        assertThat(FailureCause.exitCode(failure)).isEqualTo(ExitCode.TRY_LATER);
        assertThat(FailureCause.reason(failure))
                .startsWith("a table was written by another process at the same time; ")
                .contains("this write has changed nothing");
    }

    @Test
    void aMissingLibraryIsAMatterOfTheCommandLine() {
        Throwable scheme = KocException.input("landing s3a://b/l: cannot be read", "x", "y")
                .causedBy(new UnsupportedFileSystemException("No FileSystem for scheme \"s3a\""));
        Throwable type = new RuntimeException(
                new ClassNotFoundException("Class org.apache.hadoop.fs.s3a.S3AFileSystem not found"));

        assertThat(List.of(FailureCause.exitCode(scheme), FailureCause.exitCode(type)))
                .containsOnly(ExitCode.USAGE);
        assertThat(FailureCause.reason(scheme))
                .contains("no library for s3a:// paths is on the class path")
                .contains("with --jars (for s3a:// hadoop-aws 3.");
        assertThat(FailureCause.reason(type))
                .contains("the class org.apache.hadoop.fs.s3a.S3AFileSystem is not on the class path");
    }

    private Path onlyFile(String within) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(within))) {
            Path file = files.filter(found -> found.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            // Hadoop would find out from its checksum that the file was changed.
            Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
            return file;
        }
    }
}
