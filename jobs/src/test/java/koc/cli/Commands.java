package koc.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The commands of {@code bin/koc}, run inside a test or an evaluation instead of in a process of their own. */
public final class Commands {
    private Commands() {}

    /** Runs a command with its output on the console, and returns its exit status. */
    public static int execute(String... arguments) {
        return Koc.onConsole().execute(arguments);
    }

    /** Runs a command that must succeed, with its output on the console. */
    public static void run(String... arguments) {
        requireSuccess(execute(arguments), "see above", arguments);
    }

    /** Runs a command that must succeed, and prints nothing. */
    public static void runSilently(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new Koc(Jobs.all(), new PrintWriter(out), new PrintWriter(err), false).execute(arguments);
        requireSuccess(exitCode, err.toString(), arguments);
    }

    private static void requireSuccess(int exitCode, String reason, String... arguments) {
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "koc " + String.join(" ", arguments) + ": ended with status " + exitCode + "; " + reason);
        }
    }
}
