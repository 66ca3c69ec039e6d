package koc.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** The command line in a process of its own, on the class path of the tests. */
final class KocProcess {
    private static final long MINUTES = 15;

    private final Process process;
    private final Path out;
    private final Path err;

    private KocProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a command.
     *
     * @param scratch a folder for its output and for Spark's files
     * @param javaOptions more options of the virtual machine
     */
    static KocProcess start(Path scratch, List<String> javaOptions, String... arguments) throws IOException {
        Path files = Files.createTempDirectory(scratch, "koc");
        Path out = files.resolve("out.txt");
        Path err = files.resolve("err.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(
                Arrays.asList(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
        command.removeIf(option -> option.startsWith("--add-modules"));
        command.addAll(List.of(
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=256m",
                "-Djava.io.tmpdir=" + files,
                "-Dlog4j2.configurationFile="
                        + Path.of("../conf/log4j2.properties").toAbsolutePath()));
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath(), "koc.cli.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new KocProcess(process, out, err);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Waits until the process has ended; its exit code. */
    int await() {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                kill();
                throw new AssertionError("has not ended in " + MINUTES + " minutes: " + err());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw interrupt(interrupted);
        }
    }

    /** Waits until its output has this text, or it has ended; whether it has the text. */
    boolean awaitOutput(String text) {
        while (process.isAlive() && !out().contains(text)) {
            sleep(50);
        }
        return out().contains(text);
    }

    /** Ends the process at once, as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw interrupt(interrupted);
        }
    }

    /** Asks the process to end, as SIGTERM does. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw interrupt(interrupted);
        }
    }

    private static IllegalStateException interrupt(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(interrupted);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
