package koc.influence;

import com.typesafe.config.Config;
import koc.config.ConfigFingerprint;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * The settings of the influence job; {@code koc.influence} in conf/reference.conf explains each key.
 *
 * @param historyDays days of shares and purchases that are measured; at least 90, because columns in _90d need them
 * @param windowDays days after a share in which purchases count as exposed
 * @param tie how the strength of ties is computed
 * @param credit how purchases are credited to touches
 * @param shrinkage how strongly the factors of expected purchases are shrunk
 * @param prior how the prior of the lifts is fitted
 * @param fraud thresholds of the flags
 * @param categoryDepth levels of a category path that are kept, from {@code koc.features}
 * @param language of the evidence
 * @param seed seed of the sample that the prior is fitted to
 */
@Key("koc.influence")
public record InfluenceSettings(
        @Range(min = 90, max = 365) int historyDays,
        @Range(min = 1, max = 90) int windowDays,
        Tie tie,
        Credit credit,
        Shrinkage shrinkage,
        Prior prior,
        Fraud fraud,

        @Key("koc.features.category-depth") @Range(min = 1, max = 10)
        int categoryDepth,

        @Key("koc.language") @OneOf({"en", "zh"}) String language,
        @Key("koc.seed") long seed) {

    /** How contacts decay, how much each type counts, and when a tie is strong. */
    public record Tie(
            @Range(min = 0.5, max = 1) double decay,
            @Range(min = 1, max = 3650) int days,
            TieWeight weight,
            @Range(min = 0, max = 1_000_000) double strong) {}

    /**
     * How much each type of contact counts.
     *
     * @param answer weight of a question or an answer
     */
    public record TieWeight(
            @Range(min = 0, max = 1_000) double open,
            @Range(min = 0, max = 1_000) double answer,
            @Range(min = 0, max = 1_000) double purchase,
            @Range(min = 0, max = 1_000) double attend,
            @Range(min = 0, max = 1_000) double sharedExperience,
            @Range(min = 0, max = 1_000) double other) {}

    /** How much touches count for a purchase, and how they decay. */
    public record Credit(
            CreditWeight weight,
            @Range(min = 0, max = 3650) int referralDays,
            @Range(min = 0.01, max = 3650) double halfLifeDays) {}

    /** How much touches of each type count for a purchase. */
    public record CreditWeight(
            @Range(min = 0, max = 1_000) double share,
            @Range(min = 0, max = 1_000) double open,
            @Range(min = 0, max = 1_000) double inquiry,
            @Range(min = 0, max = 1_000) double referral) {}

    /** The weight of the prior of each factor of expected purchases. The unit is one expected purchase. */
    public record Shrinkage(
            @Range(min = 0.1, max = 1_000_000) double productRate,
            @Range(min = 0.1, max = 1_000_000) double productWindows,
            @Range(min = 0.1, max = 1_000_000) double earlierPurchases,
            @Range(min = 0.1, max = 1_000_000) double category,
            @Range(min = 0.1, max = 1_000_000) double sharedProducts) {}

    /**
     * The prior of the lifts.
     *
     * @param homophilyDeviation relative standard deviation of a pool's lift that comes from friends being alike in
     *     ways that no record shows, and not from the KOC (.1 by default)
     * @param minNoEffectSpread minimum relative standard deviation of the lifts of KOCs without effect (.13 by default)
     * @param minEffectSpread minimum relative standard deviation of the lifts of KOCs with an effect (.2 by default)
     * @param portraitShrinkage weight of the pool's lift in that of a portrait, in expected purchases (5 by default)
     * @param kocs maximum number of KOCs in the sample that the prior is fitted to (20,000 by default)
     */
    public record Prior(
            @Range(min = 0, max = 2) double homophilyDeviation,
            @Range(min = 0.01, max = 2) double minNoEffectSpread,
            @Range(min = 0.01, max = 2) double minEffectSpread,
            @Range(min = 0.1, max = 1_000_000) double portraitShrinkage,
            @Range(min = 100, max = 1_000_000) int kocs) {}

    /** Thresholds of the flags. */
    public record Fraud(
            @Range(min = 1, max = 100_000) int minCreditedPurchases,
            @Range(min = 0, max = 1) double selfReferralFraction,
            @Range(min = 2, max = 1_000) int ringMaxBuyers,
            @Range(min = 0, max = 1) double ringMinFraction,
            @Range(min = 0, max = 1) double spamFraction,
            @Range(min = 1, max = 1_000) double spamMinTimes,
            @Range(min = 1, max = 10_000_000) int servedOnlyMinTies,
            @Range(min = 0, max = 1_000_000) double servedOnlyMinExpected) {}

    /** Every key that {@link #from} reads, except the language, which changes no number; a test compares the two. */
    private static final String[] KEYS = {
        "koc.influence.history-days",
        "koc.influence.window-days",
        "koc.influence.tie",
        "koc.influence.credit",
        "koc.influence.shrinkage",
        "koc.influence.prior",
        "koc.influence.fraud",
        "koc.features.category-depth",
        "koc.seed"
    };

    /** These settings as the JSON that influence_priors stores. */
    public static String asJson(Config config) {
        return ConfigFingerprint.render(config, KEYS);
    }

    public static InfluenceSettings from(Config config) {
        return SettingsBinder.bind(config, InfluenceSettings.class);
    }
}
