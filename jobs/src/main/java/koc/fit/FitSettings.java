package koc.fit;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the fit job, from {@code koc.fit}.
 *
 * @param rateShrinkage users' worth of the expected rate that a portrait's own rate is mixed with
 * @param priorCells cells that a prior is fitted on at most
 * @param evidenceShrinkage purchases' or reviews' worth of everybody's that a product's own evidence is mixed with
 * @param generality when a product has a generality of its own
 * @param cycle when repeat purchases make a product a consumable
 * @param gate what fails a product
 * @param categoryDepth levels of a category path that are told apart, from {@code koc.features}
 * @param language of reasons
 * @param seed seed of the sample of cells
 */
@Key("koc.fit")
record FitSettings(
        @Range(min = 0, max = 10_000) double rateShrinkage,
        @Range(min = 100, max = 1_000_000) int priorCells,
        @Range(min = 0.1, max = 10_000) double evidenceShrinkage,
        Generality generality,
        Cycle cycle,
        Gate gate,

        @Key("koc.features.category-depth") @Range(min = 1, max = 10)
        int categoryDepth,

        @Key("koc.language") @OneOf({"en", "zh"}) String language,
        @Key("koc.seed") long seed) {

    /** Below this many buyers a product takes its category's generality. */
    record Generality(@Range(min = 0, max = 100_000) int minBuyers) {}

    /** When repeat purchases teach a use cycle: this many repeat buyers, and this share of buyers. */
    record Cycle(
            @Range(min = 1, max = 100_000) int minRepeatBuyers,
            @Range(min = 0, max = 1) double minRepeatRate) {}

    /** The bar: a product fails when its evidence is surely on the wrong side of one of these. */
    record Gate(
            @Range(min = 0, max = 1) double maxRefundRate,
            @Range(min = 0, max = 1) double maxComplaintRate,
            @Range(min = 1, max = 5) double minRating,
            @Range(min = 1, max = 5) int maxBrandTier) {}

    static FitSettings from(Config config) {
        return SettingsBinder.bind(config, FitSettings.class);
    }
}
