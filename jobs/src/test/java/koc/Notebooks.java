package koc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Runs the notebooks: jobs/src/test/notebooks says what is checked. Without Python 3.11, or without the packages of
 * notebooks/requirements.txt, the test is skipped, and says why.
 */
public final class Notebooks {
    private static final Path SOURCES = Path.of("../notebooks").toAbsolutePath().normalize();
    private static final Path TEST =
            Path.of("src/test/notebooks/notebooks_test.py").toAbsolutePath();
    private static final Path ENVIRONMENT = Path.of("target/notebooks-venv").toAbsolutePath();
    private static final Path OUT = Path.of("target/notebooks").toAbsolutePath();
    private static final String SKIPPED = "The notebooks are not run: ";

    private Notebooks() {}

    /**
     * Fails if a notebook does not run, draws nothing, or shows a name as anything but text.
     *
     * @param published the folder of a publication
     * @param backtest a folder with the tables of a backtest
     */
    public static void requireGoodNotebooks(Path published, Path backtest) throws IOException {
        Programs.Result result = Programs.run(
                SOURCES,
                Map.of("KOC_BACKTEST", backtest.toAbsolutePath().toString()),
                python(),
                TEST.toString(),
                SOURCES.toString(),
                published.toAbsolutePath().toString(),
                OUT.toString());
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains(" passed, 0 failed");
    }

    /** The Python of an environment with the required packages. It is made again only when the requirements change. */
    private static String python() throws IOException {
        Path python = ENVIRONMENT.resolve("bin/python");
        Path required = SOURCES.resolve("requirements.txt");
        Path installed = ENVIRONMENT.resolve("requirements.txt");
        if (Files.exists(installed) && Files.mismatch(installed, required) < 0) {
            return python.toString();
        }
        require("there is no Python 3.11 or later", "python3", "-c", "import sys; assert sys.version_info >= (3, 11)");
        require("no environment could be made", "python3", "-m", "venv", "--clear", ENVIRONMENT.toString());
        require(
                "the packages of " + required + " could not be installed",
                python.toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--requirement",
                required.toString());
        Files.copy(required, installed, StandardCopyOption.REPLACE_EXISTING);
        return python.toString();
    }

    private static void require(String missing, String... command) throws IOException {
        Programs.require(Programs.run(SOURCES, Map.of(), command), SKIPPED + missing);
    }
}
