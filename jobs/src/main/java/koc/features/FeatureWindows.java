package koc.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import koc.rules.DayWindow;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Windows of days that end at an as-of date. A window of 30 days covers the date and the 29 days before; days after the date
 * never count.
 */
final class FeatureWindows {
    static final int LONGEST_DAYS = 365;

    private FeatureWindows() {}

    /**
     * Rows of the 365 days before each as-of date, with the date: a day grain -> as_of x the same grain. A row counts once
     * for every date whose window contains its day.
     */
    static Dataset<Row> lastYear(Dataset<Row> rows, List<LocalDate> asOf) {
        LocalDate first = DayWindow.first(Collections.min(asOf), LONGEST_DAYS);
        // This filter has constants only, so that storage skips files of older days.
        Dataset<Row> read = rows.where(col("day").between(lit(first), lit(Collections.max(asOf))));
        return onEach(read, asOf)
                .where(col("day").leq(col("as_of")).and(col("day").gt(date_sub(col("as_of"), LONGEST_DAYS))));
    }

    /** Every row once for each as-of date, in the column as_of. */
    static Dataset<Row> onEach(Dataset<Row> rows, List<LocalDate> asOf) {
        return rows.withColumn(
                "as_of", explode(array(asOf.stream().map(day -> lit(day)).toArray(Column[]::new))));
    }

    /** The sum of a value over the last days before as_of, of rows that {@link #lastYear} returned. */
    static Column sumOfLast(int days, Column value) {
        return sum(when(col("day").gt(date_sub(col("as_of"), days)), value).otherwise(lit(0)));
    }

    /**
     * The number of different days before as_of with a row that satisfies a condition, of rows that {@link #lastYear} returned.
     *
     * <p>The days are collected as the bits of six numbers of 64 days each. Counting distinct values would shuffle each row
     * several times.
     */
    static Column countDays(Column condition) {
        Column age = date_diff(col("as_of"), col("day"));
        Column days = lit(0L);
        for (int first = 0; first < LONGEST_DAYS; first += Long.SIZE) {
            Column isWithin = age.between(first, first + Long.SIZE - 1);
            Column bits = bit_or(when(condition.and(isWithin), call_function("shiftleft", lit(1L), age.minus(first))));
            days = days.plus(coalesce(bit_count(bits), lit(0)));
        }
        return days;
    }
}
