package koc.influence.expectation;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.PurchaseExposure;
import koc.influence.exposure.UnexposedPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Purchases of a category that a pool is expected to make in the whole period, predicted from the portraits and the
 * earlier purchases of its members.
 *
 * <p>The earlier-purchase factor of a pool is the mean of its members' factors ({@link EarlierPurchaseFactors}) over
 * their days. Example: factors .5, 1 and 3 for none, one and more, and members who had bought once on a fifth of their
 * days and more often on a tenth: .5 + .2 x .5 + .1 x 2.5 = .85.
 */
public final class PoolBaselines {
    public static final Frame BASELINES = Frame.named("pool_baselines")
            .grain("one row per KOC, portrait and category that the KOC shares")
            .columns("""
                    koc_id                  STRING COMMENT 'The KOC',
                    portrait_id             STRING COMMENT 'Portrait of the members',
                    category                STRING COMMENT 'The category',
                    member_days             BIGINT COMMENT 'Days of the members in the pool, within the period',
                    earlier_purchase_factor DOUBLE COMMENT 'Rate of the members over that of the portrait, by earlier purchases',
                    baseline_purchases      DOUBLE COMMENT 'member_days x category rate of the portrait x earlier_purchase_factor'""");

    static final String[] KEY = {"koc_id", "portrait_id", "category"};

    private PoolBaselines() {}

    /**
     * Computes {@link #BASELINES}.
     *
     * @param shares {@link PurchaseExposure#SHARES} of the period
     * @param members {@link PoolMembers#MEMBERS}
     * @param earliest {@link UnexposedPurchases#EARLIEST_PURCHASES}
     * @param factors {@link EarlierPurchaseFactors#FACTORS}
     */
    public static Dataset<Row> compute(
            Dataset<Row> shares, Dataset<Row> members, Dataset<Row> earliest, Dataset<Row> factors) {
        Dataset<Row> memberDays = members.groupBy("koc_id", "portrait_id")
                .agg(sum(col("last_offset").minus(col("first_offset")).plus(1)).as("member_days"));
        Column factor = col("factor_none")
                .plus(col("days_one")
                        .multiply(col("factor_one").minus(col("factor_none")))
                        .plus(col("days_more").multiply(col("factor_more").minus(col("factor_none"))))
                        .divide(col("member_days")));
        return shares.select("koc_id", "category")
                .distinct()
                .join(memberDays, new String[] {"koc_id"}, "inner")
                .join(countDays(members, earliest), KEY, "left")
                .join(broadcast(factors), new String[] {"portrait_id", "category"}, "inner")
                .na()
                .fill(0, new String[] {"days_one", "days_more"})
                .withColumn("earlier_purchase_factor", factor)
                .withColumn(
                        "baseline_purchases",
                        col("member_days").multiply(col("category_rate")).multiply(col("earlier_purchase_factor")))
                .select(
                        "koc_id",
                        "portrait_id",
                        "category",
                        "member_days",
                        "earlier_purchase_factor",
                        "baseline_purchases");
    }

    /** KOC x portrait x category grain: days of members who had bought the category once, and more often. */
    private static Dataset<Row> countDays(Dataset<Row> members, Dataset<Row> earliest) {
        Column first = col("first_offset");
        Column last = col("last_offset");
        return members.join(earliest.drop("portrait_id"), new String[] {"user_id"}, "inner")
                .groupBy("koc_id", "portrait_id", "category")
                .agg(
                        sum(UnexposedPurchases.daysAfterOnePurchase(first, last))
                                .as("days_one"),
                        sum(UnexposedPurchases.daysAfterMorePurchases(first, last))
                                .as("days_more"));
    }
}
