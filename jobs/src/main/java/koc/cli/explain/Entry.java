package koc.cli.explain;

import java.util.List;
import java.util.stream.Stream;
import koc.warehouse.StoredRow;
import org.jspecify.annotations.Nullable;

/** A part of a section: a stored value, a value that is computed again, or a sentence. */
public sealed interface Entry {
    /**
     * A stored value.
     *
     * @param name what it is
     * @param value null if it is not known
     * @param source where it is stored: table and column, or the key of a setting
     */
    record Value(String name, @Nullable Object value, String source) implements Entry {}

    /**
     * A value that is computed again from stored ones.
     *
     * @param name what it is
     * @param formula how it is computed, with the numbers
     * @param precision how far the stored value may be rounded: .005 for money in cents; 0 if it has all digits
     * @param source where the stored value is: table and column
     */
    record Check(String name, String formula, double recomputed, double stored, double precision, String source)
            implements Entry {
        /** The largest difference of equal values. Sums of doubles differ in their last digits. */
        static final double TOLERANCE = 1e-6;

        /** The check of a column that has all digits. */
        static Check of(StoredRow row, String column, String formula, double recomputed) {
            return new Check(column, formula, recomputed, row.value(column), 0, row.source(column));
        }

        /** The same check of a column that is stored rounded. */
        Check rounded(double toPrecision) {
            return new Check(name, formula, recomputed, stored, toPrecision, source);
        }

        /** The same check under another name. */
        Check named(String newName) {
            return new Check(newName, formula, recomputed, stored, precision, source);
        }

        /** Whether both values are the same. */
        public boolean isEqual() {
            return Math.abs(recomputed - stored) <= precision + TOLERANCE;
        }
    }

    /** A conclusion in words. */
    record Remark(String text) implements Entry {}

    /** The values among the entries that were computed again. */
    static Stream<Check> checks(List<? extends Entry> entries) {
        return entries.stream().filter(Check.class::isInstance).map(Check.class::cast);
    }
}
