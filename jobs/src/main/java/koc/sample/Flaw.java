package koc.sample;

import java.util.Locale;

/** The kinds of bad rows. Their words are the reasons of the rejects table, and {@code later}. */
enum Flaw {
    MISSING_FIELD,
    BAD_TYPE,
    MALFORMED,
    DUPLICATE,
    UNKNOWN_EVENT_TYPE,
    NEGATIVE_AMOUNT,
    /** Later than its arrival. */
    FUTURE,
    /** After the last day. A flat landing has it instead of {@link #FUTURE}; it is counted, but not rejected. */
    LATER,
    BEFORE_EPOCH,
    CONFLICTING_ID,
    ORPHAN_PRODUCT,
    ROBOT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
