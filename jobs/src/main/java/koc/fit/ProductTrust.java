package koc.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import koc.tables.Frame;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Scores how far a product can be trusted: by purchases of it, its brand and its reviews. */
final class ProductTrust {
    /** What {@link #withTrust} needs: products with their totals, 0 where nothing is recorded. */
    static final Frame PRODUCT_EVIDENCE =
            Frame.named("product_evidence").grain("one row per product").columns("""
                    product_id STRING NOT NULL COMMENT 'Product',
                    path STRING NOT NULL COMMENT 'Category, cut to the configured depth',
                    brand_tier INT COMMENT 'Tier of the brand, 1 (best) to 5: the median of its products',
                    is_consumable BOOLEAN NOT NULL COMMENT 'Whether it is bought again when used up',
                    buyers BIGINT NOT NULL COMMENT 'Users who bought and kept it',
                    repeat_buyers BIGINT NOT NULL COMMENT 'Buyers who kept purchases of several days',
                    purchase_lines BIGINT NOT NULL COMMENT 'Purchases',
                    refunded_lines BIGINT NOT NULL COMMENT 'Purchases refunded, in whole or in part',
                    complaints BIGINT NOT NULL COMMENT 'Complaints',
                    reviews BIGINT NOT NULL COMMENT 'Reviews',
                    rating_sum BIGINT NOT NULL COMMENT 'Sum of stars',
                    bad_reviews BIGINT NOT NULL COMMENT 'Reviews with one or two stars'""");

    private final FitSettings settings;
    private final Texts texts;

    ProductTrust(FitSettings settings, Texts texts) {
        this.settings = settings;
        this.texts = texts;
    }

    /**
     * The same products with trust and its three components, mean_rating, trust_reason and quality_gate.
     *
     * <p>trust is the estimated quality, 0..1: the mean of all products and the evidences of {@link QualityEvidence},
     * weighted with their precisions. A component is the estimate by the mean of all products and this evidence alone.
     *
     * <p>Worked, with the default settings: the mean of all products, .8, has precision 1 / .2^2 = 25. 10 reviews with a
     * mean of 2 stars say .25, with precision 10 / (.9 / 4)^2 = 198. trust_reviews is (25 x .8 + 198 x .25) / 223 =
     * .31; its standard deviation is 1 / sqrt(223) = .07.
     *
     * @param products rows of {@link #PRODUCT_EVIDENCE}
     */
    Dataset<Row> withTrust(Dataset<Row> products) {
        QualityEvidence evidence = new QualityEvidence(settings);
        Evidence prior = evidence.prior();
        Evidence all = prior.and(evidence.purchases()).and(evidence.brand()).and(evidence.reviews());
        return evidence.withMeans(products)
                .withColumn("trust_purchases", estimate(prior, evidence.purchases()))
                .withColumn("trust_brand", estimate(prior, evidence.brand()))
                .withColumn("trust_reviews", estimate(prior, evidence.reviews()))
                .withColumn("trust", Fractions.fraction(all.quality()))
                .withColumn("trust_deviation", lit(1.0).divide(sqrt(all.precision())))
                .withColumn(
                        "mean_rating",
                        when(col("reviews").gt(0), round(Fractions.ratio(col("rating_sum"), col("reviews")), 4)))
                .withColumn("quality_gate", new QualityGate(settings.gate(), texts).verdict())
                .withColumn("trust_reason", reason());
    }

    /** The estimate by one evidence; null without it. */
    private static Column estimate(Evidence prior, Evidence evidence) {
        return when(evidence.isPresent(), Fractions.fraction(prior.and(evidence).quality()));
    }

    private Column reason() {
        Column hasEvidence = col("reviews")
                .gt(0)
                .or(col("purchase_lines").gt(0))
                .or(col("complaints").gt(0));
        return when(hasEvidence, new EvidenceText(texts).sentence("fit.trust"))
                .when(col("brand_tier").isNotNull(), texts.column("fit.trust.brand", col("brand_tier")))
                .otherwise(texts.pattern("fit.trust.none"));
    }
}
