package koc.recommend.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The inputs of the {@link FeatureSnapshot}s. They are the same for the past and for the run date. With a random
 * holdout, training treats no product as a consumable.
 *
 * @param pools koc_id, user_id, since: the ties that are open on the run date
 * @param users users as of the run date
 * @param products product_profile with product_number, path, is_allowed
 * @param fits product_portrait_fit of the run date
 * @param lifts koc_id, lifts (array by portrait)
 * @param interactions user_category_days; may be empty
 * @param historyFrom the first day with a target event ({@code HoldoutSplit#historyFrom})
 * @param latestLaunch the latest launch of a product up to the run date, if any is recorded
 */
public record SnapshotInputs(
        Dataset<Row> pools,
        Dataset<Row> users,
        Dataset<Row> products,
        Dataset<Row> fits,
        Dataset<Row> lifts,
        Dataset<Row> interactions,
        LocalDate historyFrom,
        Optional<LocalDate> latestLaunch) {

    /**
     * The same without repurchases: no product is a consumable. In a random holdout, a pair of user and product is
     * either known or held out. So no owner of a product can buy it again.
     */
    public SnapshotInputs withoutRepurchases() {
        return withProducts(products.withColumn("is_consumable", lit(false)));
    }

    /** The same with other products. */
    public SnapshotInputs withProducts(Dataset<Row> other) {
        return new SnapshotInputs(pools, users, other, fits, lifts, interactions, historyFrom, latestLaunch);
    }

    /**
     * The ties open on the run date that had started by the day. Ties that ended between the day and the run date are
     * missing.
     */
    public Dataset<Row> selectOpenPools(LocalDate day) {
        return pools.where(col("since").isNull().or(col("since").leq(lit(day))));
    }

    /**
     * Whether a product may be new on this day: the latest launch is less than {@code days} days before the day, or
     * after it (then an earlier launch may be new on this day). Otherwise the computation of new products is skipped.
     */
    public boolean hasLaunchWithin(int days, LocalDate day) {
        return latestLaunch
                .filter(launch -> launch.isAfter(day.minusDays(days)))
                .isPresent();
    }
}
