package koc.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeWorkbookTest {
    @TempDir
    Path folder;

    @Test
    void aHundredThousandRowsNeedLittleMemory() throws IOException, InterruptedException {
        Path log = folder.resolve("log.txt");

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeWorkbook.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exitCode = process.waitFor();

        assertThat(exitCode).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
        assertThat(Files.size(folder.resolve("marketer.xlsx"))).isBetween(1_000_000L, 100_000_000L);
        assertThat(Files.readString(folder.resolve("marketer/koc_recommendations.csv"))
                        .lines())
                .hasSize(100_001);
    }
}
