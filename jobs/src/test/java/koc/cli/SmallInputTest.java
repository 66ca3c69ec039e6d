package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallInputTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void theFilesOfBothFoldersAndTheirSubfoldersAreAdded() throws IOException {
        Path landing = withBytes("landing/events/day.csv", MIB);
        Path warehouse = withBytes("warehouse/events/date=2024-06-30/part.parquet", MIB);

        assertThat(isSmall(1, landing, null)).isTrue();
        assertThat(isSmall(2, landing, warehouse)).isTrue();
        assertThat(isSmall(1, landing, warehouse)).isFalse();
    }

    @Test
    void aCompressedFileThatLandsCountsAsTheCsvThatItWouldBe() throws IOException {
        Path landing = withBytes("landing/events/day.csv.gz", MIB);

        assertThat(isSmall(7, landing, null)).isFalse();
        assertThat(isSmall(8, landing, null)).isTrue();
        assertThat(isSmall(1, null, landing)).isTrue();
    }

    @Test
    void aFolderThatIsAbsentIsNotSmall() {
        assertThat(isSmall(1, folder.resolve("none"), null)).isFalse();
    }

    @Test
    void noInputIsSmallWhenTheSettingIsZero() throws IOException {
        assertThat(isSmall(0, withBytes("landing/events.csv", 0), null)).isFalse();
    }

    private Path withBytes(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
        return folder.resolve(Path.of(name).getName(0));
    }

    private static boolean isSmall(int mib, @Nullable Path landing, @Nullable Path warehouse) {
        return new SmallInput(mib)
                .includes(
                        new Configuration(),
                        landing == null ? null : landing.toString(),
                        warehouse == null ? null : warehouse.toString());
    }
}
