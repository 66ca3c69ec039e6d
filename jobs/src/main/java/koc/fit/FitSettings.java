package koc.fit;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the fit job, from {@code koc.fit}.
 *
 * @param rateShrinkage weight of the expected buy rate, in users, when a portrait's buy rate is estimated
 * @param priorSampleRows rows that a prior is fitted on at most
 * @param evidenceShrinkage weight of the mean of all products, in purchases or reviews, when a rate is estimated
 * @param generality when a product has a generality of its own
 * @param cycle when repeat purchases make a product a consumable
 * @param quality how much each evidence says of the quality of a product
 * @param gate the limits of the quality gate
 * @param categoryDepth levels of a category path that are kept, from {@code koc.features}
 * @param language language of reasons
 * @param seed seed of the sample that a prior is fitted on
 */
@Key("koc.fit")
record FitSettings(
        @Range(min = 0, max = 10_000) double rateShrinkage,
        @Range(min = 100, max = 1_000_000) int priorSampleRows,
        @Range(min = 0.1, max = 10_000) double evidenceShrinkage,
        Generality generality,
        Cycle cycle,
        Quality quality,
        Gate gate,

        @Key("koc.features.category-depth") @Range(min = 1, max = 10)
        int categoryDepth,

        @Key("koc.language") @OneOf({"en", "zh"}) String language,
        @Key("koc.seed") long seed) {

    /**
     * When a product has a generality of its own.
     *
     * @param minBuyers with fewer buyers it gets the generality of its category
     */
    record Generality(@Range(min = 0, max = 100_000) int minBuyers) {}

    /**
     * When a product without use_cycle_days counts as a consumable.
     *
     * @param minRepeatBuyers minimum number of buyers who bought it on more than one day
     * @param minRepeatRate minimum fraction of buyers who did so
     */
    record Cycle(
            @Range(min = 1, max = 100_000) int minRepeatBuyers,
            @Range(min = 0, max = 1) double minRepeatRate) {}

    /**
     * How much each evidence says of the quality of a product, 0..1.
     *
     * @param priorMean mean quality of products when no reviews are recorded
     * @param priorDeviation standard deviation of the quality of products
     * @param reviewDeviation standard deviation of the stars of a single review around the mean of its product, in stars
     * @param refundSlope how many times the mean refund rate is added when the quality is lower by 1
     * @param complaintSlope the same for complaints
     * @param repeatSlope how many times the mean repeat rate is lost when the quality is lower by 1
     * @param rateDeviation standard deviation of the quality of products with equal rates
     * @param brandDeviation standard deviation of the quality of products of brands with equal tiers
     * @param categoryShrinkage weight of the rate of all products, in purchases, when that of a category is estimated
     */
    record Quality(
            @Range(min = 0, max = 1) double priorMean,
            @Range(min = 0.01, max = 1) double priorDeviation,
            @Range(min = 0.1, max = 4) double reviewDeviation,
            @Range(min = 0.1, max = 100) double refundSlope,
            @Range(min = 0.1, max = 100) double complaintSlope,
            @Range(min = 0.1, max = 100) double repeatSlope,
            @Range(min = 0, max = 10) double rateDeviation,
            @Range(min = 0.01, max = 100) double brandDeviation,
            @Range(min = 0, max = 1_000_000) double categoryShrinkage) {}

    /**
     * The limits of the quality gate. A product fails when it is beyond a rate with 95% probability, or below the quality
     * with a probability of certainty.
     *
     * @param minRating minimum quality by all evidence, in stars
     * @param certainty probability with which the quality of a refused product is below it
     */
    record Gate(
            @Range(min = 0, max = 1) double maxRefundRate,
            @Range(min = 0, max = 1) double maxComplaintRate,
            @Range(min = 1, max = 5) double minRating,
            @Range(min = 0.5, max = 0.999) double certainty,
            @Range(min = 1, max = 5) int maxBrandTier) {}

    static FitSettings from(Config config) {
        return SettingsBinder.bind(config, FitSettings.class);
    }
}
