package koc.kocs.score;

import static koc.kocs.Fractions.clamp;
import static koc.kocs.Fractions.meanOfPresent;
import static koc.kocs.Fractions.ratio;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.kocs.KocSettings;
import koc.rules.KocProfile;
import koc.rules.KocType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Describes a KOC beyond the score: how much of the pool buys, readiness, stage, flight risk and profile. */
public final class KocStatus {
    private static final int CREDIT_DAYS = 90;

    private final KocSettings settings;

    public KocStatus(KocSettings settings) {
        this.settings = settings;
    }

    /**
     * KOC grain -> the same rows with pool_buyer_rate, type_pool_buyer_rate, is_tied_to_brand, has_used_products,
     * is_satisfied, is_ready, stage, on_category_rate, main_category, original_rate, flight_risk and
     * profile_completeness.
     *
     * @param candidates as {@link KocBaselines#withBaselines} returns them
     */
    public Dataset<Row> withStatus(Dataset<Row> candidates) {
        return withReadiness(withPoolBuyers(candidates))
                .withColumn("stage", computeStage())
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
     * A KOC is ready if they are tied to the brand, have used products, and are satisfied: all three, not their mean.
     */
    private Dataset<Row> withReadiness(Dataset<Row> candidates) {
        KocSettings.Readiness readiness = settings.readiness();
        Column isStaff = KocType.isStaff(col("koc_type"));
        Column purchaseDays = col("purchase_days_365d");
        Column stars = ratio(col("own_rating_sum"), col("own_reviews"));
        Column complaintRate = ratio(col("own_complaints"), greatest(purchaseDays, lit(1L)));
        return candidates
                .withColumn("is_tied_to_brand", isStaff.or(purchaseDays.geq(readiness.minPurchaseDays())))
                .withColumn("has_used_products", col("products_used").gt(0))
                .withColumn(
                        "is_satisfied",
                        coalesce(stars.geq(readiness.minRating()), lit(true))
                                .and(complaintRate.leq(readiness.maxComplaintRate())))
                .withColumn(
                        "is_ready",
                        col("is_tied_to_brand").and(col("has_used_products")).and(col("is_satisfied")));
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
                decline(sales30, sales90, sales90.divide(CREDIT_DAYS)),
                decline(col("own_orders_30d"), col("own_orders_90d"), lit(1.0))));
    }

    private static Column decline(Column last30Days, Column last90Days, Column unit) {
        Column before = last90Days.minus(last30Days).divide(2.0);
        return when(before.gt(0), greatest(lit(0.0), lit(1.0).minus(ratio(last30Days.plus(unit), before.plus(unit)))));
    }
}
