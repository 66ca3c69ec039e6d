package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.substring_index;

import org.apache.spark.sql.Column;

/**
 * What becomes of a landing row, as one text column: null accepts it, {@code later} leaves it for a later run, and {@code
 * reason:field} rejects it, such as {@code bad_type:quantity}. The field is empty when no single field is at fault.
 */
final class Verdict {
    /** The name of the column. */
    static final String COLUMN = "verdict";
    /** The verdict on a row of a flat source that happened after the run's day: a later run will read it. */
    static final String LATER = "later";

    private Verdict() {}

    /** The verdict that rejects a row for a reason. */
    static String reject(RejectReason reason, String field) {
        return reason.code() + ":" + field;
    }

    /** Whether the row is accepted so far. */
    static Column isAccepted() {
        return col(COLUMN).isNull();
    }

    /** Whether the row is rejected; call it on rows that are not accepted. */
    static Column isRejected() {
        return col(COLUMN).notEqual(LATER);
    }

    /** The check that counts the rows with a verdict: the code of its reason, or {@link #LATER}. */
    static String check(String verdict) {
        int end = verdict.indexOf(':');
        return end < 0 ? verdict : verdict.substring(0, end);
    }

    /** The reason in a verdict. */
    static Column reason(Column verdict) {
        return substring_index(verdict, ":", 1);
    }

    /** The field in a verdict; null when no field is at fault. */
    static Column field(Column verdict) {
        return nullif(substring_index(verdict, ":", -1), lit(""));
    }
}
