package koc.cli;

import java.util.Locale;

/** How an attempt to run jobs ended. */
enum Verdict {
    /** It has not ended. */
    RUNNING,
    /** All its jobs have succeeded. */
    DONE,
    /** A job has failed. */
    FAILED,
    /** A signal stopped it. */
    STOPPED,
    /** Its process has ended without a word, for example because it was killed. */
    LOST;

    /** The verdict in the table {@code runs}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
