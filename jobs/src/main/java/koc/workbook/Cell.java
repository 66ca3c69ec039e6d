package koc.workbook;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import koc.text.Texts;
import org.jspecify.annotations.Nullable;

/** What a cell holds: nothing, a text, a number or a date. */
final class Cell {
    /** Spreadsheets keep this many digits of a number, and set the others to zero. */
    private static final int DIGITS = 15;

    private Cell() {}

    /**
     * The value of a cell: null, a {@link String}, a {@link Number} or a {@link LocalDate}. Yes, no and code words are
     * in the language; a number that a spreadsheet would change is a text.
     */
    static @Nullable Object of(@Nullable Object value, SheetColumn column, Texts texts) {
        if (value == null || value instanceof LocalDate) {
            return value;
        }
        if (value instanceof String text) {
            return column.word(text);
        }
        if (value instanceof Boolean yes) {
            return texts.pattern(yes ? "workbook.yes" : "workbook.no");
        }
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : null;
        }
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return exact.stripTrailingZeros().precision() > DIGITS ? exact.toPlainString() : number;
        }
        throw new IllegalArgumentException("column " + column.name() + ": no cell for " + value.getClass());
    }
}
