package koc.growth;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * What the planner of reach can be told; {@code koc.growth} in conf/reference.conf says what each key means.
 *
 * @param county how KOCs are planned for a county
 * @param funnel days of the stages from a tie to repeated purchases
 * @param leads whom a KOC is told to draw
 * @param groups when a group is quiet or losing
 * @param mentors who teaches whom
 * @param content which posts are proposed for reposting
 * @param categoryDepth levels of a category path that are told apart
 * @param seed of the samples
 * @param language of reasons
 * @param currency of money in reasons
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
        @Key("koc.language") @OneOf({"en", "zh"}) String language,
        @Key("koc.currency") String currency) {

    public GrowthSettings {
        if (groups.windowDays() > funnel.windowDays()) {
            throw KocException.usage(
                    "configuration koc.growth.groups.window-days: found " + groups.windowDays(),
                    "expected at most koc.growth.funnel.window-days (" + funnel.windowDays()
                            + "), the days of which it is known who left whom",
                    "lower the one or raise the other in the file named by --conf or in --set");
        }
    }

    /**
     * @param target active KOCs wanted in a county
     * @param onlineKocs share of the target from which a county may go online
     * @param onlineReachedBy2 share of users reached by two or more from which it does
     * @param next KOCs proposed for a county
     * @param candidates KOCs of a county that are compared
     * @param users of a county that are counted on
     * @param secondWeight what a second KOC for a user counts, where the first counts 1
     */
    record County(
            @Range(min = 1, max = 100_000) int target,
            @Range(min = 0, max = 1) double onlineKocs,
            @Range(min = 0, max = 1) double onlineReachedBy2,
            @Range(min = 1, max = 100) int next,
            @Range(min = 1, max = 2_000) int candidates,
            @Range(min = 100, max = 200_000) int users,
            @Range(min = 0, max = 1) double secondWeight) {}

    /**
     * @param windowDays days in which ties began
     * @param activationDays days after that for a first sign of life
     * @param conversionDays days for a purchase
     * @param repeatDays days from it for the next
     */
    record Funnel(
            @Range(min = 1, max = 365) int windowDays,
            @Range(min = 1, max = 365) int activationDays,
            @Range(min = 1, max = 365) int conversionDays,
            @Range(min = 1, max = 365) int repeatDays) {}

    /**
     * @param perKoc leads given to a KOC
     * @param scenes occasions, the most promising first
     * @param recentDays days after a purchase for the scene after_sale
     * @param minDiscountRate share of the list price saved for the scene coupon
     * @param minCategoryFraction share of attention a category needs for the scene similar_group
     */
    record Leads(
            @Range(min = 1, max = 1_000) int perKoc,

            @OneOf({"after_sale", "coupon", "order", "pre_sale", "similar_group"})
            List<String> scenes,

            @Range(min = 1, max = 90) int recentDays,
            @Range(min = 0, max = 1) double minDiscountRate,
            @Range(min = 0, max = 1) double minCategoryFraction) {
        Leads {
            scenes = List.copyOf(scenes);
        }
    }

    /**
     * @param windowDays days that are looked at
     * @param quietRate share of members who respond, below which a group is quiet
     * @param lossRate share of members lost, from which a group is losing
     */
    record Groups(
            @Range(min = 1, max = 365) int windowDays,
            @Range(min = 0, max = 1) double quietRate,
            @Range(min = 0, max = 1) double lossRate) {}

    /**
     * @param mentees KOCs given to a mentor
     * @param menteeLevels levels of those who learn
     * @param minLift influence a mentor needs
     * @param minPurchases purchases in the category a mentor needs
     * @param shrinkage shares' worth of everybody's conversion that a mentor's own is mixed with
     */
    record Mentors(
            @Range(min = 1, max = 100) int mentees,
            List<String> menteeLevels,
            @Range(min = 0, max = 100) double minLift,
            @Range(min = 0, max = 1_000_000) double minPurchases,
            @Range(min = 0.1, max = 10_000) double shrinkage) {
        Mentors {
            menteeLevels = List.copyOf(menteeLevels);
        }
    }

    /**
     * @param top posts proposed a day
     * @param windowDays days in which they were first shared
     * @param purchaseWeight opens that a purchase counts as much as
     * @param baselineShrinkage posts' worth of everybody's responses that a KOC's usual is mixed with
     * @param liftShrinkage responses that the lift is shrunk by
     */
    record Content(
            @Range(min = 1, max = 10_000) int top,
            @Range(min = 1, max = 90) int windowDays,
            @Range(min = 0, max = 1_000) double purchaseWeight,
            @Range(min = 0.1, max = 10_000) double baselineShrinkage,
            @Range(min = 0.1, max = 10_000) double liftShrinkage) {}

    /** The settings of {@code koc.growth}. */
    public static GrowthSettings from(Config config) {
        return SettingsBinder.bind(config, GrowthSettings.class);
    }
}
