package koc.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedRunTest {
    private static final Map<String, Object> FINDINGS =
            Map.of("absent_sources", List.of("costs"), "empty_tables", Map.of("kocs", "nobody is a KOC: </script>"));

    @TempDir
    java.nio.file.Path folder;

    @Test
    void aRunIsReadAsItWasWrittenAndCompleteOnceItIsWritten() throws IOException {
        FileSystem files = FileSystem.getLocal(new Configuration());
        Path path = new Path(folder.toString());
        PublishedRun run = new PublishedRun(
                LocalDate.parse("2024-03-01"), new TreeMap<>(Map.of("portraits", 7L, "kocs", 0L)), FINDINGS);
        boolean isCompleteBefore = PublishedRun.isComplete(files, path);

        run.write(files, path);

        assertThat(isCompleteBefore).isFalse();
        assertThat(PublishedRun.isComplete(files, path)).isTrue();
        assertThat(PublishedRun.read(files, path)).isEqualTo(run);
    }

    @Test
    void aPageHasTheSameAsOneLineWithoutMarkup() {
        PublishedRun run = new PublishedRun(LocalDate.parse("2024-03-01"), new TreeMap<>(Map.of("kocs", 0L)), FINDINGS);

        assertThat(run.forPage())
                .isEqualTo(
                        "{\"absent_sources\":[\"costs\"],\"day\":\"2024-03-01\",\"empty_tables\":{\"kocs\":\"nobody is a"
                                + " KOC: \\u003c/script>\"},\"tables\":{\"kocs\":0}}");
    }
}
