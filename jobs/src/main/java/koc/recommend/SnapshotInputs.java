package koc.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What every {@link FeatureSnapshot} of a run is computed from, whatever its day.
 *
 * @param pools koc_id, user_id, since: the open ties
 * @param users users as of the run date
 * @param products product_profile with product_number, path, is_allowed
 * @param fits product_portrait_fit of the run date
 * @param lifts koc_id, lifts (array by portrait)
 * @param interactions user_category_days; may be empty
 * @param historyFrom the first day of history
 * @param latestLaunch the latest launch of a product up to the run date, if any is recorded
 */
record SnapshotInputs(
        Dataset<Row> pools,
        Dataset<Row> users,
        Dataset<Row> products,
        Dataset<Row> fits,
        Dataset<Row> lifts,
        Dataset<Row> interactions,
        LocalDate historyFrom,
        Optional<LocalDate> latestLaunch) {

    /**
     * The same with no product due again. A random holdout cannot say anything about repurchases: a pair of user and product
     * is either known or held out, so that no owner can buy again.
     */
    SnapshotInputs withoutRepurchases() {
        return withProducts(products.withColumn("is_consumable", lit(false)));
    }

    /** The same with other products. */
    SnapshotInputs withProducts(Dataset<Row> other) {
        return new SnapshotInputs(pools, users, other, fits, lifts, interactions, historyFrom, latestLaunch);
    }

    /** The ties that were open on the day. */
    Dataset<Row> selectOpenPools(LocalDate day) {
        return pools.where(col("since").isNull().or(col("since").leq(lit(day))));
    }

    /** Whether a product was launched within these days before the day. Otherwise new products cost no computation. */
    boolean hasLaunchWithin(int days, LocalDate day) {
        return latestLaunch
                .filter(launch -> launch.isAfter(day.minusDays(days)))
                .isPresent();
    }
}
