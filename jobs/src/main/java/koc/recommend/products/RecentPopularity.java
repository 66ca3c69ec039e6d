package koc.recommend.products;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;

import java.time.LocalDate;
import koc.recommend.split.Ownership;
import koc.spark.ExactSums;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How recently the owners of each product bought it. An owner counts {@code .5 ^ (days since the purchase /
 * half-life)}, and the recency of a product is the mean over its owners. With a half-life of 28 days and two owners who
 * bought 0 and 56 days ago: (1 + .25) / 2 = .625. So population_rate x recency counts mostly recent owners.
 */
public final class RecentPopularity {
    private static final int MONTHLY_HALF_LIFE_DAYS = 28;
    private static final int WEEKLY_HALF_LIFE_DAYS = 7;

    private RecentPopularity() {}

    /**
     * Adds monthly_recency (half-life 28 days) and weekly_recency (half-life 7 days), 0..1; 0 for a product without
     * owners.
     *
     * @param offers product_number, and other columns
     * @param owned {@link Ownership#OWNED}
     */
    public static Dataset<Row> addTo(Dataset<Row> offers, Dataset<Row> owned, LocalDate day) {
        Dataset<Row> recencies = owned.groupBy("product_number")
                .agg(
                        avg(decay(day, MONTHLY_HALF_LIFE_DAYS)).as("monthly_recency"),
                        avg(decay(day, WEEKLY_HALF_LIFE_DAYS)).as("weekly_recency"));
        return offers.join(recencies, new String[] {"product_number"}, "left")
                .na()
                .fill(0.0, new String[] {"monthly_recency", "weekly_recency"});
    }

    private static Column decay(LocalDate day, int halfLifeDays) {
        Column days = greatest(lit(0), datediff(lit(day), col("last_bought_on")));
        Column weight = pow(lit(0.5), days.divide(lit((double) halfLifeDays)));
        return coalesce(ExactSums.roundToStep(weight, ExactSums.FINE_STEPS), lit(0.0));
    }
}
