package koc.recommend;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * What recommending can be told; {@code koc.recommend} in conf/reference.conf says what each key means.
 *
 * @param minPool members a pool needs to be a KOC's, and members with purchases it needs to speak for itself
 * @param horizonDays days ahead for which buyers are expected
 * @param top products recommended to a KOC
 * @param candidatesPerPortrait products taken from the head of each portrait's list
 * @param shortlist products a KOC that are looked at by its portraits, and as many by its members' purchases
 * @param repurchaseDueFraction share of the use cycle after which an owner is due again
 * @param overdueHalfLife use cycles after which an owner who is due counts half
 * @param productAffinityShrinkage holders' worth of "as usual" that a pool's own appetite is mixed with
 * @param categoryAffinityShrinkage products' worth of a portrait's categories that a member's own are mixed with
 * @param weight how much else than expected buyers counts in the score
 * @param itemModel of what one product says of another
 * @param learning of the weights
 * @param newProducts of products that are new
 * @param rerank what makes a list of the best products
 * @param factorBound greatest margin or trust factor; its inverse is the least
 * @param challengers whether to write what other recommenders would say
 * @param rateShrinkage users' worth of the expected rate a portrait's own rate is mixed with
 * @param interestWeight what one sign of interest counts where a purchase counts 1
 * @param categoryDepth levels of a category that are told apart
 * @param seed of the sample that is learned from
 * @param currency of the margin in the reason
 * @param language of the reason
 */
@Key("koc.recommend")
record RecommendSettings(
        @Range(min = 1, max = 100_000) int minPool,
        @Range(min = 1, max = 365) int horizonDays,
        @Range(min = 1, max = 1_000) int top,
        @Range(min = 1, max = 100_000) int candidatesPerPortrait,
        @Range(min = 1, max = 100_000) int shortlist,
        @Range(min = 0, max = 2) double repurchaseDueFraction,
        @Range(min = 0.01, max = 100) double overdueHalfLife,
        @Range(min = 0.1, max = 1_000_000) double productAffinityShrinkage,
        @Range(min = 0.1, max = 1_000_000) double categoryAffinityShrinkage,
        ScoreWeight weight,
        ItemModelSettings itemModel,
        LearningSettings learning,
        NewProductSettings newProducts,
        RerankSettings rerank,
        @Range(min = 1, max = 100) double factorBound,
        boolean challengers,

        @Key("koc.fit.rate-shrinkage") @Range(min = 0, max = 10_000)
        double rateShrinkage,

        @Key("koc.features.interest-weight") @Range(min = 0, max = 1)
        double interestWeight,

        @Key("koc.features.category-depth") @Range(min = 1, max = 10)
        int categoryDepth,

        @Key("koc.seed") long seed,
        @Key("koc.currency") String currency,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * How much else than expected buyers counts in the score.
     *
     * @param need what a buyer who needs it again counts where a new one counts 1
     * @param margin exponent of the margin factor
     * @param trust exponent of the trust factor
     * @param ownUse strength of the KOC's own use
     * @param generality strength of the generality factor
     */
    record ScoreWeight(
            @Range(min = 0, max = 1) double need,
            @Range(min = 0, max = 2) double margin,
            @Range(min = 0, max = 2) double trust,
            @Range(min = 0, max = 2) double ownUse,
            @Range(min = 0, max = 2) double generality) {}

    /**
     * Of the item model.
     *
     * @param head products, most bought first, that it knows
     * @param history latest products of a user that it is told
     * @param regularisation lambda of EASE, in users
     * @param tail of the products beyond the head
     */
    record ItemModelSettings(
            @Range(min = 1, max = 10_000) int head,
            @Range(min = 1, max = 10_000) int history,
            @Range(min = 0.1, max = 1_000_000) double regularisation,
            Tail tail) {}

    /**
     * Of the products that the item model does not know.
     *
     * @param neighbours nearest products that are kept of each
     * @param minCommonUsers users who have both, from which two products are near
     */
    record Tail(
            @Range(min = 0, max = 1_000) int neighbours,
            @Range(min = 1, max = 1_000_000) int minCommonUsers) {}

    /**
     * Of learning the weights.
     *
     * @param kocs pools they are learned from at most
     * @param minFirstPurchases purchases the window needs; with fewer, a share of all purchases is held out instead
     * @param priorBuyers buyers' worth of the starting weights
     */
    record LearningSettings(
            @Range(min = 1, max = 100_000) int kocs,
            @Range(min = 1, max = 1_000_000_000) int minFirstPurchases,
            @Range(min = 0.01, max = 1_000_000) double priorBuyers) {}

    /**
     * Of products that are new.
     *
     * @param days after its launch that a product is new
     * @param evidence buyers' worth of what is expected of its like that its own buyers are mixed with
     * @param seedingDays after its launch that only loyal KOCs get it
     * @param seedingUses own uses of products of its category from which a KOC is loyal to it
     */
    record NewProductSettings(
            @Range(min = 0, max = 365) int days,
            @Range(min = 0.1, max = 1_000_000) double evidence,
            @Range(min = 0, max = 365) int seedingDays,
            @Range(min = 1, max = 1_000) int seedingUses) {}

    static RecommendSettings from(Config config) {
        return SettingsBinder.bind(config, RecommendSettings.class);
    }
}
