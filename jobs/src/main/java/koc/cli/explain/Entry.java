package koc.cli.explain;

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
     * @param source where the stored value is: table and column
     */
    record Check(String name, String formula, double recomputed, double stored, String source) implements Entry {
        /** The largest difference of equal values. Sums of doubles differ in their last digits. */
        static final double TOLERANCE = 1e-6;

        /** Whether both values are the same; two values that are no numbers are. */
        public boolean isEqual() {
            return Math.abs(recomputed - stored) <= TOLERANCE || Double.compare(recomputed, stored) == 0;
        }
    }

    /** A conclusion in words. */
    record Remark(String text) implements Entry {}
}
