package koc.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can act on. The message states the problem and its place, the cause, and the remedy.
 *
 * <p>The factories here make every failure that is not a bug, so that all messages have the same three parts and all exit
 * codes are set in one place.
 */
public final class KocException extends RuntimeException {
    private final ExitCode exitCode;

    private KocException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** An invalid argument, configuration value or warehouse path. */
    public static KocException usage(String problem, String cause, String remedy) {
        return new KocException(ExitCode.USAGE, sentence(problem, cause, remedy), null);
    }

    /** Input that is missing, unreadable or above its reject limit. */
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

    /** A state that can end without a change of the command: a lock that is held, a write conflict, a full disk. */
    public static KocException tryLater(String problem, String cause, String remedy) {
        return new KocException(ExitCode.TRY_LATER, sentence(problem, cause, remedy), null);
    }

    /** The same failure with the exception that led to it. */
    public KocException causedBy(Throwable cause) {
        return new KocException(exitCode, String.valueOf(getMessage()), cause);
    }

    /** A failure of the same kind with another message. */
    public KocException withMessage(String message) {
        return new KocException(exitCode, message, null);
    }

    /** The exit status of the process after this failure. */
    public ExitCode exitCode() {
        return exitCode;
    }

    private static String sentence(String problem, String cause, String remedy) {
        return problem + "; " + cause + "; " + remedy + ".";
    }
}
