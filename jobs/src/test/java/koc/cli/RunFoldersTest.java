package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import koc.error.ExitCode;
import koc.error.KocException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {
    @TempDir
    Path folder;

    @Test
    void eachDemoStartsInAnEmptyFolder() throws IOException {
        Path warehouse = folder.resolve("demo");
        RunFolders.emptyDemo(new Configuration(), warehouse.toString());
        Files.createDirectories(warehouse.resolve("events/_delta_log"));
        Files.writeString(warehouse.resolve("events/_delta_log/0.json"), "{}");

        RunFolders.emptyDemo(new Configuration(), warehouse.toString());

        assertThat(warehouse.resolve("events")).doesNotExist();
        RunFolders.emptyDemo(new Configuration(), warehouse.toString());
    }

    @Test
    void aFolderThatNoDemoMadeIsRefusedAndUnchanged() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs.txt"), "mine");

        assertThatThrownBy(() -> RunFolders.requireDemo(new Configuration(), folder.toString()))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("it contains theirs.txt");

        assertThat(theirs).hasContent("mine");
    }
}
