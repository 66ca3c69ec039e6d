package koc.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishTargetTest {
    private static final LocalDate DAY = LocalDate.parse("2024-03-01");

    @TempDir
    java.nio.file.Path folder;

    @Test
    void runsOfADayAreNumbered() {
        List<Path> folders = Stream.of("2024-03-01-1", "2024-03-01-9", "2024-03-02-20", "other")
                .map(Path::new)
                .toList();

        assertThat(PublishTarget.nextName(DAY, folders)).isEqualTo("2024-03-01-10");
        assertThat(PublishTarget.nextName(LocalDate.parse("2024-03-03"), folders))
                .isEqualTo("2024-03-03-1");
    }

    @ParameterizedTest
    @EnumSource(PublishLayout.class)
    void aStagedRunIsSeenOnlyAfterItIsRevealed(PublishLayout layout) throws IOException {
        FileSystem files = FileSystem.getLocal(new Configuration());
        PublishTarget target = PublishTarget.create(layout, files, new Path(folder.toString()));

        Path staged = target.stage(DAY);
        new PublishedRun(DAY, new TreeMap<>(), Map.of()).write(files, staged);
        Optional<Path> before = target.current();
        target.reveal(staged);

        assertThat(before).isEmpty();
        assertThat(PublishedRun.read(files, target.current().orElseThrow()).day())
                .isEqualTo(DAY);
    }

    @Test
    void theCurrentAndTheReplacedRunAreKept() throws IOException {
        for (String run : List.of("a", "b", "c")) {
            Files.createDirectories(folder.resolve(run));
        }

        PublishTarget.deleteOldRuns(
                FileSystem.getLocal(new Configuration()),
                new Path(folder.toString()),
                new Path("c"),
                Optional.of(new Path("a")));

        assertThat(folder.resolve("a")).exists();
        assertThat(folder.resolve("b")).doesNotExist();
        assertThat(folder.resolve("c")).exists();
    }
}
