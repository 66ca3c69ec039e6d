package koc.clean;

import java.util.Locale;

/**
 * Why a landing row is turned away. A row has one reason: the first of this order that applies, for only what is whole
 * and in range can be compared with other rows (docs/decisions/0005-reject-order.md).
 */
public enum RejectReason {
    /** The line is not what its format asks for. */
    MALFORMED,
    /** A value that the source, or this type of event, needs is empty. */
    MISSING_FIELD,
    /** A value is not of its column's type, none of the words the column may hold, or outside its range. */
    BAD_TYPE,
    /** The type of event is not one that the pipeline knows. */
    UNKNOWN_EVENT_TYPE,
    /** A price, cost or stock is below zero, or a quantity below one. */
    NEGATIVE_AMOUNT,
    /** It happened after the day on which it arrived. */
    FUTURE,
    /** It happened before {@code koc.clean.epoch}. */
    BEFORE_EPOCH,
    /** Another row has the same id and the same content. */
    DUPLICATE,
    /** Another row has the same id and other content. */
    CONFLICTING_ID,
    /** The product is not in products. */
    ORPHAN_PRODUCT,
    /** A view or click of a user whose rate no human reaches. */
    ROBOT;

    /** The word for it in tables. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether such rows count toward {@code koc.clean.reject-limit}: a row that came twice says nothing about quality. */
    public boolean countsTowardLimit() {
        return this != DUPLICATE;
    }
}
