package koc.influence.expectation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How busy each day of the period was: unexposed purchases of the day over the mean of all days, over all products.
 * Example: 30 purchases on a day and 20 on the mean day make 1.5; the mean over the period is 1.
 */
public final class DayFactors {
    private final double[] factors;
    /** Sum of the factors before each day; one entry more than days. */
    private final double[] cumulative;

    public DayFactors(double... factors) {
        this.factors = factors.clone();
        this.cumulative = new double[factors.length + 1];
        for (int i = 0; i < factors.length; i++) {
            cumulative[i + 1] = cumulative[i] + factors[i];
        }
    }

    /**
     * Computes the factor of each day of the period; all are 1 when nothing was bought.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES} of the period
     */
    public static DayFactors compute(Dataset<Row> purchases, int days) {
        double[] counts = new double[days];
        // At most 365 rows, one a day.
        purchases.groupBy("day_offset").count().collectAsList().forEach(row -> counts[row.getInt(0)] = row.getLong(1));
        double total = Arrays.stream(counts).sum();
        return new DayFactors(
                total == 0
                        ? DoubleStream.generate(() -> 1).limit(days).toArray()
                        : Arrays.stream(counts)
                                .map(count -> count * days / total)
                                .toArray());
    }

    /** The factor of a day. */
    public Column factorOn(Column dayOffset) {
        return element_at(literal(factors), dayOffset.plus(1));
    }

    /** Days from one moment to another, each day weighted by its factor. */
    public Column daysBetween(Column start, Column end) {
        Column sums = literal(cumulative);
        Column each = literal(factors);
        return daysUpTo(end, sums, each).minus(daysUpTo(start, sums, each));
    }

    private Column daysUpTo(Column moment, Column sums, Column each) {
        Column day = least(floor(moment), lit(factors.length - 1)).cast("int");
        return element_at(sums, day.plus(1)).plus(moment.minus(day).multiply(element_at(each, day.plus(1))));
    }

    private static Column literal(double[] values) {
        return array(Arrays.stream(values).mapToObj(value -> lit(value)).toArray(Column[]::new));
    }
}
