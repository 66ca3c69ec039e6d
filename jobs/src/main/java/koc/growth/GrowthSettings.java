package koc.growth;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * The settings of the growth reports; {@code koc.growth} in conf/reference.conf describes each key.
 *
 * @param county the target of a county, and how its next KOCs are selected
 * @param funnel time limits of the funnel's stages
 * @param leads which users are leads
 * @param groups when a group is quiet or losing members
 * @param mentors who may be a mentor, and who a mentee
 * @param content which posts to repost
 * @param categoryDepth levels that category paths are truncated to
 * @param seed of the samples
 * @param language of reasons and notes
 */
@Key("koc.growth")
public record GrowthSettings(
        County county,
        Funnel funnel,
        Leads leads,
        Groups groups,
        Mentors mentors,
        Content content,

        @Key("koc.features.category-depth") @Range(min = 1, max = 10)
        int categoryDepth,

        @Key("koc.seed") long seed,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {

    public GrowthSettings {
        if (groups.windowDays() > funnel.windowDays()) {
            throw KocException.usage(
                    "configuration koc.growth.groups.window-days: found " + groups.windowDays(),
                    "expected at most koc.growth.funnel.window-days (" + funnel.windowDays()
                            + "), the window that leaves and mutes are counted in",
                    "lower the first or raise the second in the file named by --conf or in --set");
        }
    }

    /**
     * Settings of county coverage.
     *
     * @param targetKocs active KOCs wanted in a county, at most
     * @param usersPerKoc users of a county for whom one active KOC is wanted
     * @param onlineTargetFraction fraction of the target that starts the online phase
     * @param onlineReachedBy2Rate fraction of users reached by two or more KOCs that starts the online phase
     * @param maxNextKocs KOCs to activate next, per county
     * @param maxCandidates KOCs compared per county
     * @param maxSampledUsers users per county that KOCs are compared on
     * @param secondKocWeight gain of a user's second KOC, where the first counts 1
     */
    public record County(
            @Range(min = 1, max = 100_000) int targetKocs,
            @Range(min = 1, max = 100_000) int usersPerKoc,
            @Range(min = 0, max = 1) double onlineTargetFraction,
            @Range(min = 0, max = 1) double onlineReachedBy2Rate,
            @Range(min = 1, max = 100) int maxNextKocs,
            @Range(min = 1, max = 2_000) int maxCandidates,
            @Range(min = 100, max = 200_000) int maxSampledUsers,
            @Range(min = 0, max = 1) double secondKocWeight) {}

    /**
     * Settings of the funnel.
     *
     * @param windowDays days in which ties began
     * @param activationDays days from the tie to the first response
     * @param conversionDays days from the tie to the first purchase
     * @param repeatDays days from that purchase to the next
     * @param minDue users who must be due for a rate
     */
    public record Funnel(
            @Range(min = 1, max = 365) int windowDays,
            @Range(min = 1, max = 365) int activationDays,
            @Range(min = 1, max = 365) int conversionDays,
            @Range(min = 1, max = 365) int repeatDays,
            @Range(min = 1, max = 10_000) int minDue) {}

    /**
     * Settings of acquisition leads.
     *
     * @param maxPerKoc leads of the KOC with the best score
     * @param minPerKoc leads of the KOC with the worst score
     * @param maxPool pool size from which a KOC has no room for leads
     * @param maxKocsPerUser maximum number of KOCs that get the same user as a lead
     * @param scenes occasions to use, the most important first
     * @param recentDays days after a purchase in which the scene after_sale applies
     * @param minDiscountRate fraction of the list price saved that makes the scene coupon apply
     * @param minCategoryFraction fraction of attention that a category needs for the scene similar_group
     */
    public record Leads(
            @Range(min = 1, max = 1_000) int maxPerKoc,
            @Range(min = 0, max = 1_000) int minPerKoc,
            @Range(min = 1, max = 1_000_000) int maxPool,
            @Range(min = 1, max = 100) int maxKocsPerUser,

            @OneOf({"after_sale", "coupon", "order", "pre_sale", "similar_group"})
            List<String> scenes,

            @Range(min = 1, max = 90) int recentDays,
            @Range(min = 0, max = 1) double minDiscountRate,
            @Range(min = 0, max = 1) double minCategoryFraction) {
        public Leads {
            scenes = List.copyOf(scenes);
            if (minPerKoc > maxPerKoc) {
                throw KocException.usage(
                        "configuration koc.growth.leads.min-per-koc: found " + minPerKoc,
                        "expected at most koc.growth.leads.max-per-koc (" + maxPerKoc + ")",
                        "lower the first or raise the second in the file named by --conf or in --set");
            }
        }
    }

    /**
     * Settings of group health.
     *
     * @param windowDays days whose events count
     * @param minMembers members below which a group is not judged
     * @param minMessages messages below which a group is not judged
     * @param shrinkage members of an average group that are added to each group's
     * @param quietRate fraction of responding members below which a group is quiet
     * @param lossRate fraction of lost members from which a group is losing
     */
    public record Groups(
            @Range(min = 1, max = 365) int windowDays,
            @Range(min = 0, max = 10_000) int minMembers,
            @Range(min = 0, max = 1_000_000) int minMessages,
            @Range(min = 0, max = 10_000) double shrinkage,
            @Range(min = 0, max = 1) double quietRate,
            @Range(min = 0, max = 1) double lossRate) {}

    /**
     * Settings of mentor pairs.
     *
     * @param maxMentees mentees per mentor
     * @param menteeLevels levels of mentees
     * @param minLift influence_lift a mentor needs
     * @param minPurchases credited purchases a mentor needs in the category
     * @param priorPurchases expected purchases of an average KOC that are added to each KOC's
     */
    public record Mentors(
            @Range(min = 1, max = 100) int maxMentees,
            List<String> menteeLevels,
            @Range(min = 0, max = 100) double minLift,
            @Range(min = 0, max = 1_000_000) double minPurchases,
            @Range(min = 0.1, max = 10_000) double priorPurchases) {
        public Mentors {
            menteeLevels = List.copyOf(menteeLevels);
        }
    }

    /**
     * Settings of content to repost.
     *
     * @param maxPosts posts to repost per day
     * @param windowDays days in which they were first shared
     * @param purchaseWeight openers that one purchase counts as
     * @param baselineShrinkage posts with the mean responses that are added to a KOC's other posts
     * @param liftShrinkage responses that are added to both sides of the lift
     */
    public record Content(
            @Range(min = 1, max = 10_000) int maxPosts,
            @Range(min = 1, max = 90) int windowDays,
            @Range(min = 0, max = 1_000) double purchaseWeight,
            @Range(min = 0.1, max = 10_000) double baselineShrinkage,
            @Range(min = 0.1, max = 10_000) double liftShrinkage) {}

    /** The settings of {@code koc.growth}. */
    public static GrowthSettings from(Config config) {
        return SettingsBinder.bind(config, GrowthSettings.class);
    }
}
