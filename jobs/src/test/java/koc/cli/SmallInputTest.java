package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallInputTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void theFilesOfAllFoldersAndTheirSubfoldersAreAdded() throws IOException {
        Path landing = withBytes("landing/events", MIB);
        Path warehouse = withBytes("warehouse/events/date=2024-06-30", MIB);

        assertThat(isSmall(3, landing)).isTrue();
        assertThat(isSmall(3, landing, warehouse)).isTrue();
        assertThat(isSmall(1, landing, warehouse)).isFalse();
    }

    @Test
    void aFolderThatIsNamedTwiceCountsOnce() throws IOException {
        Path landing = withBytes("landing", MIB);

        assertThat(isSmall(2, landing, landing, landing)).isTrue();
    }

    @Test
    void aFolderThatIsAbsentIsNotSmall() {
        assertThat(isSmall(1, folder.resolve("none"))).isFalse();
    }

    @Test
    void aCommandWithoutALandingFolderMayBeSmall() throws IOException {
        Path warehouse = withBytes("warehouse", 100);

        assertThat(SmallInput.isSmall(
                        new Configuration(),
                        koc.config.Configuration.load(null, List.of()),
                        Arrays.asList(null, warehouse.toString())))
                .isTrue();
    }

    @Test
    void noInputIsSmallWhenTheSettingIsZero() throws IOException {
        assertThat(isSmall(0, withBytes("landing", 0))).isFalse();
    }

    private Path withBytes(String name, int bytes) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        Files.write(made.resolve("data"), new byte[bytes]);
        return folder.resolve(Path.of(name).getName(0));
    }

    private static boolean isSmall(int mib, Path... folders) {
        return SmallInput.isSmall(
                new Configuration(),
                koc.config.Configuration.load(null, List.of("koc.small-run-mib=" + mib)),
                Arrays.stream(folders).map(Path::toString).toList());
    }
}
