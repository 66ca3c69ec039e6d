package koc.rules;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Reads from acquired_via who or what brought a user. */
public final class Invitations {
    /** What stands before the identifier of the user who invited another one. */
    public static final String INVITED_BY = "koc:";

    private Invitations() {}

    /** The KOC who invited the user; null for users of channels. Needs acquired_via. */
    public static Column inviter() {
        return when(
                col("acquired_via").startsWith(INVITED_BY),
                nullif(substring(col("acquired_via"), INVITED_BY.length() + 1, Integer.MAX_VALUE), lit("")));
    }

    /** The channel that acquired the user; (none) for users of KOCs and without acquired_via. Needs acquired_via. */
    public static Column channel() {
        return coalesce(when(not(col("acquired_via").startsWith(INVITED_BY)), col("acquired_via")), lit(Absent.NONE));
    }
}
