package koc.clean;

import java.util.Locale;

/** Checks of identifiers that find what no rule for a single row can: ids that match nothing in another source. */
enum ReferenceCheck {
    /** Events of a user who is in no users row up to the arrival of the event. */
    UNKNOWN_USER,
    /** Events whose sharer is in no such row. */
    UNKNOWN_SHARER,
    /** Views, clicks, favorites, carts and opened shares of a product that is not in products; they are rejected. */
    UNKNOWN_PRODUCT_OF_INTEREST,
    /** Rows with an id that a spreadsheet seems to have rounded. */
    IDS_LOOK_ROUNDED;

    /** What events with a sharer are counted under. */
    static final String EVENTS_WITH_SHARER = "events_with_sharer";
    /** What views, clicks, favorites, carts and opened shares of a product are counted under. */
    static final String EVENTS_OF_INTEREST = "events_of_interest";

    /** The name of the check in tables. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it applies to a source. */
    boolean isOf(Source source) {
        return this == IDS_LOOK_ROUNDED || source == Source.EVENTS;
    }

    /** The rows that are checked. */
    long rows(RowCounts counts) {
        return switch (this) {
            case UNKNOWN_USER -> counts.rows(RowCounts.KEPT);
            case UNKNOWN_SHARER -> counts.rows(EVENTS_WITH_SHARER);
            case UNKNOWN_PRODUCT_OF_INTEREST -> counts.rows(EVENTS_OF_INTEREST);
            case IDS_LOOK_ROUNDED -> counts.rows(RowCounts.READ);
        };
    }

    /** The rows that fail. */
    long failed(RowCounts counts) {
        return counts.rows(code());
    }

    /** Failed rows per row; 0 without rows. */
    double rate(RowCounts counts) {
        long rows = rows(counts);
        return rows == 0 ? 0 : (double) failed(counts) / rows;
    }
}
