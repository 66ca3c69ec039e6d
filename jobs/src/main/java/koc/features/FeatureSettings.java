package koc.features;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the features job, from {@code koc.features}.
 *
 * @param categoryDepth levels of a category path that are told apart
 * @param interestWeight what one sign of interest counts where a purchase counts 1
 * @param newcomerActions users with fewer product actions in 365 days are newcomers
 * @param habitShrinkage actions' worth of everybody's habits that a user's own are mixed with
 * @param holdoutDays days before the run date that portraits do not see, and on which fit is measured
 * @param tags when a user gets a tag
 * @param likelyAutomated when an account looks automatic
 * @param language of the evidence
 */
@Key("koc.features")
record FeatureSettings(
        @Range(min = 1, max = 10) int categoryDepth,
        @Range(min = 0, max = 1) double interestWeight,
        @Range(min = 0, max = 1_000) int newcomerActions,
        @Range(min = 0, max = 1_000) double habitShrinkage,
        @Range(min = 1, max = 365) int holdoutDays,
        Tags tags,
        LikelyAutomated likelyAutomated,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * When a user gets a tag.
     *
     * @param highValueFraction share of buyers, by spend, whose value is called high
     * @param lowValueFraction share of buyers, by spend, whose value is called low
     * @param categories categories that a user is tagged with at most
     * @param premiumPriceLevel price level from which a user is tagged price:premium
     * @param economyPriceLevel price level up to which a user is tagged price:economy
     * @param discountShare share of spend saved by discounts from which a user is tagged discount:seeker
     * @param sharerShares shares in 90 days from which a user is tagged social:sharer
     * @param time share of actions in each part of the week from which a user gets its tag
     */
    record Tags(
            @Range(min = 0.01, max = 0.5) double highValueFraction,
            @Range(min = 0.01, max = 0.5) double lowValueFraction,
            @Range(min = 1, max = 20) int categories,
            @Range(min = 1, max = 100) double premiumPriceLevel,
            @Range(min = 0, max = 1) double economyPriceLevel,
            @Range(min = 0, max = 1) double discountShare,
            @Range(min = 1, max = 1_000_000) int sharerShares,
            Time time) {}

    /** Share of a user's actions in the morning, evening, night or on weekends from which it is tagged so. */
    record Time(
            @Range(min = 0, max = 1) double morning,
            @Range(min = 0, max = 1) double evening,
            @Range(min = 0, max = 1) double night,
            @Range(min = 0, max = 1) double weekend) {}

    /**
     * When an account looks automatic.
     *
     * @param ratio shares and posts for each other action above which it does
     * @param actions shares and posts in 365 days below which it does not
     */
    record LikelyAutomated(
            @Range(min = 1, max = 1_000) double ratio,
            @Range(min = 1, max = 1_000_000) int actions) {}

    static FeatureSettings from(Config config) {
        return SettingsBinder.bind(config, FeatureSettings.class);
    }
}
