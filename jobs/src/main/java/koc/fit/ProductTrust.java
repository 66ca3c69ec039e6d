package koc.fit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import koc.tables.Frame;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores how far a product can be trusted: for its value, its brand and its reviews. */
final class ProductTrust {
    /** What {@link #withTrust} needs: products with their totals, 0 where nothing is recorded. */
    static final Frame PRODUCT_EVIDENCE =
            Frame.named("product_evidence").grain("one row per product").columns("""
                    product_id STRING NOT NULL COMMENT 'Product',
                    brand STRING COMMENT 'Brand',
                    brand_tier INT COMMENT 'Tier of the brand, 1 (best) to 5',
                    is_consumable BOOLEAN NOT NULL COMMENT 'Whether it is bought again when used up',
                    buyers BIGINT NOT NULL COMMENT 'Users who bought and kept it',
                    repeat_buyers BIGINT NOT NULL COMMENT 'Buyers with purchases on several days',
                    purchase_lines BIGINT NOT NULL COMMENT 'Purchases',
                    refunded_lines BIGINT NOT NULL COMMENT 'Purchases refunded, in whole or in part',
                    complaints BIGINT NOT NULL COMMENT 'Complaints',
                    reviews BIGINT NOT NULL COMMENT 'Reviews',
                    rating_sum BIGINT NOT NULL COMMENT 'Sum of stars',
                    bad_reviews BIGINT NOT NULL COMMENT 'Reviews with one or two stars'""");

    /** Steps from the worst to the best value: of stars 1..5, and of brand tiers 5..1. */
    private static final double STEPS = 4;
    /** The worst brand tier. */
    private static final double WORST_TIER = 5;
    /** Trust of a product without any evidence. */
    private static final double NEUTRAL_TRUST = 0.5;
    /** Avoids a division by 0 when the complaint limit is 0. */
    private static final double EPSILON = 1e-9;

    private final FitSettings settings;
    private final Texts texts;

    ProductTrust(FitSettings settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
    }

    /**
     * The same products with trust and its three components, mean_rating, trust_reason and quality_gate.
     *
     * <ul>
     *   <li>trust_value: the fraction of purchases not refunded, shrunk. For a consumable, the mean of that and repeat /
     *       (repeat + mean repeat), which is .5 when as many buyers come back as for other products.
     *   <li>trust_brand: (5 - tier) / 4, and 1 less the brand's complaint rate over twice the limit; the mean where both
     *       are recorded.
     *   <li>trust_reviews: (mean stars - 1) / 4, shrunk towards the mean of all reviews.
     * </ul>
     *
     * @param products rows of {@link #PRODUCT_EVIDENCE}
     */
    Dataset<Row> withTrust(Dataset<Row> products) {
        Column rating = shrunkRating(settings.evidenceShrinkage());
        return withMeans(products)
                .withColumn("trust_value", when(col("purchase_lines").gt(0), trustInValue()))
                .withColumn("trust_brand", trustInBrand())
                .withColumn(
                        "trust_reviews",
                        when(
                                col("reviews").gt(0),
                                Fractions.fraction(rating.minus(1).divide(STEPS))))
                .withColumn(
                        "trust",
                        coalesce(
                                Fractions.fraction(Fractions.meanOfPresent(
                                        col("trust_value"), col("trust_brand"), col("trust_reviews"))),
                                lit(NEUTRAL_TRUST)))
                .withColumn(
                        "mean_rating",
                        when(col("reviews").gt(0), round(Fractions.ratio(col("rating_sum"), col("reviews")), 4)))
                .withColumn("quality_gate", new QualityGate(settings.gate(), texts).verdict())
                .withColumn("trust_reason", reason());
    }

    /** Adds the means over all products, and the complaints and purchases of each brand. */
    private static Dataset<Row> withMeans(Dataset<Row> products) {
        Dataset<Row> means = products.agg(
                Fractions.ratio(sum("refunded_lines"), sum("purchase_lines")).as("mean_refund_rate"),
                Fractions.ratio(sum("repeat_buyers"), sum("buyers")).as("mean_repeat_rate"),
                Fractions.ratio(sum("complaints"), sum("purchase_lines")).as("mean_complaint_rate"),
                Fractions.ratio(sum("rating_sum"), sum("reviews")).as("mean_stars"));
        Dataset<Row> brands = products.where("brand IS NOT NULL")
                .groupBy("brand")
                .agg(
                        sum("complaints").as("brand_complaints"),
                        sum("purchase_lines").as("brand_lines"));
        return products.crossJoin(means).join(brands, new String[] {"brand"}, "left");
    }

    private Column trustInValue() {
        double k = settings.evidenceShrinkage();
        Column refundRate = Fractions.shrunkRatio("refunded_lines", "purchase_lines", "mean_refund_rate", k);
        Column repeatRate = Fractions.shrunkRatio("repeat_buyers", "buyers", "mean_repeat_rate", k);
        Column keptFraction = when(col("mean_refund_rate").gt(0), lit(1.0).minus(refundRate));
        Column relativeRepeat = when(
                col("mean_repeat_rate").gt(0).and(col("is_consumable")),
                repeatRate.divide(repeatRate.plus(col("mean_repeat_rate"))));
        return Fractions.fraction(Fractions.meanOfPresent(keptFraction, relativeRepeat));
    }

    private Column trustInBrand() {
        Column complaintRate = Fractions.shrunkRatio(
                "brand_complaints", "brand_lines", "mean_complaint_rate", settings.evidenceShrinkage());
        double twiceTheLimit = 2 * settings.gate().maxComplaintRate() + EPSILON;
        Column tierScore = lit(WORST_TIER).minus(col("brand_tier")).divide(STEPS);
        Column complaintScore = when(
                col("mean_complaint_rate").gt(0).and(col("brand_lines").gt(0)),
                lit(1.0).minus(least(lit(1.0), complaintRate.divide(twiceTheLimit))));
        return Fractions.fraction(Fractions.meanOfPresent(tierScore, complaintScore));
    }

    /**
     * Mean stars, shrunk towards the mean of all reviews.
     *
     * @param k weight of that mean, in reviews
     */
    static Column shrunkRating(double k) {
        return col("rating_sum")
                .cast("double")
                .plus(coalesce(col("mean_stars"), lit(0.0)).multiply(k))
                .divide(col("reviews").plus(k));
    }

    private Column reason() {
        Column value = texts.column(
                "fit.trust.value",
                col("trust_value"),
                col("refunded_lines"),
                col("purchase_lines"),
                col("repeat_buyers"),
                col("buyers"));
        Column brand = texts.column(
                "fit.trust.brand",
                col("trust_brand"),
                coalesce(col("brand_tier").cast("string"), texts.column("fit.trust.not-assessed")),
                coalesce(col("brand_complaints"), lit(0L)));
        Column reviews = texts.column(
                "fit.trust.reviews", col("trust_reviews"), col("mean_rating"), col("reviews"), col("bad_reviews"));
        return array_join(
                array(
                        when(col("trust_value").isNotNull(), value).otherwise(texts.column("fit.trust.value.none")),
                        when(col("trust_brand").isNotNull(), brand).otherwise(texts.column("fit.trust.brand.none")),
                        when(col("trust_reviews").isNotNull(), reviews)
                                .otherwise(texts.column("fit.trust.reviews.none"))),
                "; ");
    }
}
