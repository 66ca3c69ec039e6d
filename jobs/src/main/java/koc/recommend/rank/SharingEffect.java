package koc.recommend.rank;

import static koc.recommend.PortraitIndex.at;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import koc.recommend.PortraitIndex;
import koc.recommend.RecommendSettings;
import koc.recommend.pools.KocInfluence;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many more members will buy a product if the KOC shares it once. On the days for which the lift is measured, a
 * share multiplies the purchases of a portrait by the influence lift: {@code extra = sum over portraits of buyers x
 * days / horizon x (lift - 1)}. The buyers are those expected without from_influence. from_repurchase also contains
 * some influence, on owners who are due, which is not subtracted.
 *
 * <p>Example: 4 buyers in 28 days, a lift of 2 with the 90% interval 1.2 to 3, measured over 7 days: 4 x 7 / 28 x (2 -
 * 1) = 1 extra buyer, between .2 and 2. Each end of the interval takes all portraits at that end of theirs, so it is
 * rather too wide than too narrow.
 */
public record SharingEffect(PortraitIndex portraits, RecommendSettings settings) {
    /** The added columns: the estimate and the ends of its interval. */
    private static final String[] COLUMNS = {
        "extra_buyers_if_shared", "extra_buyers_if_shared_low", "extra_buyers_if_shared_high"
    };

    private static final String[] LIFTS = {"influence_lift", "influence_low", "influence_high"};

    /**
     * Adds extra_days, and extra_buyers_if_shared with its interval. The last three are null for a KOC whose influence
     * is unknown.
     *
     * @param described as {@link Scoring#describe} returns them
     * @param influence koc_influence of the day
     */
    public Dataset<Row> addTo(Dataset<Row> described, Dataset<Row> influence) {
        int extraDays = Math.min(settings.influenceDays(), settings.horizonDays());
        Dataset<Row> rows = described.withColumn("extra_days", lit(extraDays));
        for (int i = 0; i < COLUMNS.length; i++) {
            String lifts = "sharing_" + LIFTS[i];
            Dataset<Row> byPortrait =
                    KocInfluence.computeLifts(influence, portraits, LIFTS[i]).withColumnRenamed("lifts", lifts);
            Column extraBuyers = portraits.unrolledSum(index ->
                    at("buyers_by_portrait", index).multiply(at(lifts, index).minus(1.0)));
            rows = rows.join(byPortrait, new String[] {"koc_id"}, "left")
                    .withColumn(
                            COLUMNS[i],
                            extraBuyers.divide(col("expected_buyers")).multiply(buyersAnyway(settings.horizonDays())))
                    .drop(lifts);
        }
        return rows;
    }

    /** Buyers within extra_days who are expected without a share: all but from_influence. */
    public static Column buyersAnyway(int horizonDays) {
        return col("expected_buyers")
                .minus(col("from_influence"))
                .multiply(col("extra_days"))
                .divide(horizonDays);
    }
}
