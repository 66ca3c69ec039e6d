package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import koc.influence.exposure.GroupWindow;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedDays;
import koc.influence.exposure.UnexposedPurchases;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a pool buys, and is expected to buy, on days that no share exposed. */
final class PoolExposure {
    private PoolExposure() {}

    /**
     * Unexposed purchases x memberships -> one row per purchase and KOC in whose pool the buyer was then: koc_id, user_id,
     * product_id, category.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES}
     * @param members {@link PoolMembers#MEMBERS}
     */
    static Dataset<Row> purchasesOfPools(Dataset<Row> purchases, Dataset<Row> members) {
        return purchases
                .join(
                        members.select("koc_id", "user_id", "first_offset", "last_offset"),
                        new String[] {"user_id"},
                        "inner")
                .where("day_offset BETWEEN first_offset AND last_offset")
                .select("koc_id", "user_id", "product_id", "category");
    }

    /**
     * Adds unexposed, the baseline purchases that no KOC's share exposed; makes exposed 0 where it is null. Exposure by
     * other KOCs = the portrait's mean exposure per tied day x the pool's member days - exposure by this KOC, at least 0.
     *
     * @param baselines one row per KOC, portrait and item: koc_id, portrait_id, member_days, baseline_purchases in the
     *     whole period, and exposed, those expected after shares of the KOC
     * @param portraitDays {@link PoolMembers#PORTRAIT_DAYS}
     * @param item the column of the item that is shared: category or product_id
     */
    static Dataset<Row> withUnexposed(Dataset<Row> baselines, Dataset<Row> portraitDays, String item) {
        Column exposedByAny = preciseSumOver(col("exposed"), GroupWindow.by("portrait_id", item))
                .divide(col("tied_days"))
                .multiply(col("member_days"));
        Column baseline = col("baseline_purchases");
        return baselines
                .join(
                        broadcast(portraitDays.select("portrait_id", "tied_days", "ties_per_user")),
                        new String[] {"portrait_id"},
                        "inner")
                .withColumn("exposed", coalesce(col("exposed"), lit(0.0)))
                .withColumn("exposed_by_any", exposedByAny)
                .withColumn(
                        "exposed_by_others",
                        greatest(lit(0.0), col("exposed_by_any").minus(col("exposed"))))
                .withColumn(
                        "unexposed",
                        baseline.multiply(UnexposedDays.fraction(col("exposed"), baseline, lit(1.0)))
                                .multiply(UnexposedDays.fraction(
                                        col("exposed_by_others"), baseline, col("ties_per_user"))));
    }
}
