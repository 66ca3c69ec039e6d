package koc.feature;

import com.typesafe.config.Config;
import koc.config.Section;

/**
 * Settings of the features job, from {@code koc.features}.
 *
 * @param categoryDepth levels of a category path that are told apart
 * @param interestWeight what one sign of interest counts where a purchase counts 1
 * @param newcomerActions users with fewer product actions in 365 days are newcomers
 * @param habitShrinkage actions' worth of everybody's habits that a user's own are mixed with
 * @param holdoutDays days before the run date that portraits do not see, and on which fit is measured
 * @param highValueShare share of buyers, by spend, whose value is called high
 * @param lowValueShare share of buyers, by spend, whose value is called low
 * @param tagCategories categories that a user is tagged with at most
 * @param outFlowRatio shares and posts for each other action above which an account looks automatic
 * @param outFlowActions shares and posts in 365 days below which no account looks automatic
 */
record FeatureSettings(
        int categoryDepth,
        double interestWeight,
        int newcomerActions,
        double habitShrinkage,
        int holdoutDays,
        double highValueShare,
        double lowValueShare,
        int tagCategories,
        double outFlowRatio,
        int outFlowActions) {

    static FeatureSettings from(Config config) {
        Section features = Section.of(config, "koc.features");
        return new FeatureSettings(
                features.whole("category-depth", 1, 10),
                features.number("interest-weight", 0, 1),
                features.whole("newcomer-actions", 0, 1000),
                features.number("habit-shrinkage", 0, 1000),
                features.whole("holdout-days", 1, 365),
                features.number("tags.high-value-share", 0.01, 0.5),
                features.number("tags.low-value-share", 0.01, 0.5),
                features.whole("tags.categories", 1, 20),
                features.number("out-flow.ratio", 1, 1000),
                features.whole("out-flow.actions", 1, 1_000_000));
    }
}
