package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users run: the jar that was built, by bin/koc and by Spark's own submit on a small cluster. */
class PackagedIT {
    private static final Path JAR = Path.of("target/koc-jobs.jar").toAbsolutePath();
    private static final long MINUTES = 10;

    @TempDir
    Path folder;

    @Test
    void binKocPrintsTheDictionary() throws IOException {
        Ended ended = run(List.of("../bin/koc", "tables", "runs"));

        assertThat(ended.err()).isEmpty();
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).startsWith("runs\n").contains("configuration_hash");
    }

    @Test
    void binKocPassesTheExitCodeOn() throws IOException {
        Ended ended = run(List.of("../bin/koc", "tables", "nothing"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).startsWith("koc: unknown table 'nothing'; the tables are ");
    }

    @Test
    void aClusterRunsTheJarThatWasBuiltAndSubmitPassesTheExitCodeOn() throws IOException {
        Path landing = Path.of("../data-samples").toAbsolutePath().normalize();
        Path warehouse = folder.resolve("warehouse");
        Path home = sparkHome();

        Ended done = submit(
                home,
                "run",
                "--landing",
                landing.toString(),
                "--warehouse",
                warehouse.toString(),
                "--date",
                "2024-06-30",
                "--jobs",
                "clean");
        Ended refused = submit(
                home, "run", "--landing", "/nowhere", "--warehouse", warehouse.toString(), "--date", "2024-01-01");

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains("tables in " + warehouse);
        assertThat(warehouse.resolve("runs/_delta_log")).isDirectory();
        assertThat(warehouse.resolve("events/_delta_log")).isDirectory();
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.err()).contains("landing /nowhere: no such folder");
    }

    private record Ended(int exitCode, String out, String err) {}

    @Test
    void theCommandOfTheReadmeRunsOnAMachineThatBuiltTheProject() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path script = bin.resolve("spark-submit");
        Files.writeString(
                script, "#!/usr/bin/env bash\nexec " + String.join(" ", submitCommand(sparkHome())) + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path warehouse = folder.resolve("warehouse");

        Ended ended = run(
                List.of(
                        "bash",
                        "-c",
                        "cd .. && "
                                + submitOfReadme()
                                        .replace("s3a://bucket/landing", "data-samples")
                                        .replace("s3a://bucket/warehouse", warehouse.toString())
                                + " --jobs clean"),
                "SPARK_HOME",
                sparkHome().toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "PATH",
                bin + ":" + System.getenv("PATH"));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("tables in " + warehouse);
    }

    /** The command in README.md that starts with spark-submit, with the lines that continue it. */
    private static String submitOfReadme() throws IOException {
        StringBuilder command = new StringBuilder();
        for (String line : Files.readAllLines(Path.of("../README.md"))) {
            if (line.strip().startsWith("spark-submit ") || command.toString().endsWith("\\")) {
                command.append(command.isEmpty() ? "" : "\n").append(line.strip());
            }
        }
        return command.toString();
    }

    private Ended submit(Path sparkHome, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(submitCommand(sparkHome));
        command.replaceAll(word -> word.replaceAll("^'|'$", ""));
        command.addAll(List.of(
                "--jars", Files.readString(Path.of("target/delta-jars.txt")).trim(), JAR.toString()));
        command.addAll(List.of(arguments));
        return run(command, "SPARK_HOME", sparkHome.toString(), "SPARK_SCALA_VERSION", "2.13");
    }

    private List<String> submitCommand(Path sparkHome) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(
                Arrays.asList(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
        command.addAll(List.of(
                "-Xmx1g",
                // Without the optimizing compiler: this is over before it pays.
                "-XX:TieredStopAtLevel=1",
                // Which alone would leave 48 MB for compiled code: when they are full, the machine ends.
                "-XX:ReservedCodeCacheSize=256m",
                "-cp",
                "'" + sparkHome.resolve("jars") + "/*'",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "'local-cluster[2,1,1024]'",
                "--conf",
                "'spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m'",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.sql.shuffle.partitions=4",
                "--conf",
                "spark.sql.warehouse.dir=" + folder.resolve("spark-warehouse")));
        return command;
    }

    /** A Spark distribution made of links to the jars that the build used, without those that spark-submit is given. */
    private static Path sparkHome() throws IOException {
        Path home = Path.of("target/spark-home").toAbsolutePath();
        Path jars = Files.createDirectories(home.resolve("jars"));
        List<String> given = List.of(
                Files.readString(Path.of("target/delta-jars.txt")).trim().split(",", -1));
        for (String jar :
                Files.readString(Path.of("target/classpath.txt")).trim().split(":", -1)) {
            Path link = jars.resolve(Path.of(jar).getFileName());
            Files.deleteIfExists(link);
            if (!given.contains(jar)) {
                Files.createSymbolicLink(link, Path.of(jar));
            }
        }
        return home;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Ended run(List<String> command, String... environment) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                        .forEach(ProcessHandle::destroyForcibly);
                throw new AssertionError(
                        command + " has not ended in " + MINUTES + " minutes: " + Files.readString(err));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
