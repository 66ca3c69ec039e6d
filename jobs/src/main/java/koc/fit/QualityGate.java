package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import koc.statistics.Normal;
import koc.statistics.WilsonInterval;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * Decides whether a product may be recommended. A product fails when its brand tier is too low, or when its refunds,
 * complaints or stars are beyond a limit with 95% probability. Missing evidence never fails a product.
 */
final class QualityGate {
    /** Assumed standard deviation of the stars of a single review. */
    private static final double STARS_DEVIATION = 1.2;
    /** One average review is added, so that a single bad review does not make a product fail. */
    private static final double ADDED_REVIEWS = 1;

    private final FitSettings.Gate limits;
    private final Texts texts;

    QualityGate(FitSettings.Gate limits, Texts texts) {
        this.limits = limits;
        this.texts = texts;
    }

    /** The text pass, or the first limit that the product is beyond. */
    Column verdict() {
        Column refundRate = Fractions.ratio(col("refunded_lines"), col("purchase_lines"));
        Column complaintRate = Fractions.ratio(col("complaints"), col("purchase_lines"));
        Column hasPurchases = col("purchase_lines").gt(0);
        Column highestRating = ProductTrust.shrunkRating(ADDED_REVIEWS)
                .plus(lit(Normal.QUANTILE_95 * STARS_DEVIATION)
                        .divide(sqrt(col("reviews").plus(ADDED_REVIEWS))));
        return when(
                        col("brand_tier").gt(limits.maxBrandTier()),
                        texts.column("fit.gate.brand", col("brand_tier"), lit(limits.maxBrandTier())))
                .when(
                        hasPurchases.and(lowerBound(refundRate).gt(limits.maxRefundRate())),
                        texts.column(
                                "fit.gate.refunds",
                                col("refunded_lines"),
                                col("purchase_lines"),
                                refundRate.multiply(100),
                                lit(100 * limits.maxRefundRate())))
                .when(
                        hasPurchases.and(lowerBound(complaintRate).gt(limits.maxComplaintRate())),
                        texts.column(
                                "fit.gate.complaints",
                                col("complaints"),
                                col("purchase_lines"),
                                complaintRate.multiply(100),
                                lit(100 * limits.maxComplaintRate())))
                .when(
                        col("reviews").gt(0).and(highestRating.lt(limits.minRating())),
                        texts.column("fit.gate.rating", col("mean_rating"), col("reviews"), lit(limits.minRating())))
                .otherwise("pass");
    }

    /** A fraction of purchases is above this with 95% probability. */
    private static Column lowerBound(Column fraction) {
        return WilsonInterval.low(
                least(lit(1.0), fraction), col("purchase_lines").cast("double"));
    }
}
