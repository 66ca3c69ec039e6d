package koc.recommend;

import com.typesafe.config.Config;
import koc.config.Section;

/**
 * What recommending can be told; {@code koc.recommend} in conf/reference.conf says what each key means.
 *
 * @param minPool members a pool needs to be a KOC's, and members with purchases it needs to speak for itself
 * @param horizonDays days ahead for which buyers are expected
 * @param top products recommended to a KOC
 * @param candidatesPerPortrait products taken from the head of each portrait's list
 * @param shortlist products a KOC that are looked at by its portraits, and as many by its members' purchases
 * @param repurchaseShare share of the use cycle after which an owner is due again
 * @param repurchaseHalfLife use cycles after which an owner who is due counts half
 * @param appetiteShrinkage holders' worth of "as usual" that a pool's own appetite is mixed with
 * @param tasteSteadiness products' worth of a portrait's categories that a member's own are mixed with
 * @param needWeight what a buyer who needs it again counts in the score where a new one counts 1
 * @param marginWeight exponent of the margin factor
 * @param trustWeight exponent of the trust factor
 * @param generalityWeight strength of the generality factor
 * @param ownUseWeight strength of the KOC's own use
 * @param factorBound greatest margin or trust factor; its inverse is the least
 * @param itemModel of what one product says of another
 * @param learning of the weights
 * @param newProducts of products that are new
 * @param rerank what makes a list of the best products
 * @param challengers whether to write what other recommenders would say
 * @param rateShrinkage users' worth of the expected rate a portrait's own rate is mixed with
 * @param interestWeight what one sign of interest counts where a purchase counts 1
 * @param categoryDepth levels of a category that are told apart
 * @param seed of the sample that is learned from
 * @param currency of the margin in the reason
 * @param language of the reason
 */
record RecommendSettings(
        int minPool,
        int horizonDays,
        int top,
        int candidatesPerPortrait,
        int shortlist,
        double repurchaseShare,
        double repurchaseHalfLife,
        double appetiteShrinkage,
        double tasteSteadiness,
        double needWeight,
        double marginWeight,
        double trustWeight,
        double generalityWeight,
        double ownUseWeight,
        double factorBound,
        ItemModelSettings itemModel,
        LearningSettings learning,
        NewProductSettings newProducts,
        RerankSettings rerank,
        boolean challengers,
        double rateShrinkage,
        double interestWeight,
        int categoryDepth,
        long seed,
        String currency,
        String language) {

    /**
     * Of the item model.
     *
     * @param head products, most bought first, that it knows
     * @param history latest products of a user that it is told
     * @param regularisation lambda of EASE, in users
     * @param tailNeighbours nearest products that are kept of one beyond the head
     * @param tailUsers users who have both, from which two products are near
     */
    record ItemModelSettings(int head, int history, double regularisation, int tailNeighbours, int tailUsers) {}

    /**
     * Of learning the weights.
     *
     * @param kocs pools they are learned from at most
     * @param leastBought purchases the window needs; with fewer, a share of all purchases is held out instead
     * @param priorBuyers buyers' worth of the starting weights
     */
    record LearningSettings(int kocs, int leastBought, double priorBuyers) {}

    /**
     * Of products that are new.
     *
     * @param days after its launch that a product is new
     * @param evidence buyers' worth of what is expected of its like that its own buyers are mixed with
     * @param seedingDays after its launch that only loyal KOCs get it
     * @param seedingUses own uses of products of its category from which a KOC is loyal to it
     */
    record NewProductSettings(int days, double evidence, int seedingDays, int seedingUses) {}

    static RecommendSettings from(Config config) {
        Section koc = Section.of(config, "koc");
        Section recommend = Section.of(config, "koc.recommend");
        return new RecommendSettings(
                recommend.whole("min-pool", 1, 100_000),
                recommend.whole("horizon-days", 1, 365),
                recommend.whole("top", 1, 1_000),
                recommend.whole("candidates-per-portrait", 1, 100_000),
                recommend.whole("shortlist", 1, 100_000),
                recommend.number("repurchase-share", 0, 2),
                recommend.number("repurchase-half-life", 0.01, 100),
                recommend.number("appetite-shrinkage", 0.1, 1_000_000),
                recommend.number("taste-steadiness", 0.1, 1_000_000),
                recommend.number("weight.need", 0, 1),
                recommend.number("weight.margin", 0, 2),
                recommend.number("weight.trust", 0, 2),
                recommend.number("weight.generality", 0, 2),
                recommend.number("weight.own-use", 0, 2),
                recommend.number("factor-bound", 1, 100),
                new ItemModelSettings(
                        recommend.whole("item-model.head", 1, 10_000),
                        recommend.whole("item-model.history", 1, 10_000),
                        recommend.number("item-model.regularisation", 0.1, 1_000_000),
                        recommend.whole("item-model.tail.neighbours", 0, 1_000),
                        recommend.whole("item-model.tail.least-users", 1, 1_000_000)),
                new LearningSettings(
                        recommend.whole("learning.kocs", 1, 100_000),
                        recommend.whole("learning.least-bought", 1, 1_000_000_000),
                        recommend.number("learning.prior-buyers", 0.01, 1_000_000)),
                new NewProductSettings(
                        recommend.whole("new-products.days", 0, 365),
                        recommend.number("new-products.evidence", 0.1, 1_000_000),
                        recommend.whole("new-products.seeding-days", 0, 365),
                        recommend.whole("new-products.seeding-uses", 1, 1_000)),
                RerankSettings.from(config),
                recommend.flag("challengers"),
                Section.of(config, "koc.fit").number("rate-shrinkage", 0, 10_000),
                Section.of(config, "koc.features").number("interest-weight", 0, 1),
                Section.of(config, "koc.features").whole("category-depth", 1, 10),
                koc.wholeLong("seed"),
                koc.text("currency"),
                koc.oneOf("language", "en", "zh"));
    }
}
