package koc.text;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * Names and titles inside a sentence: on one line, shortened with an ellipsis, and without marks that change the direction
 * of writing. So a name of 5,000 characters leaves room for the sentence, and none can hide or turn around the numbers
 * after it. With 10 characters, "Fresh  cherries" becomes "Fresh che…".
 */
public final class ShortName {
    /** Most characters of a name, the ellipsis included. */
    public static final int MAX_LENGTH = 30;

    private static final String ELLIPSIS = "…";
    private static final String DIRECTION_MARKS = "[\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]";
    private static final String BLANKS = "[\\s\\p{Cntrl}]+";

    private ShortName() {}

    /** The name in at most {@link #MAX_LENGTH} characters; null when the name is null or blank. */
    public static Column of(Column name) {
        return of(name, MAX_LENGTH);
    }

    /** The name in at most this many characters (code points); null when the name is null or blank. */
    public static Column of(Column name, int maxLength) {
        Column line = trim(regexp_replace(regexp_replace(name, lit(DIRECTION_MARKS), lit("")), lit(BLANKS), lit(" ")));
        Column start = rtrim(substring(line, 1, maxLength - 1));
        return nullif(
                when(length(line).gt(maxLength), concat(start, lit(ELLIPSIS))).otherwise(line), lit(""));
    }

    /** The name in at most this many characters (code points); empty when the name is blank. */
    public static String of(String name, int maxLength) {
        String line =
                name.replaceAll(DIRECTION_MARKS, "").replaceAll(BLANKS, " ").strip();
        return line.codePointCount(0, line.length()) <= maxLength
                ? line
                : line.substring(0, line.offsetByCodePoints(0, maxLength - 1)).stripTrailing() + ELLIPSIS;
    }
}
