package koc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Programs of this machine that a test needs besides Java: Python, Node, Chromium. */
final class Programs {
    private Programs() {}

    /**
     * How a program ended.
     *
     * @param out what it printed, errors included
     */
    record Result(int exitCode, String out) {}

    /** Runs a program in a folder to its end. The exit code is 127 if there is no such program. */
    static Result run(Path folder, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException absent) {
            return new Result(127, String.valueOf(absent.getMessage()));
        }
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), out);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** Skips the test, and says why, if a program that it needs failed. */
    static void require(Result result, String skipped) {
        if (result.exitCode() != 0) {
            String reason = skipped + "\n" + result.out();
            System.err.println(reason);
            Assumptions.abort(reason);
        }
    }
}
