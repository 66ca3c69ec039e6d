package koc.recommend;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.rules.CommissionRule;

/**
 * The settings of recommending; conf/reference.conf explains the keys of {@code koc.recommend}.
 *
 * @param minPool members that a user or an external person needs to be a KOC (10 by default)
 * @param minBuyingMembers a pool in which fewer members than this own a product is thin, and is completed with other
 *     users (10 by default)
 * @param horizonDays days ahead for which buyers are expected (28 by default)
 * @param top maximum number of products recommended to a KOC (20 by default)
 * @param offersPerPortrait products of each portrait that are core offers in addition to the head of the item model
 *     (500 by default)
 * @param shortlist products of each KOC chosen by portraits (150 by default). As many are chosen by members' purchases,
 *     and a third as many of each of three kinds of popular products: at most 450 in total, 600 with the long tail
 * @param repurchaseDueFraction fraction of the use cycle after which an owner is due to repurchase (.8 by default)
 * @param overdueHalfLife use cycles after which an owner who is due counts half (.25 by default)
 * @param productAffinityShrinkage weight of the prior affinity of 1, in expected owners (10 by default)
 * @param categoryAffinityShrinkage weight of the portrait's category fractions in those of a member, in products (10 by
 *     default)
 * @param weight what the score depends on apart from expected buyers
 * @param itemModel the item model
 * @param training of the buyer model
 * @param newProducts how new products are recommended
 * @param rerank how a list differs from the products of the highest score
 * @param factorBound upper bound of the factors for margin, trust and category affinity (4 by default); the lower bound
 *     is its inverse
 * @param minActionableBuyers expected buyers from which a recommendation is shown to people (.5 by default)
 * @param baselines whether to write baseline_recommendations (not by default)
 * @param rateShrinkage weight of the prior of the rate of a portrait or a pool, in users (20 by default)
 * @param interestWeight weight of an interaction (.2 by default), where a purchase counts 1
 * @param categoryDepth levels of a category that are distinguished (2 by default)
 * @param influenceDays days after a share for which influence lifts are measured (7 by default)
 * @param minKocs number of KOCs with buyers below which the stack and the best simple recommender are not compared (20
 *     by default)
 * @param commissionRules versions of the rule of commission, oldest first
 * @param seed of the sample of KOCs for training, and of the random holdout
 * @param language of the reason
 */
@Key("koc.recommend")
public record RecommendSettings(
        @Range(min = 1, max = 100_000) int minPool,
        @Range(min = 1, max = 100_000) int minBuyingMembers,
        @Range(min = 1, max = 365) int horizonDays,
        @Range(min = 1, max = 1_000) int top,
        @Range(min = 1, max = 100_000) int offersPerPortrait,
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
        @Range(min = 0, max = 1_000) double minActionableBuyers,
        boolean baselines,

        @Key("koc.fit.rate-shrinkage") @Range(min = 0, max = 10_000)
        double rateShrinkage,

        @Key("koc.features.interest-weight") @Range(min = 0, max = 1)
        double interestWeight,

        @Key("koc.features.category-depth") @Range(min = 1, max = 10)
        int categoryDepth,

        @Key("koc.influence.window-days") @Range(min = 1, max = 90)
        int influenceDays,

        @Key("koc.backtest.min-kocs") @Range(min = 2, max = 100_000)
        int minKocs,

        @Key("koc.economics.commission.rules") List<CommissionRule> commissionRules,

        @Key("koc.seed") long seed,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    /**
     * What the score depends on apart from expected buyers.
     *
     * @param repurchase weight of a buyer who is due to repurchase (.25 by default), where a first purchase counts 1
     * @param margin exponent of the margin factor (.05 by default)
     * @param trust exponent of the trust factor (.25 by default)
     * @param ownUse strength of the own-use factor (.05 by default)
     * @param generality strength of the generality factor (.1 by default)
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
     * @param head maximum number of products in the model, those with the most buyers (2,000 by default)
     * @param history maximum number of latest products of each user that it is fitted to (200 by default)
     * @param regularisation lambda of EASE, in users (100 by default)
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
     * @param neighbours maximum number of similar products kept for each product (0 by default: the long tail is off)
     * @param minCommonUsers minimum number of common owners of two similar products (3 by default)
     */
    public record LongTailSettings(
            @Range(min = 0, max = 1_000) int neighbours,
            @Range(min = 1, max = 1_000_000) int minCommonUsers) {}

    /**
     * Training of the buyer model.
     *
     * @param kocs maximum number of KOCs that it is trained on (500 by default)
     * @param minPurchases minimum number of purchases in a temporal holdout, and in the past before it (200 by
     *     default). Longer and shorter holdouts are tried. If none has enough, the holdout is random. A random one
     *     needs five times as many (1,000) in all history; with fewer, the model is not trained. With fewer than 200, a
     *     weaker event type is predicted
     * @param holdouts maximum number of holdouts, one after the other, that it is trained on (3 by default)
     * @param enoughKocHoldouts number of pairs of KOC and holdout from which on no further holdout is added (500 by
     *     default)
     * @param priorBuyers weight of the prior of each weight, exponent and activity factor, in buyers (20 by default)
     */
    public record TrainingSettings(
            @Range(min = 1, max = 100_000) int kocs,
            @Range(min = 1, max = 1_000_000_000) int minPurchases,
            @Range(min = 1, max = 12) int holdouts,

            @Range(min = 1, max = 1_000_000) @Key("koc-holdouts")
            int enoughKocHoldouts,

            @Range(min = 0.01, max = 1_000_000) double priorBuyers) {}

    /**
     * New products.
     *
     * @param days number of days after its launch in which a product is new (60 by default)
     * @param peerShrinkage prior weight of the rate estimated from peers, in expected buyers of the new product (2 by
     *     default)
     * @param seedingDays number of days after its launch in which only loyal KOCs get a product (14 by default)
     * @param seedingUses minimum number of uses of a category's products by a KOC who is loyal to it (2 by default)
     */
    public record NewProductSettings(
            @Range(min = 0, max = 365) int days,
            @Range(min = 0.1, max = 1_000_000) double peerShrinkage,
            @Range(min = 0, max = 365) int seedingDays,
            @Range(min = 1, max = 1_000) int seedingUses) {}

    public RecommendSettings {
        commissionRules = List.copyOf(commissionRules);
    }

    public static RecommendSettings from(Config config) {
        return SettingsBinder.bind(config, RecommendSettings.class);
    }
}
