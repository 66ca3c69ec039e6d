package koc.features;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * Settings of the features job, from {@code koc.features}.
 *
 * @param categoryDepth levels of a category path that are kept
 * @param interestWeight weight of a sign of interest, compared with 1 for a purchase
 * @param newcomerActions users with fewer product actions in 365 days are newcomers
 * @param habitShrinkage prior weight of the population's habits, in actions
 * @param holdoutDays last days of the history: portraits are fitted without them, and fit is measured on them
 * @param tags when a user gets a tag
 * @param likelyAutomated when an account looks automated
 * @param likelyJointAccount when several people seem to use an account
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
        LikelyJointAccount likelyJointAccount,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * When a user gets a tag.
     *
     * @param highValueFraction fraction of buyers, highest spend first, tagged value:high
     * @param lowValueFraction fraction of buyers, lowest spend first, tagged value:low
     * @param categories maximum number of categories that a user is tagged with
     * @param premiumPriceLevel minimum price level of the tag price:premium
     * @param economyPriceLevel maximum price level of the tag price:economy
     * @param discountRate minimum discount rate of the tag discount:seeker
     * @param sharerShares minimum shares in 90 days of the tag social:sharer
     * @param time minimum fractions of the tags for times of the week
     */
    record Tags(
            @Range(min = 0.01, max = 0.5) double highValueFraction,
            @Range(min = 0.01, max = 0.5) double lowValueFraction,
            @Range(min = 1, max = 20) int categories,
            @Range(min = 1, max = 100) double premiumPriceLevel,
            @Range(min = 0, max = 1) double economyPriceLevel,
            @Range(min = 0, max = 1) double discountRate,
            @Range(min = 1, max = 1_000_000) int sharerShares,
            Time time) {}

    /** Minimum fraction of a user's actions at a time of the week for the tag of that time. */
    record Time(
            @Range(min = 0, max = 1) double morning,
            @Range(min = 0, max = 1) double evening,
            @Range(min = 0, max = 1) double night,
            @Range(min = 0, max = 1) double weekend) {}

    /**
     * When an account looks automated.
     *
     * @param ratio minimum number of shares and posts per other action
     * @param actions minimum number of shares and posts in 365 days
     */
    record LikelyAutomated(
            @Range(min = 1, max = 1_000) double ratio,
            @Range(min = 1, max = 1_000_000) int actions) {}

    /**
     * When several people seem to use an account: it has at least the orders and the spreads, and either the orders per
     * day or the fraction of all orders.
     *
     * @param orders minimum number of orders in 365 days
     * @param spreads minimum number of spreads that ln(orders) is above the median buyer
     * @param ordersPerDay minimum number of orders per day with orders
     * @param orderFraction minimum fraction of the orders of all users
     */
    record LikelyJointAccount(
            @Range(min = 1, max = 1_000_000) int orders,
            @Range(min = 0, max = 100) double spreads,
            @Range(min = 1, max = 1_000) double ordersPerDay,
            @Range(min = 0, max = 1) double orderFraction) {}

    static FeatureSettings from(Config config) {
        return SettingsBinder.bind(config, FeatureSettings.class);
    }
}
