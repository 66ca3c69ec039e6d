package koc.clean;

import java.util.Locale;

/**
 * Why a landing row is rejected. A row gets the first reason in this order that applies: a row must be complete and in
 * range before it can be compared with other rows (docs/decisions/0005-reject-order.md).
 */
public enum RejectReason {
    /** The line does not follow its format. */
    MALFORMED,
    /** A value that the source or the event type requires is empty. */
    MISSING_FIELD,
    /** A value is not of its column's type, not one of the allowed values, or outside the allowed range. */
    BAD_TYPE,
    /** The event type is unknown. */
    UNKNOWN_EVENT_TYPE,
    /** A price or cost that the row needs is below zero, or its quantity is not above zero. */
    NEGATIVE_AMOUNT,
    /** It happened after the day on which it arrived. */
    FUTURE,
    /** It happened before {@code koc.clean.epoch}, by default 2000-01-01. */
    BEFORE_EPOCH,
    /** Another row has the same id and the same content. */
    DUPLICATE,
    /** Another row has the same id and other content. */
    CONFLICTING_ID,
    /** The product is not in products. */
    ORPHAN_PRODUCT,
    /** A view or click of a user who acts faster than a person can. */
    ROBOT;

    /** The name of the reason in tables. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether such rows count towards {@code koc.clean.reject-limit}: a row that lands twice is no sign of bad quality. */
    public boolean countsTowardLimit() {
        return this != DUPLICATE;
    }
}
