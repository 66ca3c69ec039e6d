package koc.cli;

import java.nio.file.InvalidPathException;
import koc.error.ExitCode;
import koc.error.KocException;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

/** Finds the cause of a failure that a user can act on, however deep Spark has wrapped it. Any other failure is a bug. */
final class FailureCause {
    private FailureCause() {}

    /** The exit status of the process after this failure. */
    static ExitCode exitCode(Throwable failure) {
        KocException cause = find(failure);
        return cause == null ? ExitCode.BUG : cause.exitCode();
    }

    /** The failure in a sentence. */
    static String reason(Throwable failure) {
        KocException cause = find(failure);
        return cause == null ? firstLine(failure.toString()) : String.valueOf(cause.getMessage());
    }

    private static @Nullable KocException find(Throwable failure) {
        return StorageFailure.explain(failure).orElseGet(() -> findKnown(failure));
    }

    private static @Nullable KocException findKnown(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KocException known) {
                return known;
            }
            if (cause instanceof SparkThrowable spark
                    && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE")) {
                return KocException.input(
                                "file " + StorageFailure.unreadablePath(cause).orElse("")
                                        + ": cannot be read to its end",
                                cause.getCause() == null
                                        ? "the file is damaged"
                                        : firstLine(String.valueOf(cause.getCause())),
                                "replace it by a complete file and run again")
                        .causedBy(cause);
            }
            if (cause instanceof InvalidPathException name) {
                return KocException.input(
                                "path " + name.getInput() + ": cannot be used",
                                name.getReason() + "; names are written in the encoding of this process, "
                                        + System.getProperty("sun.jnu.encoding"),
                                "set LC_ALL=C.UTF-8 and run again, or rename the file")
                        .causedBy(cause);
            }
            // A failure at the same time, suppressed in this one, may be one that a user can act on.
            for (Throwable suppressed : cause.getSuppressed()) {
                KocException known = findKnown(suppressed);
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
