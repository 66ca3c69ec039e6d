package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSum;
import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
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
import koc.spark.Checkpoints;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Purchases of a product by unexposed users in the window of a share, over those expected at the baseline rate. So a
 * season or a promotion does not look like influence. A window ends when the same KOC shares the product again.
 *
 * <p>With P unexposed purchases in the window and B expected at the baseline rate, the factor is (P + s m) / (B + s).
 * The mean m and the strength s are those of all windows ({@link RatioPrior}): m is above 1 if KOCs share what is in
 * fashion, and s is small if seasons differ much. Example: P = 15, B = 5, m = 1.2, s = 10 give 27 / 15 = 1.8.
 *
 * <p>Only whole days count, from the first midnight in the window to the last: on the day of the share, members are
 * exposed for a part of the day only. Without a whole day in the window the factor is m.
 */
public final class ProductWindowFactors {
    public static final Frame FACTORS = Frame.named("product_window_factors")
            .grain("one row per product and window of a share of it")
            .columns("""
                    product_id            STRING COMMENT 'The product',
                    first_day             INT COMMENT 'First day of the window, counted from the first day of the period',
                    window_days           INT COMMENT 'Whole days in the window; 0 if it is shorter',
                    product_window_factor DOUBLE COMMENT 'Unexposed purchases in the window over those at the baseline rate, shrunk'""");

    private static final String[] PRODUCT_DAY = {"product_id", "day_offset"};
    private static final Column[] WINDOW = {col("product_id"), col("first_day"), col("window_days")};

    private final InfluencePeriod period;
    private final double shrinkage;
    private final Checkpoints checkpoints;

    public ProductWindowFactors(InfluencePeriod period, InfluenceSettings settings, Checkpoints checkpoints) {
        this.period = period;
        this.shrinkage = settings.shrinkage().productWindows();
        this.checkpoints = checkpoints;
    }

    /**
     * Adds first_day and window_days of shares with window_start and window_end. Example: from noon of day 59 to noon
     * of day 66 there are 6 whole days, 60 to 65.
     */
    static Dataset<Row> withWindow(Dataset<Row> shares) {
        return shares.withColumn("first_day", ceil(col("window_start")).cast("int"))
                .withColumn(
                        "window_days",
                        greatest(lit(0), floor(col("window_end")).cast("int").minus(col("first_day"))));
    }

    private static Column nearestDay(Column moment) {
        return floor(moment.plus(.5)).cast("int");
    }

    /**
     * Computes {@link #FACTORS}.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES} of the period
     * @param dailyPurchases one row per share and portrait: share_id, product_id, window_start, window_end,
     *     daily_purchases that are expected of the exposed members
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
                        "expected_after_shares",
                        greatest(lit(0.0), preciseSumOver(coalesce(col("change"), lit(0.0)), upToTheDay)))
                .withColumn(
                        "shares", sum(coalesce(col("share_change"), lit(0L))).over(upToTheDay))
                .select(
                        col("product_id"),
                        col("day_offset").as("window_day"),
                        coalesce(col("purchases"), lit(0L)).as("purchases"),
                        expectedWithoutShares()
                                .multiply(dayFactors.factorOn(col("day_offset")))
                                .as("expected_without_shares"));
        Dataset<Row> windows = checkpoints.compute(countInWindows(dailyPurchases, days));
        RatioPrior prior = RatioPrior.fit(windows, col("observed"), col("expected"), shrinkage);
        return windows.select(
                col("product_id"),
                col("first_day"),
                col("window_days"),
                prior.ratio(col("observed"), col("expected")).as("product_window_factor"));
    }

    /** Product x window grain: observed and expected unexposed purchases on the whole days in the window. */
    private static Dataset<Row> countInWindows(Dataset<Row> dailyPurchases, Dataset<Row> days) {
        Dataset<Row> windows = withWindow(dailyPurchases).select(WINDOW).distinct();
        Dataset<Row> counts = windows.where("window_days > 0")
                .withColumn(
                        "window_day",
                        explode(sequence(
                                col("first_day"),
                                col("first_day").plus(col("window_days")).minus(1))))
                .join(days, new String[] {"product_id", "window_day"}, "inner")
                .groupBy("product_id", "first_day", "window_days")
                .agg(
                        sum("purchases").as("observed"),
                        preciseSum(col("expected_without_shares")).as("expected"));
        return windows.join(counts, new String[] {"product_id", "first_day", "window_days"}, "left")
                .na()
                .fill(0, new String[] {"observed", "expected"});
    }

    /**
     * Product x day grain: change in the daily purchases expected of exposed members (change) and in the number of open
     * windows (share_change). Here, windows open and end at the nearest midnight; purchases in a window are counted on
     * its whole days instead. Windows of one KOC do not overlap, so the running sum counts a KOC's members once even if
     * the KOC shares every day.
     */
    private static Dataset<Row> exposureChanges(Dataset<Row> dailyPurchases) {
        return dailyPurchases
                .groupBy("product_id", "share_id", "window_start", "window_end")
                .agg(preciseSum(col("daily_purchases")).as("change"))
                .select(
                        col("product_id"),
                        explode(array(
                                        struct(
                                                nearestDay(col("window_start")).as("day_offset"),
                                                col("change"),
                                                lit(1L).as("share_change")),
                                        struct(
                                                nearestDay(col("window_end")).as("day_offset"),
                                                negate(col("change")).as("change"),
                                                lit(-1L).as("share_change"))))
                                .as("step"))
                .groupBy(col("product_id"), col("step.day_offset").as("day_offset"))
                .agg(
                        preciseSum(col("step.change")).as("change"),
                        sum("step.share_change").as("share_change"));
    }

    /**
     * Expected purchases on a day by users without a tie, and by users with ties who are exposed to no share. On a day
     * with n open windows, at most n ties of a user are exposed.
     */
    private static Column expectedWithoutShares() {
        Column ties = least(col("ties_per_tied_user"), greatest(lit(1L), col("shares")));
        return col("baseline")
                .minus(col("tied_baseline"))
                .plus(col("tied_baseline")
                        .multiply(UnexposedDays.fraction(col("expected_after_shares"), col("tied_baseline"), ties)));
    }

    /** Product grain: purchases of a day at the baseline rate, by all users (baseline) and by users with ties. */
    private Dataset<Row> computeBaselines(Dataset<Row> rates, Dataset<Row> portraitDays) {
        double days = period.days();
        return rates.join(broadcast(portraitDays), new String[] {"portrait_id"}, "inner")
                .groupBy("product_id")
                .agg(
                        preciseSum(col("rate").multiply(col("user_days")).divide(days))
                                .as("baseline"),
                        preciseSum(col("rate")
                                        .multiply(col("days_of_tied_users"))
                                        .divide(days))
                                .as("tied_baseline"),
                        max("ties_per_tied_user").as("ties_per_tied_user"));
    }
}
