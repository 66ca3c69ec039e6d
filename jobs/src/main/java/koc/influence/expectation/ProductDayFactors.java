package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSum;
import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;

import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.OrganicPurchases;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedDays;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Purchases of a product by unexposed users in the window that begins on a day, relative to its baseline. So a season
 * or a promotion does not look like influence.
 *
 * <p>With P unexposed purchases in the window, B expected at the baseline rate, and shrinkage k (5 by default), the
 * factor is (P + k) / (B + k). Worked: P = 15, B = 5, k = 5 give 2.
 */
public final class ProductDayFactors {
    public static final Frame FACTORS = Frame.named("product_day_factors")
            .grain("one row per product and day on which it was shared")
            .columns("""
                    product_id         STRING COMMENT 'The product',
                    day_offset         INT COMMENT 'First day of the window, counted from the first day of the period',
                    product_day_factor DOUBLE COMMENT 'Unexposed purchases in the window over those at the baseline rate, shrunk'""");

    private static final String[] PRODUCT_DAY = {"product_id", "day_offset"};

    private final InfluencePeriod period;
    private final int windowDays;
    private final double shrinkage;

    public ProductDayFactors(InfluencePeriod period, InfluenceSettings settings) {
        this.period = period;
        this.windowDays = settings.windowDays();
        this.shrinkage = settings.expectation().days();
    }

    /**
     * Computes {@link #FACTORS}.
     *
     * @param purchases {@link OrganicPurchases#PURCHASES} of the period
     * @param dailyPurchases product_id, day_offset, daily_purchases that are expected of the members exposed by a share
     * @param rates {@link BaselineRates#RATES}
     * @param portraitDays {@link PoolMembers#PORTRAIT_DAYS}
     */
    public Dataset<Row> compute(
            Dataset<Row> purchases,
            Dataset<Row> dailyPurchases,
            Dataset<Row> rates,
            Dataset<Row> portraitDays,
            DayFactors dayFactors) {
        Dataset<Row> purchaseCounts =
                purchases.groupBy("product_id", "day_offset").agg(count(lit(1)).as("purchases"));
        Dataset<Row> exposed = dailyPurchases
                .groupBy("product_id", "day_offset")
                .agg(preciseSum(col("daily_purchases")).as("newly_exposed"));
        WindowSpec trailingWindow =
                Window.partitionBy("product_id").orderBy("day_offset").rowsBetween(1 - windowDays, 0);
        WindowSpec leadingWindow =
                Window.partitionBy("product_id").orderBy("day_offset").rowsBetween(0, windowDays - 1);
        return exposed.select("product_id")
                .distinct()
                .join(computeBaselines(rates, portraitDays), new String[] {"product_id"}, "inner")
                .withColumn("day_offset", explode(sequence(lit(0), lit(period.days() - 1))))
                .join(purchaseCounts, PRODUCT_DAY, "left")
                .join(exposed, PRODUCT_DAY, "left")
                .withColumn("exposed", preciseSumOver(coalesce(col("newly_exposed"), lit(0.0)), trailingWindow))
                .withColumn("expected_unexposed", expectedUnexposed().multiply(dayFactors.factorOn(col("day_offset"))))
                .withColumn(
                        "product_day_factor",
                        sum(coalesce(col("purchases"), lit(0L)))
                                .over(leadingWindow)
                                .plus(shrinkage)
                                .divide(preciseSumOver(col("expected_unexposed"), leadingWindow)
                                        .plus(shrinkage)))
                .where("newly_exposed IS NOT NULL")
                .select("product_id", "day_offset", "product_day_factor");
    }

    /** Expected purchases on a day by users without a tie, and by users with ties whom no share exposed. */
    private static Column expectedUnexposed() {
        return col("baseline")
                .minus(col("tied_baseline"))
                .plus(col("tied_baseline")
                        .multiply(UnexposedDays.fraction(col("exposed"), col("tied_baseline"), col("ties_per_user"))));
    }

    /** Product grain: purchases of a day at the baseline rate, by all users (baseline) and by users with ties. */
    private Dataset<Row> computeBaselines(Dataset<Row> rates, Dataset<Row> portraitDays) {
        double days = period.days();
        return rates.join(broadcast(portraitDays), new String[] {"portrait_id"}, "inner")
                .groupBy("product_id")
                .agg(
                        preciseSum(col("rate").multiply(col("user_days")).divide(days))
                                .as("baseline"),
                        preciseSum(col("rate").multiply(col("tied_days")).divide(days))
                                .as("tied_baseline"),
                        max("ties_per_user").as("ties_per_user"));
    }
}
