package koc.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.substring_index;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * What is to be said about an accepted landing row, as one text column; null for most rows. Remarks are separated by blanks:
 * {@code unread:bad_type:rating} is an optional value that was left out, and why, {@link #IDS_LOOK_ROUNDED} an identifier that a
 * spreadsheet seems to have rounded.
 */
final class Remarks {
    /** The name of the column. */
    static final String COLUMN = "remarks";
    /** The remark on a row with a rounded identifier; also the name of its check. */
    static final String IDS_LOOK_ROUNDED = "ids_look_rounded";

    private static final String UNREAD = "unread:";
    private static final String UNREAD_CHECK = "unread_";

    private Remarks() {}

    /** The remark on a value that was left out for a reason. */
    static String unread(RejectReason reason, String column) {
        return UNREAD + reason.code() + ":" + column;
    }

    /** One text with the remarks that are not null. */
    static Column join(Collection<Column> remarks) {
        return concat_ws(" ", remarks.toArray(Column[]::new));
    }

    /** Whether there is a remark about a value that was left out. */
    static Column hasUnread() {
        return col(COLUMN).contains(UNREAD);
    }

    /** The remarks about values that were left out, as an array. */
    static Column unread() {
        return filter(functions.split(col(COLUMN), " "), remark -> remark.startsWith(UNREAD));
    }

    /** The reason in a remark about a value that was left out. */
    static Column reason(Column unread) {
        return substring_index(substring_index(unread, ":", 2), ":", -1);
    }

    /** The column in a remark about a value that was left out. */
    static Column field(Column unread) {
        return substring_index(unread, ":", -1);
    }

    /** The different remarks in a text. */
    static List<String> split(String remarks) {
        return Stream.of(remarks.split(" ", -1)).distinct().toList();
    }

    /** The check that counts a remark: {@code unread_rating} for a value of rating that was left out. */
    static String check(String remark) {
        return remark.startsWith(UNREAD) ? UNREAD_CHECK + remark.substring(remark.lastIndexOf(':') + 1) : remark;
    }

    /** Whether a check counts values that were left out. */
    static boolean isUnreadCheck(String check) {
        return check.startsWith(UNREAD_CHECK);
    }

    /** The column in the name of a check that counts values that were left out. */
    static String column(String unreadCheck) {
        return unreadCheck.substring(UNREAD_CHECK.length());
    }
}
