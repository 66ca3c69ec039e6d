package koc.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A night of a real Airflow, in a Python environment of its own in {@code target/airflow}: jobs/src/test/python says what is
 * run. Without Python 3.11 to 3.13, or if its packages cannot be installed, the tests are skipped, and say why.
 *
 * @param seen what the script has written
 * @param warehouse where the jobs have written
 */
record AirflowNight(JsonNode seen, Path warehouse) {
    private static final Path FOLDER = Path.of("target/airflow").toAbsolutePath();
    private static final Path DAGS = Path.of("../conf/airflow").toAbsolutePath().normalize();
    private static final List<String> PYTHONS = List.of("python3", "python3.13", "python3.12", "python3.11");
    private static final long MINUTES = 30;
    /** Expressions are interpreted, for compiling them takes longer on little data. The rows are the same. */
    private static final String SPARK_SETTINGS = """
            spark.ui.enabled false
            spark.sql.codegen.factoryMode NO_CODEGEN
            """;

    /** Runs the DAG on this landing folder. */
    static AirflowNight run(Path landing) throws IOException {
        Files.createDirectories(FOLDER);
        Path python = environment();
        Path night = Files.createTempDirectory(FOLDER, "night");
        Path warehouse = night.resolve("warehouse");
        Path result = night.resolve("result.json");
        Files.writeString(night.resolve("koc.conf"), "koc.backtest.in-run = false\n");
        Files.writeString(night.resolve("spark-defaults.conf"), SPARK_SETTINGS);
        ProcessBuilder builder = builder(
                night,
                python.toString(),
                Path.of("src/test/python/airflow_nightly.py").toAbsolutePath().toString(),
                DAGS.toString(),
                Path.of("../docs/guide/operator.md").toAbsolutePath().toString(),
                result.toString());
        builder.environment().keySet().removeIf(name -> name.matches("(AIRFLOW|KOC|SPARK|PYTHON).*"));
        builder.environment()
                .putAll(Map.of(
                        "AIRFLOW_HOME", night.toString(),
                        "AIRFLOW__CORE__DAGS_FOLDER", DAGS.toString(),
                        "AIRFLOW__CORE__LOAD_EXAMPLES", "false",
                        "AIRFLOW_CONN_KOC_SPARK", "{\"conn_type\": \"spark\", \"host\": \"local[2]\"}",
                        "KOC_LANDING", landing.toString(),
                        "KOC_WAREHOUSE", warehouse.toString(),
                        "KOC_CONFIGURATION", night.resolve("koc.conf").toString(),
                        "KOC_HEAP", "1g",
                        "SPARK_CONF_DIR", night.toString()));
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        // Without the optimizing compiler: a job is over before it pays.
                        "JDK_JAVA_OPTIONS",
                        "-XX:TieredStopAtLevel=1",
                        "PATH",
                        python.getParent() + ":" + System.getenv("PATH"),
                        "PYTHONDONTWRITEBYTECODE",
                        "1"));
        int exitCode = await(builder);
        if (exitCode != 0) {
            throw new AssertionError("Airflow ended with " + exitCode + ":\n" + tail(night));
        }
        return new AirflowNight(new ObjectMapper().readTree(result.toFile()), warehouse);
    }

    /** The Python of an environment with the pinned packages, which is made unless it is there. */
    private static Path environment() throws IOException {
        Path venv = FOLDER.resolve("venv");
        Path python = venv.resolve("bin/python");
        Path stamp = venv.resolve("installed.txt");
        String pins =
                Files.readString(DAGS.resolve("requirements.txt")) + Files.readString(DAGS.resolve("constraints.txt"));
        if (Files.exists(stamp) && Files.readString(stamp).equals(pins)) {
            return python;
        }
        List<String> create = List.of("-m", "venv", "--clear", venv.toString());
        Path requirements = DAGS.resolve("requirements.txt");
        require(await(builder(FOLDER, with(suitablePython(), create))) == 0, "python3 cannot make an environment");
        require(
                await(builder(
                                FOLDER,
                                with(
                                        python.toString(),
                                        List.of("-m", "pip", "install", "-q", "-r", requirements.toString()))))
                        == 0,
                "its packages could not be installed");
        Files.writeString(stamp, pins, StandardOpenOption.CREATE_NEW);
        return python;
    }

    private static String suitablePython() throws IOException {
        String check = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))";
        String suitable = "";
        for (String python : PYTHONS) {
            if (suitable.isEmpty() && await(builder(FOLDER, python, "-c", check)) == 0) {
                suitable = python;
            }
        }
        require(!suitable.isEmpty(), "no Python 3.11 to 3.13 is on PATH");
        return suitable;
    }

    private static void require(boolean isThere, String missing) throws IOException {
        if (!isThere) {
            String reason = "The DAG is not run: " + missing + "\n" + tail(FOLDER);
            System.err.println(reason);
            Assumptions.abort(reason);
        }
    }

    private static String[] with(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toArray(String[]::new);
    }

    /** A process in this folder that adds its output to {@code log.txt} there. */
    private static ProcessBuilder builder(Path folder, String... command) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder).toFile()));
    }

    private static int await(ProcessBuilder builder) throws IOException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException absent) {
            return 127;
        }
        process.getOutputStream().close();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError(builder.command() + " has not ended in " + MINUTES + " minutes");
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("log.txt");
    }

    private static String tail(Path folder) throws IOException {
        List<String> lines = Files.exists(log(folder)) ? Files.readAllLines(log(folder)) : new ArrayList<>();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }
}
