package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSum;
import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.UnexposedDays;
import koc.influence.exposure.UnexposedPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Purchases of a product by unexposed users in the window of a share, relative to its baseline. So a season or a
 * promotion does not look like influence. The window is the share's own: it ends when the KOC shares the product again.
 *
 * <p>With P unexposed purchases in the window, B expected at the baseline rate, and shrinkage k (5 by default), the
 * factor is (P + k) / (B + k). Example: P = 15, B = 5, k = 5 give 2.
 */
public final class ProductDayFactors {
    public static final Frame FACTORS = Frame.named("product_day_factors")
            .grain("one row per product and window of a share of it")
            .columns("""
                    product_id         STRING COMMENT 'The product',
                    day_offset         INT COMMENT 'First day of the window, counted from the first day of the period',
                    window_days        INT COMMENT 'Days in the window, as windowDays() counts them',
                    product_day_factor DOUBLE COMMENT 'Unexposed purchases in the window over those at the baseline rate, shrunk'""");

    private static final String[] PRODUCT_DAY = {"product_id", "day_offset"};

    private final InfluencePeriod period;
    private final double shrinkage;

    public ProductDayFactors(InfluencePeriod period, InfluenceSettings settings) {
        this.period = period;
        this.shrinkage = settings.shrinkage().productDays();
    }

    /**
     * Days in the window of a share, at least 1. The day of the share counts, and the day on which the window ends does
     * not: it may belong to the next share. Example: from noon of day 59 to noon of day 66 there are 7, days 59 to 65.
     */
    static Column windowDays() {
        return greatest(lit(1), windowEndDay().minus(col("day_offset")));
    }

    /**
     * Computes {@link #FACTORS}.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES} of the period
     * @param dailyPurchases product_id, day_offset, window_end, daily_purchases that are expected of the members exposed by
     *     a share
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
        WindowSpec upToTheDay = Window.partitionBy("product_id")
                .orderBy("day_offset")
                .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        Dataset<Row> days = dailyPurchases
                .select("product_id")
                .distinct()
                .join(computeBaselines(rates, portraitDays), new String[] {"product_id"}, "inner")
                .withColumn("day_offset", explode(sequence(lit(0), lit(period.days() - 1))))
                .join(purchaseCounts, PRODUCT_DAY, "left")
                .join(exposureChanges(dailyPurchases), PRODUCT_DAY, "left")
                .withColumn(
                        "exposed", greatest(lit(0.0), preciseSumOver(coalesce(col("change"), lit(0.0)), upToTheDay)))
                .select(
                        col("product_id"),
                        col("day_offset").as("window_day"),
                        coalesce(col("purchases"), lit(0L)).as("purchases"),
                        expectedUnexposed()
                                .multiply(dayFactors.factorOn(col("day_offset")))
                                .as("expected_unexposed"));
        return dailyPurchases
                .select(col("product_id"), col("day_offset"), windowDays().as("window_days"))
                .distinct()
                .withColumn(
                        "window_day",
                        explode(sequence(
                                col("day_offset"),
                                col("day_offset").plus(col("window_days")).minus(1))))
                .join(days, new String[] {"product_id", "window_day"}, "inner")
                .groupBy("product_id", "day_offset", "window_days")
                .agg(sum("purchases")
                        .plus(shrinkage)
                        .divide(preciseSum(col("expected_unexposed")).plus(shrinkage))
                        .as("product_day_factor"));
    }

    /**
     * Product x day grain: by how much the purchases expected of exposed members rise (a share) or fall (its window
     * ends) on the day. Windows of one KOC do not overlap, so the running sum counts a KOC's members once even if the
     * KOC shares every day.
     */
    private static Dataset<Row> exposureChanges(Dataset<Row> dailyPurchases) {
        return dailyPurchases
                .select(
                        col("product_id"),
                        explode(array(
                                        struct(
                                                col("day_offset"),
                                                col("daily_purchases").as("change")),
                                        struct(
                                                windowEndDay().as("day_offset"),
                                                negate(col("daily_purchases")).as("change"))))
                                .as("step"))
                .groupBy(col("product_id"), col("step.day_offset").as("day_offset"))
                .agg(preciseSum(col("step.change")).as("change"));
    }

    private static Column windowEndDay() {
        return floor(col("window_end")).cast("int");
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
