package koc.clean;

import org.apache.spark.sql.Column;

/** Recognizes identifiers that lost digits on their way through a spreadsheet. */
final class IdCheck {
    /** A number with an exponent, in the form that {@link TextCleaning#id} leaves when digits are lost. */
    private static final String WITH_EXPONENT = "^-?\\d(\\.\\d+)?E\\+\\d+$";
    /** Spreadsheets keep 15 digits of a number, and write zeros for the rest. One zero may be chance. */
    private static final String FIFTEEN_DIGITS = "^[1-9]\\d{14}00+$";

    private IdCheck() {}

    /** Whether an identifier looks rounded, such as {@code 1.23457E+17} and {@code 123456789012345000}. */
    static Column looksRounded(Column id) {
        // The searches for a fixed text are fast, and few ids get past them.
        return id.contains("E+")
                .and(id.rlike(WITH_EXPONENT))
                .or(id.endsWith("00").and(id.rlike(FIFTEEN_DIGITS)));
    }
}
