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
 * @param shortlist products a KOC for which the owners are counted
 * @param repurchaseShare share of the use cycle after which an owner is due again
 * @param appetiteShrinkage expected buyers' worth of "as its portraits" that a pool's own appetite is mixed with
 * @param marginWeight exponent of the margin factor
 * @param trustWeight exponent of the trust factor
 * @param generalityWeight strength of the generality factor
 * @param factorBound greatest margin or trust factor; its inverse is the least
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
        double appetiteShrinkage,
        double marginWeight,
        double trustWeight,
        double generalityWeight,
        double factorBound,
        String currency,
        String language) {

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
                recommend.number("appetite-shrinkage", 0.1, 1_000_000),
                recommend.number("weight.margin", 0, 2),
                recommend.number("weight.trust", 0, 2),
                recommend.number("weight.generality", 0, 2),
                recommend.number("factor-bound", 1, 100),
                koc.text("currency"),
                koc.oneOf("language", "en", "zh"));
    }
}
