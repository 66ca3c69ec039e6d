package koc.fit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Ratios and means of counts that may be null or 0. */
final class Fractions {
    private Fractions() {}

    /** The value limited to 0..1 and rounded to 6 decimals; null stays null. */
    static Column fraction(Column value) {
        // Spark's greatest and least skip nulls.
        return when(value.isNotNull(), round(least(lit(1.0), greatest(lit(0.0), value)), 6));
    }

    /** Count over total; null when the total is 0. */
    static Column ratio(Column count, Column total) {
        return when(total.gt(0), count.cast("double").divide(total.cast("double")));
    }

    /**
     * (count + k m) / (total + k): the ratio shrunk towards a mean m. Worked: 1 refund of 5 purchases with m = .04 and k =
     * 10 is 1.4 / 15 = .093.
     *
     * @param mean column with m; null counts as 0
     * @param k weight of the mean, in purchases or reviews
     */
    static Column shrunkRatio(String count, String total, String mean, double k) {
        return coalesce(col(count), lit(0L))
                .cast("double")
                .plus(coalesce(col(mean), lit(0.0)).multiply(k))
                .divide(coalesce(col(total), lit(0L)).plus(k));
    }
}
