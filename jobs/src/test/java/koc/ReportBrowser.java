package koc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Opens a report in a real browser: jobs/src/test/browser says what is checked. Without Node, npm's packages or Chromium the
 * test is skipped, and says why.
 */
public final class ReportBrowser {
    private static final Path SOURCES = Path.of("src/test/browser");
    private static final Path FOLDER = Path.of("target/browser");

    private ReportBrowser() {}

    /**
     * Fails if anything is wrong with the page.
     *
     * @param page index.html
     * @param name of the folder in target/browser for screenshots and the printed page
     * @param options {@code --empty} if there are no KOCs to filter, sort and open; {@code --charts} and the least number of
     *     charts
     */
    public static void requireGoodPage(Path page, String name, String... options) throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Files.copy(source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        require(run("node", "--version"), "Node.js is not on PATH");
        require(
                run("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"),
                "the packages of " + SOURCES + "/package.json could not be installed");
        Programs.Result chromium = run("bash", "chromium.sh", ".");
        require(chromium, "there is no Chromium");
        List<String> command = new ArrayList<>(List.of(
                "node",
                "report.test.mjs",
                "--browser",
                chromium.out().strip(),
                "--page",
                page.toAbsolutePath().toString(),
                "--out",
                name));
        command.addAll(List.of(options));
        Programs.Result result = run(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("passed, 0 failed");
    }

    private static void require(Programs.Result result, String missing) {
        Programs.require(result, "The report is not opened in a browser: " + missing);
    }

    private static Programs.Result run(String... command) throws IOException {
        return Programs.run(FOLDER, Map.of(), command);
    }
}
