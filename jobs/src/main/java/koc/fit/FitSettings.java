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
 * @param evidenceShrinkage weight of the mean of all products, in purchases or reviews, when a product's rate is estimated
 * @param generality when a product has a generality of its own
 * @param cycle when repeat purchases make a product a consumable
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

    /** The limits of the quality gate: a product fails when it is beyond one of them with 95% probability. */
    record Gate(
            @Range(min = 0, max = 1) double maxRefundRate,
            @Range(min = 0, max = 1) double maxComplaintRate,
            @Range(min = 1, max = 5) double minRating,
            @Range(min = 1, max = 5) int maxBrandTier) {}

    static FitSettings from(Config config) {
        return SettingsBinder.bind(config, FitSettings.class);
    }
}
