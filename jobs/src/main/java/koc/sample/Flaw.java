package koc.sample;

import java.util.Locale;

/** What can be wrong with a landing row; the words are the reasons of the rejects table, and {@code later}. */
enum Flaw {
    MISSING_FIELD,
    BAD_TYPE,
    MALFORMED,
    DUPLICATE,
    UNKNOWN_EVENT_TYPE,
    NEGATIVE_AMOUNT,
    /** Later than its arrival. */
    FUTURE,
    /** After the last day: what a flat landing has instead of {@link #FUTURE}; counted, not rejected. */
    LATER,
    BEFORE_EPOCH,
    CONFLICTING_ID,
    ORPHAN_PRODUCT,
    ROBOT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
