package koc.influence.expectation;

import static koc.spark.ExactSums.preciseSum;
import static koc.spark.ExactSums.preciseSumOver;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import koc.influence.InfluencePeriod;
import koc.influence.InfluenceSettings;
import koc.influence.exposure.GroupWindow;
import koc.influence.exposure.PoolMembers;
import koc.influence.exposure.ShareExposures;
import koc.influence.exposure.UnexposedDays;
import koc.influence.exposure.UnexposedPurchases;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How often users of a portrait buy a product on days without exposure to a share of it.
 *
 * <p>Most portraits buy most products rarely, so each rate is shrunk towards the product's fraction of its category:
 * with P the unexposed purchases, U the unexposed user days, B = category rate x product fraction x U the purchases
 * expected from the category, and k the shrinkage (2 by default),
 *
 * <pre>rate = (P + k) / (B + k) x B / U</pre>
 *
 * <p>Example: P = 6, U = 500, B = 4 and k = 2 give (8 / 6) x 4 / 500 = .0107 purchases per user and day.
 */
public final class BaselineRates {
    public static final Frame RATES = Frame.named("baseline_rates")
            .grain("one row per portrait and product")
            .columns("""
                    portrait_id   STRING COMMENT 'The portrait',
                    product_id    STRING COMMENT 'The product',
                    category      STRING COMMENT 'Its category',
                    rate          DOUBLE COMMENT 'Purchases of the product per unexposed user and day, shrunk',
                    category_rate DOUBLE COMMENT 'Purchases of the category per unexposed user and day'""");

    private static final String[] PORTRAIT_PRODUCT = {"portrait_id", "product_id"};
    /** A product counts at least as many: one that sold only after shares might sell without a share, too. */
    private static final double MIN_PURCHASES = .5;

    private static final double MIN_DAYS = 1e-6;

    private final InfluencePeriod period;
    private final int windowDays;
    private final double shrinkage;

    public BaselineRates(InfluencePeriod period, InfluenceSettings settings) {
        this.period = period;
        this.windowDays = settings.windowDays();
        this.shrinkage = settings.shrinkage().productRate();
    }

    /**
     * Computes {@link #RATES}.
     *
     * @param purchases {@link UnexposedPurchases#PURCHASES} of the period
     * @param exposures {@link ShareExposures#EXPOSURES}
     * @param portraitDays {@link PoolMembers#PORTRAIT_DAYS}
     */
    public Dataset<Row> compute(Dataset<Row> purchases, Dataset<Row> exposures, Dataset<Row> portraitDays) {
        Dataset<Row> purchaseCounts =
                purchases.groupBy("portrait_id", "product_id").agg(count(lit(1)).as("purchases"));
        Column unexposed = greatest(lit(MIN_DAYS), col("user_days").minus(coalesce(col("exposed_days"), lit(0.0))));
        return computeProductFractions(purchases, exposures)
                .crossJoin(broadcast(portraitDays))
                .join(purchaseCounts, PORTRAIT_PRODUCT, "left")
                .join(computeExposedDays(exposures, portraitDays), PORTRAIT_PRODUCT, "left")
                .withColumn("purchases", coalesce(col("purchases"), lit(0L)).cast("double"))
                .withColumn("unexposed_days", unexposed)
                .withColumn("category_purchases", sum("purchases").over(GroupWindow.by("portrait_id", "category")))
                .withColumn(
                        "category_unexposed_days",
                        preciseSumOver(
                                col("unexposed_days").multiply(col("product_fraction")),
                                GroupWindow.by("portrait_id", "category")))
                .withColumn("category_rate", col("category_purchases").divide(col("category_unexposed_days")))
                .withColumn(
                        "expected_from_category",
                        col("category_rate").multiply(col("product_fraction")).multiply(col("unexposed_days")))
                .withColumn("rate", shrinkRate(col("purchases"), col("expected_from_category"), col("unexposed_days")))
                .select("portrait_id", "product_id", "category", "rate", "category_rate");
    }

    private Column shrinkRate(Column purchases, Column expectedFromCategory, Column unexposedDays) {
        return purchases
                .plus(shrinkage)
                .divide(expectedFromCategory.plus(shrinkage))
                .multiply(expectedFromCategory)
                .divide(unexposedDays);
    }

    /**
     * Portrait x product grain: exposed_days, user days in the windows of shares of the product. The period is divided
     * into blocks of window-days (7 by default). All exposed days of a share count in the block of the share, although
     * its window may reach into the next one.
     */
    private Dataset<Row> computeExposedDays(Dataset<Row> exposures, Dataset<Row> portraitDays) {
        int days = period.days();
        Column blockFraction = least(
                        lit(windowDays), lit(days).minus(col("block").multiply(windowDays)))
                .divide((double) days);
        return exposures
                .groupBy(
                        col("portrait_id"),
                        col("product_id"),
                        floor(col("day_offset").divide(windowDays)).as("block"))
                .agg(preciseSum(col("members").multiply(col("window_end").minus(col("window_start"))))
                        .as("exposed_tie_days"))
                .join(broadcast(portraitDays), new String[] {"portrait_id"}, "inner")
                .withColumn("block_days", col("days_of_tied_users").multiply(blockFraction))
                .withColumn(
                        "exposed_fraction",
                        lit(1.0).minus(UnexposedDays.fraction(
                                col("exposed_tie_days"), col("block_days"), col("ties_per_tied_user"))))
                .groupBy("portrait_id", "product_id")
                .agg(preciseSum(col("block_days").multiply(col("exposed_fraction")))
                        .as("exposed_days"));
    }

    /** Product grain: product_fraction, the product's fraction of its category's unexposed purchases. */
    private static Dataset<Row> computeProductFractions(Dataset<Row> purchases, Dataset<Row> exposures) {
        return purchases
                .select("product_id", "category")
                .withColumn("purchases", lit(1L))
                .unionByName(
                        exposures.select("product_id", "category").distinct().withColumn("purchases", lit(0L)))
                .groupBy("product_id", "category")
                .agg(sum("purchases").as("product_purchases"))
                .withColumn("total_category_purchases", sum("product_purchases").over(GroupWindow.by("category")))
                .select(
                        col("product_id"),
                        col("category"),
                        greatest(lit(MIN_PURCHASES), col("product_purchases"))
                                .divide(greatest(lit(MIN_PURCHASES), col("total_category_purchases")))
                                .as("product_fraction"));
    }
}
