package koc.kocs.score;

import static koc.statistics.Fractions.clamp;
import static koc.statistics.Fractions.meanOfPresent;
import static koc.statistics.Fractions.ratio;
import static koc.statistics.Fractions.shrink;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.kocs.KocSettings;
import koc.rules.KocProfile;
import koc.rules.KocType;
import koc.rules.RecentCredits;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Describes a KOC beyond the score: how much of the pool buys, readiness, stage, flight risk and profile. */
public final class KocStatus {

    private final KocSettings settings;

    public KocStatus(KocSettings settings) {
        this.settings = settings;
    }

    /**
     * KOC grain -> the same rows with pool_buyer_rate, type_pool_buyer_rate, is_tied_to_brand, uses_products,
     * approval_rate, approves_products, is_ready, kol_stage, on_category_rate, main_category, original_rate,
     * flight_risk and profile_completeness.
     *
     * @param candidates as {@link KocBaselines#withBaselines} returns them
     */
    public Dataset<Row> withStatus(Dataset<Row> candidates) {
        return withReadiness(withPoolBuyers(candidates))
                .withColumn("kol_stage", computeStage())
                .withColumn("on_category_rate", ratio(col("top_topic_shares"), col("product_shares_90d")))
                .withColumn("main_category", when(col("product_shares_90d").gt(0), col("top_topic")))
                .withColumn("original_rate", ratio(col("original_shares_90d"), col("content_shares_90d")))
                .withColumn("flight_risk", when(KocType.EXTERNAL.is(col("koc_type")), computeFlightRisk()))
                .withColumn("profile_completeness", when(col("has_profiles"), KocProfile.completeness()));
    }

    private static Dataset<Row> withPoolBuyers(Dataset<Row> candidates) {
        WindowSpec ofType =
                Window.partitionBy("koc_type").rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        Column buyers = col("attributed_buyers_90d");
        Column members = col("pool_size");
        return candidates
                .withColumn("pool_buyer_rate", clamp(ratio(buyers, members)))
                .withColumn(
                        "type_pool_buyer_rate",
                        clamp(ratio(sum(buyers).over(ofType), sum(members).over(ofType))));
    }

    /**
     * A KOC is ready if they are tied to the brand, use a product themselves, and approve the products they tried: all
     * three, not their mean.
     *
     * <p>approval_rate = (approved + k baseline) / (approved + blocked + k), with the rate of all KOCs as baseline.
     * Worked, with k = 3 and a baseline of .8: one complaint about the only product gives 2.4 / 4 = .6; complaints
     * about four of four products give 2.4 / 7 = .34, which is below the minimum of .5.
     */
    private Dataset<Row> withReadiness(Dataset<Row> candidates) {
        KocSettings.Readiness readiness = settings.readiness();
        Column isStaff = KocType.isStaff(col("koc_type"));
        Column approvalRate = shrink(
                col("products_approved"),
                productsTried(),
                col("baseline_approval_rate"),
                readiness.approvalShrinkage());
        return candidates
                .withColumn(
                        "is_tied_to_brand", isStaff.or(col("purchase_days_365d").geq(readiness.minPurchaseDays())))
                .withColumn("uses_products", col("products_approved").gt(0))
                .withColumn("approval_rate", when(productsTried().gt(0), clamp(approvalRate)))
                .withColumn(
                        "approves_products", coalesce(col("approval_rate").geq(readiness.minApprovalRate()), lit(true)))
                .withColumn(
                        "is_ready",
                        col("is_tied_to_brand").and(col("uses_products")).and(col("approves_products")));
    }

    /** Products that a KOC approves, or that are blocked for them. */
    static Column productsTried() {
        return col("products_approved").plus(col("products_blocked"));
    }

    private Column computeStage() {
        KocSettings.Stage stage = settings.stage();
        Column members = col("pool_size");
        return when(members.lt(stage.risingReach()), "koc")
                .when(coalesce(col("pool_buyer_rate"), lit(0.0)).lt(stage.minPoolBuyerRate()), "audience_only")
                .when(members.lt(stage.kolReach()), "rising")
                .otherwise("kol");
    }

    /**
     * The mean decline of active days, credited sales and own orders in the last 30 days, over those that were above 0
     * before: {@code decline = 1 - (last 30 + 1) / (half of the 60 before + 1)}, at least 0.
     *
     * <p>Worked: 18 active days in 60 and then 2 in 30 give 1 - 3 / 10 = .7.
     */
    private static Column computeFlightRisk() {
        Column sales30 = col("net_sales_30d").cast("double");
        Column sales90 = col("net_sales_90d").cast("double");
        return clamp(meanOfPresent(
                decline(col("active_days_30d"), col("active_days_90d"), lit(1.0)),
                // Money has no natural unit, so a day's average sales stand for the 1.
                decline(sales30, sales90, sales90.divide(RecentCredits.DAYS)),
                decline(col("own_orders_30d"), col("own_orders_90d"), lit(1.0))));
    }

    private static Column decline(Column last30Days, Column last90Days, Column unit) {
        Column before = last90Days.minus(last30Days).divide(2.0);
        return when(before.gt(0), greatest(lit(0.0), lit(1.0).minus(ratio(last30Days.plus(unit), before.plus(unit)))));
    }
}
