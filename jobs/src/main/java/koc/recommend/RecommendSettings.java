package koc.recommend;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;

/**
 * The settings of recommending; conf/reference.conf explains the keys of {@code koc.recommend}.
 *
 * @param minPool members that a user or an external person needs to be a KOC. A pool with fewer members who bought
 *     something is completed with other users
 * @param horizonDays days ahead for which buyers are expected
 * @param top products recommended to a KOC
 * @param candidatesPerPortrait candidate products of each portrait
 * @param shortlist candidates of each KOC by portraits, and as many by its members' purchases
 * @param repurchaseDueFraction fraction of the use cycle after which an owner is due to repurchase
 * @param overdueHalfLife use cycles after which an owner who is due counts half
 * @param productAffinityShrinkage owners at the average rate that are added to a pool's owners of a product
 * @param categoryAffinityShrinkage weight of a portrait's categories against a member's own, in products
 * @param weight what the score depends on apart from expected buyers
 * @param itemModel the item model
 * @param training of the buyer model
 * @param newProducts how new products are recommended
 * @param rerank how a list differs from the products of the highest score
 * @param factorBound upper bound of the factors for margin, trust and category affinity; the lower bound is its inverse
 * @param baselines whether to write baseline_recommendations
 * @param rateShrinkage weight of the prior of a portrait's rate, in users
 * @param interestWeight weight of an interaction, where a purchase counts 1
 * @param categoryDepth levels of a category that are distinguished
 * @param seed of the sample of KOCs for training, and of the random holdout
 * @param currency of the margin in the reason
 * @param language of the reason
 */
@Key("koc.recommend")
public record RecommendSettings(
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
        TrainingSettings training,
        NewProductSettings newProducts,
        RerankSettings rerank,
        @Range(min = 1, max = 100) double factorBound,
        boolean baselines,

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
     * What the score depends on apart from expected buyers.
     *
     * @param repurchase weight of a buyer who is due to repurchase, where a new buyer counts 1
     * @param margin exponent of the margin factor
     * @param trust exponent of the trust factor
     * @param ownUse strength of the own-use factor
     * @param generality strength of the generality factor
     */
    public record ScoreWeight(
            @Range(min = 0, max = 1) double repurchase,
            @Range(min = 0, max = 2) double margin,
            @Range(min = 0, max = 2) double trust,
            @Range(min = 0, max = 2) double ownUse,
            @Range(min = 0, max = 2) double generality) {}

    /**
     * The item model.
     *
     * @param head products in the model, those with the most buyers
     * @param history latest products of each user that it is fitted to
     * @param regularisation lambda of EASE, in users
     * @param longTail the products beyond the head
     */
    public record ItemModelSettings(
            @Range(min = 1, max = 10_000) int head,
            @Range(min = 1, max = 10_000) int history,
            @Range(min = 0.1, max = 1_000_000) double regularisation,
            LongTailSettings longTail) {}

    /**
     * The products that the item model does not contain.
     *
     * @param neighbours most similar products kept of each
     * @param minCommonUsers common owners below which two products do not count as similar
     */
    public record LongTailSettings(
            @Range(min = 0, max = 1_000) int neighbours,
            @Range(min = 1, max = 1_000_000) int minCommonUsers) {}

    /**
     * Training of the buyer model.
     *
     * @param kocs KOCs it is trained on at most
     * @param minPurchases purchases that the past and the holdout need each; with fewer the holdout is random
     * @param priorBuyers weight of the prior, in buyers
     */
    public record TrainingSettings(
            @Range(min = 1, max = 100_000) int kocs,
            @Range(min = 1, max = 1_000_000_000) int minPurchases,
            @Range(min = 0.01, max = 1_000_000) double priorBuyers) {}

    /**
     * New products.
     *
     * @param days after its launch that a product is new
     * @param evidence weight of what is expected from peers against its own buyers, in buyers
     * @param seedingDays after its launch that only loyal KOCs get a product
     * @param seedingUses uses of a category's products from which a KOC is loyal to it
     */
    public record NewProductSettings(
            @Range(min = 0, max = 365) int days,
            @Range(min = 0.1, max = 1_000_000) double evidence,
            @Range(min = 0, max = 365) int seedingDays,
            @Range(min = 1, max = 1_000) int seedingUses) {}

    public static RecommendSettings from(Config config) {
        return SettingsBinder.bind(config, RecommendSettings.class);
    }
}
