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

/** What a pool buys, and is expected to buy, without a share: on days on which its members are exposed to none. */
final class UnexposedPools {
    private UnexposedPools() {}

    /**
     * Unexposed purchases x memberships -> one row per purchase and KOC in whose pool the buyer was on that day:
     * koc_id, user_id, product_id, category.
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
     * Adds expected_without_shares, the part of the baseline purchases that follows no KOC's share. A null in
     * expected_after_shares becomes 0.
     *
     * <p>It needs the purchases expected after shares of other KOCs. These are a x member_days - b, at least 0: a is
     * the number expected after any share, per day of a tied user of the portrait, and b the number expected after
     * shares of this KOC.
     *
     * @param baselines one row per KOC, portrait and item: koc_id, portrait_id, member_days, baseline_purchases in the
     *     whole period, and expected_after_shares, those expected after shares of the KOC
     * @param portraitDays {@link PoolMembers#PORTRAIT_DAYS}
     * @param item the column of the item that is shared: category or product_id
     */
    static Dataset<Row> withExpectedWithoutShares(Dataset<Row> baselines, Dataset<Row> portraitDays, String item) {
        Column afterAnyShare = preciseSumOver(col("expected_after_shares"), GroupWindow.by("portrait_id", item))
                .divide(col("days_of_tied_users"))
                .multiply(col("member_days"));
        Column baseline = col("baseline_purchases");
        return baselines
                .join(
                        broadcast(portraitDays.select("portrait_id", "days_of_tied_users", "ties_per_tied_user")),
                        new String[] {"portrait_id"},
                        "inner")
                .withColumn("expected_after_shares", coalesce(col("expected_after_shares"), lit(0.0)))
                .withColumn("expected_after_any_share", afterAnyShare)
                .withColumn(
                        "expected_after_other_shares",
                        greatest(lit(0.0), col("expected_after_any_share").minus(col("expected_after_shares"))))
                .withColumn(
                        "expected_without_shares",
                        baseline.multiply(UnexposedDays.fraction(col("expected_after_shares"), baseline, lit(1.0)))
                                .multiply(UnexposedDays.fraction(
                                        col("expected_after_other_shares"), baseline, col("ties_per_tied_user"))));
    }
}
