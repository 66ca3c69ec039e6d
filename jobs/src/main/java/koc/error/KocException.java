package koc.error;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can act on. The message states the problem and its place, the cause, and the remedy.
 *
 * <p>The factories here make every failure that is not a bug, so that all messages have the same three parts and all exit
 * codes are set in one place.
 */
public final class KocException extends RuntimeException {
    private final ExitCode exitCode;
    private final String problem;
    private final String reason;
    private final String remedy;

    private KocException(ExitCode exitCode, String problem, String reason, String remedy, @Nullable Throwable cause) {
        super(problem + "; " + reason + "; " + remedy + ".", cause);
        this.exitCode = exitCode;
        this.problem = problem;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** An invalid argument, configuration value or warehouse path. */
    public static KocException usage(String problem, String cause, String remedy) {
        return new KocException(ExitCode.USAGE, problem, cause, remedy, null);
    }

    /** Input that is missing, unreadable or above its reject limit. */
    public static KocException input(String problem, String cause, String remedy) {
        return new KocException(ExitCode.INPUT, problem, cause, remedy, null);
    }

    /** Rows that break the declaration of the table they were written to. */
    public static KocException contract(String problem, String cause, String remedy) {
        return new KocException(ExitCode.CONTRACT, problem, cause, remedy, null);
    }

    /** A result that is not good enough to be published. */
    public static KocException gate(String problem, String cause, String remedy) {
        return new KocException(ExitCode.GATE, problem, cause, remedy, null);
    }

    /** A state that can end without a change of the command: a lock that is held, a write conflict, a full disk. */
    public static KocException tryLater(String problem, String cause, String remedy) {
        return new KocException(ExitCode.TRY_LATER, problem, cause, remedy, null);
    }

    /** The same failure with the exception that led to it. */
    public KocException causedBy(Throwable cause) {
        return new KocException(exitCode, problem, reason, remedy, cause);
    }

    /** The same failure with other words for its problem and the cause of it, and without the exception that led to it. */
    public KocException reworded(UnaryOperator<String> rewordProblem, UnaryOperator<String> rewordCause) {
        return new KocException(exitCode, rewordProblem.apply(problem), rewordCause.apply(reason), remedy, null);
    }

    /** The exit status of the process after this failure. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
