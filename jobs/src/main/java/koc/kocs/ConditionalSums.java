package koc.kocs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Sums of counts over the rows of a group that meet a condition. */
public final class ConditionalSums {
    private ConditionalSums() {}

    /** The sum of a count over rows that meet the condition; 0 if none does. */
    public static Column sumWhere(Column condition, String count) {
        return sum(when(condition, col(count)).otherwise(0L));
    }
}
