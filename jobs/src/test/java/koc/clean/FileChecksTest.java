package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import koc.Silence;
import koc.SparkTest;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.run.JobRun;
import koc.source.Format;
import koc.source.LandingFile;
import koc.source.RecordCount;
import koc.source.SourceFolder;
import koc.spark.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChecksTest extends SparkTest {
    private static final LocalDate DAY = day("2024-03-01");
    private static final SourceFile A = new SourceFile(Source.TIES, "ties/a.csv");
    private static final SourceFile EMPTY = new SourceFile(Source.TIES, "ties/empty.csv");

    private final ArrivalCounts counts = new ArrivalCounts();

    @TempDir
    Path folder;

    @Test
    void aFileWithoutRecordsCountsAsRead() {
        check(Map.of(A, 3L));

        assertThat(counts.counts(Source.TIES).byArrival().get(DAY))
                .containsEntry(FileChecks.LISTED, 2L)
                .containsEntry(FileChecks.READ, 2L)
                .containsEntry(FileChecks.COUNTED, 3L)
                .containsEntry(FileChecks.COVERED, 3L);
    }

    @Test
    void aFileThatTheReaderLeftOutIsNamed() {
        assertThatThrownBy(() -> check(Map.of()))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.INPUT))
                .hasMessageContaining("landing ties/a.csv: 0 records were read of the 3 that were counted");
    }

    @Test
    void aFileThatWasNotListedIsNamed() {
        assertThatThrownBy(() -> check(Map.of(A, 3L, new SourceFile(Source.TIES, "ties/new.csv"), 1L)))
                .hasMessageContaining("not listed; found [ties/new.csv]");
    }

    private void check(Map<SourceFile, Long> read) {
        try (Checkpoints checkpoints = new Checkpoints()) {
            CleanRun run = new CleanRun(
                    new JobRun(DAY, null, null, false, openWarehouse(folder), new Silence()),
                    CleanSettings.from(config()),
                    FileFormats.from(config()),
                    ValueFormats.from(config()),
                    checkpoints);
            SourceFolder files = new SourceFolder("ties", "ties", true, List.of(file(A.name()), file(EMPTY.name())));
            CleanedSource ties = new CleanedSource(
                    new SourceArrivals(Source.TIES, files, new TreeSet<>(Set.of(DAY))),
                    SPARK.emptyDataFrame(),
                    SPARK.emptyDataFrame());
            new FileChecks(run, List.of(ties), counts)
                    .check(read, Map.of(A, new RecordCount(3, 0, 0), EMPTY, new RecordCount(0, 0, 0)));
        }
    }

    private static LandingFile file(String name) {
        return new LandingFile(name, name, Format.CSV, null, 1, Instant.EPOCH);
    }
}
