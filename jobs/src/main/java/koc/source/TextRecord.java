package koc.source;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** One record of a CSV or JSON file. */
final class TextRecord {
    private final @Nullable UTF8String[] values;
    private final @Nullable String malformed;
    private final int covered;

    private TextRecord(@Nullable UTF8String[] values, @Nullable String malformed, int covered) {
        this.values = values;
        this.malformed = malformed;
        this.covered = covered;
    }

    /**
     * A record.
     *
     * @param values its values, in the order of {@link TextLayout#columns}
     * @param covered how much of the file it covers
     */
    static TextRecord of(@Nullable UTF8String[] values, int covered) {
        return new TextRecord(values, null, covered);
    }

    /** A record that does not follow its format, without values for this number of columns. */
    static TextRecord malformed(int columns, String text, int covered) {
        return new TextRecord(new UTF8String[columns], text, covered);
    }

    @Nullable
    UTF8String[] values() {
        return values;
    }

    /** Its text, if it is malformed; null for other records. */
    @Nullable
    String malformed() {
        return malformed;
    }

    /**
     * How much of the file it covers: lines of a CSV file, objects of JSON Lines, lines of a JSON file that is read as a
     * whole. Lines without a value are not counted.
     */
    int covered() {
        return covered;
    }
}
