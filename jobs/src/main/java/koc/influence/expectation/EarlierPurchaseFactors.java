package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.GroupWindow;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How often users buy a category, by their number of earlier unexposed purchases of it (none, one, more), relative to
 * their portrait's rate. The number is counted anew for each day.
 *
 * <p>The factor of a group is its purchases over those expected at the portrait's category rate. It is shrunk towards
 * the factor of the same group in all portraits together, with the weight of 20 expected purchases by default. The
 * three factors are then divided by their mean over the days of the portrait. Example: users who had not bought before
 * make 40 purchases where 100 are expected, and in all portraits together half as many as expected: (40 + 20 x .5) /
 * (100 + 20) = .42.
 */
public final class EarlierPurchaseFactors {
    public static final Frame FACTORS = Frame.named("earlier_purchase_factors")
            .grain("one row per portrait and category")
            .columns("""
                    portrait_id   STRING COMMENT 'The portrait',
                    category      STRING COMMENT 'The category',
                    category_rate DOUBLE COMMENT 'Purchases of the category per unexposed user and day',
                    factor_none   DOUBLE COMMENT 'Rate of users without an earlier purchase, over category_rate',
                    factor_one    DOUBLE COMMENT 'Rate of users with one earlier purchase, over category_rate',
                    factor_more   DOUBLE COMMENT 'Rate of users with two or more earlier purchases, over category_rate'""");

    private static final String[] PORTRAIT_CATEGORY = {"portrait_id", "category"};
    /** Users by the number of their earlier purchases of the category; endings of column names. */
    private static final List<String> GROUPS = List.of("none", "one", "more");

    private static final double TINY = 1e-9;

    private final InfluencePeriod period;
    private final double shrinkage;

    public EarlierPurchaseFactors(InfluencePeriod period, InfluenceSettings settings) {
        this.period = period;
        this.shrinkage = settings.shrinkage().earlierPurchases();
    }

    /**
     * Computes {@link #FACTORS}.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES} of the period
     * @param earliest {@link UnexposedPurchases#EARLIEST_PURCHASES}
     * @param rates {@link BaselineRates#RATES}
     * @param portraitDays {@link PoolMembers#PORTRAIT_DAYS}
     */
    public Dataset<Row> compute(
            Dataset<Row> purchases, Dataset<Row> earliest, Dataset<Row> rates, Dataset<Row> portraitDays) {
        Dataset<Row> factors = countPurchasesAndDays(purchases, earliest, rates, portraitDays);
        for (String group : GROUPS) {
            factors = withShrunkFactor(factors, group);
        }
        Column weighted = lit(0.0);
        Column days = lit(0.0);
        for (String group : GROUPS) {
            weighted = weighted.plus(col("factor_" + group).multiply(col("days_" + group)));
            days = days.plus(col("days_" + group));
        }
        Column mean = weighted.divide(greatest(lit(TINY), days));
        return factors.withColumn("mean", when(mean.gt(0), mean).otherwise(lit(1.0)))
                .select(
                        col("portrait_id"),
                        col("category"),
                        col("category_rate"),
                        col("factor_none").divide(col("mean")).as("factor_none"),
                        col("factor_one").divide(col("mean")).as("factor_one"),
                        col("factor_more").divide(col("mean")).as("factor_more"));
    }

    /** Portrait x category grain: purchases_none, _one, _more and days_none, _one, _more of the three groups. */
    private Dataset<Row> countPurchasesAndDays(
            Dataset<Row> purchases, Dataset<Row> earliest, Dataset<Row> rates, Dataset<Row> portraitDays) {
        Column first = lit(0);
        Column last = lit(period.days() - 1);
        Dataset<Row> days = earliest.groupBy("portrait_id", "category")
                .agg(
                        sum(UnexposedPurchases.daysAfterOnePurchase(first, last))
                                .as("days_one"),
                        sum(UnexposedPurchases.daysAfterMorePurchases(first, last))
                                .as("days_more"));
        return rates.groupBy("portrait_id", "category")
                .agg(max("category_rate").as("category_rate"))
                .join(broadcast(portraitDays), new String[] {"portrait_id"}, "inner")
                .join(days, PORTRAIT_CATEGORY, "left")
                .join(countPurchases(purchases, earliest), PORTRAIT_CATEGORY, "left")
                .na()
                .fill(0, new String[] {"days_one", "days_more", "purchases_none", "purchases_one", "purchases_more"})
                .withColumn(
                        "days_none",
                        greatest(
                                lit(0.0),
                                col("user_days").minus(col("days_one")).minus(col("days_more"))));
    }

    private static Dataset<Row> countPurchases(Dataset<Row> purchases, Dataset<Row> earliest) {
        Column hadNone = col("first_purchase_offset").geq(col("day_offset"));
        Column hadMore = col("second_purchase_offset").lt(col("day_offset"));
        Column hadOne = col("first_purchase_offset")
                .lt(col("day_offset"))
                .and(col("second_purchase_offset").geq(col("day_offset")));
        return purchases
                .join(earliest, new String[] {"user_id", "portrait_id", "category"}, "inner")
                .groupBy("portrait_id", "category")
                .agg(
                        sum(when(hadNone, 1).otherwise(0)).as("purchases_none"),
                        sum(when(hadOne, 1).otherwise(0)).as("purchases_one"),
                        sum(when(hadMore, 1).otherwise(0)).as("purchases_more"));
    }

    private Dataset<Row> withShrunkFactor(Dataset<Row> counts, String group) {
        Column expected = col("category_rate").multiply(col("days_" + group));
        Column overallFactor = sum("purchases_" + group)
                .over(GroupWindow.by("category"))
                .divide(greatest(lit(TINY), preciseSumOver(expected, GroupWindow.by("category"))));
        return counts.withColumn("overall_factor_" + group, overallFactor)
                .withColumn(
                        "factor_" + group,
                        col("purchases_" + group)
                                .plus(col("overall_factor_" + group).multiply(shrinkage))
                                .divide(expected.plus(shrinkage)));
    }
}
