package koc.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedRunTest {
    @TempDir
    java.nio.file.Path folder;

    @Test
    void aRunIsReadAsItWasWrittenAndCompleteOnceItIsWritten() throws IOException {
        FileSystem files = FileSystem.getLocal(new Configuration());
        Path path = new Path(folder.toString());
        PublishedRun run =
                new PublishedRun(LocalDate.parse("2024-03-01"), new TreeMap<>(Map.of("portraits", 7L, "kocs", 0L)));
        boolean isCompleteBefore = PublishedRun.isComplete(files, path);

        run.write(files, path);

        assertThat(isCompleteBefore).isFalse();
        assertThat(PublishedRun.isComplete(files, path)).isTrue();
        assertThat(PublishedRun.read(files, path)).isEqualTo(run);
    }
}
