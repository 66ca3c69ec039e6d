package koc.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can act on: it says what is wrong and where, why, and what to do.
 *
 * <p>Every failure that is not a bug is made by one of the factories here, so that every message has the same three
 * parts and every exit code is given in one place.
 */
public final class KocException extends RuntimeException {
    private final ExitCode exitCode;

    private KocException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** A wrong argument, configuration value or warehouse path. */
    public static KocException usage(String problem, String cause, String remedy) {
        return new KocException(ExitCode.USAGE, sentence(problem, cause, remedy), null);
    }

    /** Input that is missing, unreadable or worse than its reject limit allows. */
    public static KocException input(String problem, String cause, String remedy) {
        return new KocException(ExitCode.INPUT, sentence(problem, cause, remedy), null);
    }

    /** Rows that break the declaration of the table they were written to. */
    public static KocException contract(String problem, String cause, String remedy) {
        return new KocException(ExitCode.CONTRACT, sentence(problem, cause, remedy), null);
    }

    /** A result that is not good enough to be published. */
    public static KocException gate(String problem, String cause, String remedy) {
        return new KocException(ExitCode.GATE, sentence(problem, cause, remedy), null);
    }

    /** The same failure with the exception that led to it. */
    public KocException causedBy(Throwable cause) {
        return new KocException(exitCode, String.valueOf(getMessage()), cause);
    }

    /** The exit status that this failure ends the process with. */
    public ExitCode exitCode() {
        return exitCode;
    }

    private static String sentence(String problem, String cause, String remedy) {
        return problem + "; " + cause + "; " + remedy + ".";
    }
}
