package koc.cli;

import koc.error.ExitCode;
import koc.error.KocException;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** Tells failures that a user can act on from bugs, however deep Spark has wrapped them. */
final class FailureCause {
    private FailureCause() {}

    /** The exit status that a failure ends the process with. */
    static ExitCode exitCode(Throwable failure) {
        KocException known = known(failure);
        return known == null ? ExitCode.BUG : known.exitCode();
    }

    /** The failure in a sentence. */
    static String reason(Throwable failure) {
        KocException known = known(failure);
        return known == null ? firstLine(failure.toString()) : String.valueOf(known.getMessage());
    }

    private static @Nullable KocException known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KocException known) {
                return known;
            }
            if (cause instanceof SparkThrowable spark
                    && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE")) {
                return KocException.input(
                                "file " + spark.getMessageParameters().get("path") + ": cannot be read to its end",
                                cause.getCause() == null ? "it is broken" : firstLine(String.valueOf(cause.getCause())),
                                "put a whole one in its place and run again")
                        .causedBy(cause);
            }
            // What failed beside it may say more.
            for (Throwable beside : cause.getSuppressed()) {
                KocException known = known(beside);
                if (known != null) {
                    return known;
                }
            }
        }
        return null;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
