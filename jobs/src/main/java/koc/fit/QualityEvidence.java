package koc.fit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What purchases, brand and reviews say of the quality of a product, 0..1: 0 is one star, 1 is five stars.
 *
 * <p>Each evidence becomes more precise with its count. So a product with many reviews is judged by them, and one
 * without reviews by its refunds and complaints. How much each tells was learned on generated products with known
 * quality; see {@code koc.fit.quality} in {@code reference.conf}.
 */
final class QualityEvidence {
    /** Steps from the worst to the best value: of stars 1..5, and of brand tiers 5..1. */
    static final double STEPS = 4;
    /** The worst brand tier. */
    private static final double WORST_TIER = 5;

    private final FitSettings.Quality settings;
    private final double shrinkage;

    QualityEvidence(FitSettings settings) {
        this.settings = settings.quality();
        this.shrinkage = settings.evidenceShrinkage();
    }

    /**
     * Adds what a product is compared with: mean_quality of all products, from all stars, and refund_rate,
     * complaint_rate and repeat_rate of its category. A rate is shrunk towards that of all products; it is null when
     * nothing of the kind is recorded.
     *
     * @param products rows of {@link ProductTrust#PRODUCT_EVIDENCE}
     */
    Dataset<Row> withMeans(Dataset<Row> products) {
        Dataset<Row> counted = products.withColumn("possible_repeats", whenConsumable("buyers"))
                .withColumn("consumable_repeats", whenConsumable("repeat_buyers"));
        Dataset<Row> overall = counted.agg(
                meanQuality().as("mean_quality"),
                Fractions.ratio(sum("refunded_lines"), sum("purchase_lines")).as("overall_refund_rate"),
                Fractions.ratio(sum("complaints"), sum("purchase_lines")).as("overall_complaint_rate"),
                Fractions.ratio(sum("consumable_repeats"), sum("possible_repeats"))
                        .as("overall_repeat_rate"));
        Dataset<Row> categories = counted.groupBy("path")
                .agg(
                        sum("purchase_lines").as("category_lines"),
                        sum("refunded_lines").as("category_refunds"),
                        sum("complaints").as("category_complaints"),
                        sum("possible_repeats").as("category_buyers"),
                        sum("consumable_repeats").as("category_repeats"))
                .crossJoin(overall)
                .select(
                        col("path"),
                        col("mean_quality"),
                        categoryRate("category_refunds", "category_lines", "overall_refund_rate")
                                .as("refund_rate"),
                        categoryRate("category_complaints", "category_lines", "overall_complaint_rate")
                                .as("complaint_rate"),
                        categoryRate("category_repeats", "category_buyers", "overall_repeat_rate")
                                .as("repeat_rate"));
        return products.join(categories, new String[] {"path"}, "left");
    }

    /** What is believed of a product before its own evidence: the mean quality of all products. */
    Evidence prior() {
        return new Evidence(col("mean_quality"), lit(1 / square(settings.priorDeviation())));
    }

    /** The mean stars of its reviews. Their error is that of single reviews over the square root of their number. */
    Evidence reviews() {
        Column stars = col("rating_sum").cast("double").divide(col("reviews"));
        Column variance = lit(square(settings.reviewDeviation() / STEPS)).divide(col("reviews"));
        return Evidence.measured(col("reviews").gt(0), stars.minus(1).divide(STEPS), variance);
    }

    /** Refunds and complaints and, of a consumable, repeat buyers. */
    Evidence purchases() {
        Evidence refunds = rate("refunded_lines", "purchase_lines", "refund_rate", -settings.refundSlope());
        Evidence complaints = rate("complaints", "purchase_lines", "complaint_rate", -settings.complaintSlope());
        Evidence repeats = rate("repeat_buyers", "buyers", "repeat_rate", settings.repeatSlope());
        Column isConsumable = col("is_consumable");
        return refunds.and(complaints)
                .and(new Evidence(
                        repeats.quality(),
                        when(isConsumable, repeats.precision()).otherwise(0.0)));
    }

    /** The tier of its brand. */
    Evidence brand() {
        return Evidence.measured(
                col("brand_tier").isNotNull(),
                lit(WORST_TIER).minus(col("brand_tier")).divide(STEPS),
                lit(square(settings.brandDeviation())));
    }

    /**
     * The quality that a rate r = count / total speaks for: mean quality + (r / m - 1) / slope, where m is the rate of the
     * category. Its variance is that of r, a Poisson count, plus that of products with equal rates.
     *
     * <p>Worked, for refunds, whose slope is -6: with m = .04, 12 refunds of 100 purchases are r = 3 m, and speak for .75 -
     * 2/6 = .42 where the mean quality is .75.
     */
    private Evidence rate(String count, String total, String categoryRate, double slope) {
        Column mean = col(categoryRate);
        Column purchases = col(total).cast("double");
        Column ratio = col(count).cast("double").divide(purchases).divide(mean);
        Column quality = col("mean_quality").plus(ratio.minus(1).divide(slope));
        Column ownRate = Fractions.shrunkRatio(count, total, categoryRate, shrinkage);
        Column variance = ownRate.divide(purchases.multiply(mean).multiply(mean).multiply(square(slope)))
                .plus(square(settings.rateDeviation()));
        return Evidence.measured(col(total).gt(0).and(mean.gt(0)), quality, variance);
    }

    /** The mean of all stars on the scale 0..1, shrunk towards the setting. */
    private Column meanQuality() {
        Column steps = coalesce(sum("rating_sum"), lit(0L))
                .minus(coalesce(sum("reviews"), lit(0L)))
                .cast("double");
        return steps.divide(STEPS)
                .plus(settings.priorMean() * shrinkage)
                .divide(coalesce(sum("reviews"), lit(0L)).plus(shrinkage));
    }

    private Column categoryRate(String count, String total, String overallRate) {
        return when(
                col(overallRate).gt(0), Fractions.shrunkRatio(count, total, overallRate, settings.categoryShrinkage()));
    }

    private static Column whenConsumable(String count) {
        return when(col("is_consumable"), col(count)).otherwise(0L);
    }

    private static double square(double value) {
        return value * value;
    }
}
