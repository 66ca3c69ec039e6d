package koc.growth;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import koc.config.Section;
import koc.error.KocException;

/**
 * What the planner of reach can be told; {@code koc.reach} in conf/reference.conf says what each key means.
 *
 * @param categoryDepth levels of a category path that are told apart
 * @param seed of the samples
 * @param language of reasons
 * @param currency of money in reasons
 */
public record ReachSettings(
        County county,
        Funnel funnel,
        Leads leads,
        Groups groups,
        Mentors mentors,
        Content content,
        int categoryDepth,
        long seed,
        String language,
        String currency) {

    public ReachSettings {
        if (groups.windowDays() > funnel.windowDays()) {
            throw KocException.usage(
                    "configuration koc.reach.groups.window-days: found " + groups.windowDays(),
                    "expected at most koc.reach.funnel.window-days (" + funnel.windowDays()
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
            int target,
            double onlineKocs,
            double onlineReachedBy2,
            int next,
            int candidates,
            int users,
            double secondWeight) {}

    /**
     * @param windowDays days in which ties began
     * @param activationDays days after that for a first sign of life
     * @param conversionDays days for a purchase
     * @param repeatDays days from it for the next
     */
    record Funnel(int windowDays, int activationDays, int conversionDays, int repeatDays) {}

    /**
     * @param perKoc leads given to a KOC
     * @param scenes occasions, the most promising first
     * @param recentDays days after a purchase for the scene after_sale
     * @param leastDiscount share of the list price saved for the scene coupon
     * @param leastCategoryShare share of attention a category needs for the scene similar_group
     */
    record Leads(int perKoc, List<String> scenes, int recentDays, double leastDiscount, double leastCategoryShare) {
        /** Every occasion there is. */
        private static final Set<String> SCENES = Set.of("pre_sale", "after_sale", "similar_group", "coupon", "order");

        Leads {
            scenes = List.copyOf(scenes);
            for (String scene : scenes) {
                if (!SCENES.contains(scene)) {
                    throw KocException.usage(
                            "configuration koc.reach.leads.scenes: found " + scene,
                            "expected some of " + new TreeSet<>(SCENES),
                            "correct it in the file named by --conf or in --set");
                }
            }
        }
    }

    /**
     * @param windowDays days that are looked at
     * @param quietShare share of members who respond, below which a group is quiet
     * @param lossShare share of members lost, from which a group is losing
     */
    record Groups(int windowDays, double quietShare, double lossShare) {}

    /**
     * @param mentees KOCs given to a mentor
     * @param menteeLevels levels of those who learn
     * @param leastLift influence a mentor needs
     * @param leastPurchases purchases in the category a mentor needs
     * @param shrinkage shares' worth of everybody's conversion that a mentor's own is mixed with
     */
    record Mentors(int mentees, List<String> menteeLevels, double leastLift, double leastPurchases, double shrinkage) {
        Mentors {
            menteeLevels = List.copyOf(menteeLevels);
        }
    }

    /**
     * @param top posts proposed a day
     * @param windowDays days in which they were first shared
     * @param purchaseWeight opens that a purchase counts as much as
     * @param usualShrinkage posts' worth of everybody's responses that a KOC's usual is mixed with
     * @param liftShrinkage responses that the lift is shrunk by
     */
    record Content(int top, int windowDays, double purchaseWeight, double usualShrinkage, double liftShrinkage) {}

    /** The settings of {@code koc.reach}. */
    public static ReachSettings from(Config config) {
        Section koc = Section.of(config, "koc");
        Section county = Section.of(config, "koc.reach.county");
        Section funnel = Section.of(config, "koc.reach.funnel");
        Section leads = Section.of(config, "koc.reach.leads");
        Section groups = Section.of(config, "koc.reach.groups");
        Section mentors = Section.of(config, "koc.reach.mentors");
        Section content = Section.of(config, "koc.reach.content");
        return new ReachSettings(
                new County(
                        county.whole("target", 1, 100_000),
                        county.number("online-kocs", 0, 1),
                        county.number("online-reached-by-2", 0, 1),
                        county.whole("next", 1, 100),
                        county.whole("candidates", 1, 2_000),
                        county.whole("users", 100, 200_000),
                        county.number("second-weight", 0, 1)),
                new Funnel(
                        funnel.whole("window-days", 1, 365),
                        funnel.whole("activation-days", 1, 365),
                        funnel.whole("conversion-days", 1, 365),
                        funnel.whole("repeat-days", 1, 365)),
                new Leads(
                        leads.whole("per-koc", 1, 1_000),
                        leads.texts("scenes"),
                        leads.whole("recent-days", 1, 90),
                        leads.number("least-discount", 0, 1),
                        leads.number("least-category-share", 0, 1)),
                new Groups(
                        groups.whole("window-days", 1, 365),
                        groups.number("quiet-share", 0, 1),
                        groups.number("loss-share", 0, 1)),
                new Mentors(
                        mentors.whole("mentees", 1, 100),
                        mentors.texts("mentee-levels"),
                        mentors.number("least-lift", 0, 100),
                        mentors.number("least-purchases", 0, 1_000_000),
                        mentors.number("shrinkage", 0.1, 10_000)),
                new Content(
                        content.whole("top", 1, 10_000),
                        content.whole("window-days", 1, 90),
                        content.number("purchase-weight", 0, 1_000),
                        content.number("usual-shrinkage", 0.1, 10_000),
                        content.number("lift-shrinkage", 0.1, 10_000)),
                Section.of(config, "koc.features").whole("category-depth", 1, 10),
                koc.wholeLong("seed"),
                koc.oneOf("language", "en", "zh"),
                koc.text("currency"));
    }
}
