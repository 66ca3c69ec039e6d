package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import koc.statistics.Normal;
import koc.statistics.WilsonInterval;
import koc.text.Texts;
import org.apache.spark.sql.Column;

/**
 * Decides whether a product may be recommended. A product fails when its brand tier is too low, when its refunds or
 * complaints are beyond a limit with 95% probability, or when its quality by all evidence is below one with 90%
 * probability (default). Missing evidence never fails a product.
 */
final class QualityGate {
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
        return when(col("brand_tier").gt(limits.maxBrandTier()), texts.column("fit.gate.brand", col("brand_tier")))
                .when(
                        hasPurchases.and(lowerBound(refundRate).gt(limits.maxRefundRate())),
                        texts.column("fit.gate.refunds", col("refunded_lines"), col("purchase_lines")))
                .when(
                        hasPurchases.and(lowerBound(complaintRate).gt(limits.maxComplaintRate())),
                        texts.column("fit.gate.complaints", col("complaints"), col("purchase_lines")))
                .when(isQualityTooLow(), new EvidenceText(texts).sentence("fit.gate.quality"))
                .otherwise("pass");
    }

    /**
     * Whether the quality is certainly below that of the minimum stars: trust + z standard deviations is, with z = 1.28
     * for a certainty of 90%.
     *
     * <p>Worked: 3 stars are the quality .5. A trust of .31 with deviation .07 reaches .40: the product fails. A trust of
     * .42 with deviation .09 reaches .54: it passes.
     */
    private Column isQualityTooLow() {
        double minQuality = (limits.minRating() - 1) / QualityEvidence.STEPS;
        double deviations = Normal.quantile(limits.certainty());
        return col("trust").plus(col("trust_deviation").multiply(deviations)).lt(minQuality);
    }

    /** A fraction of purchases is above this with 95% probability. */
    private static Column lowerBound(Column fraction) {
        return WilsonInterval.low(
                least(lit(1.0), fraction), col("purchase_lines").cast("double"));
    }
}
