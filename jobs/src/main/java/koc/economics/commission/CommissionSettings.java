package koc.economics.commission;

import com.typesafe.config.Config;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;
import koc.rules.CommissionRates;
import koc.rules.CommissionRule;

/**
 * The settings of the commissions job; {@code koc.economics.commission} in conf/reference.conf describes each key.
 *
 * @param closeDays days after the end of a month from which on a run closes it
 * @param rules versions of the rule of commission, oldest first
 * @param upline whether KOCs earn on the sales of KOCs whom they invited
 * @param team the bonus fund of the best teams
 * @param rewards rules of rewards
 * @param competition the monthly competition
 * @param defaultMarginRate margin of products without a cost, as a fraction of their sales
 * @param language of notes and reasons
 */
@Key("koc.economics.commission")
public record CommissionSettings(
        @Range(min = 0, max = 365) int closeDays,
        List<CommissionRule> rules,
        Upline upline,
        Team team,
        List<RewardRule> rewards,
        Competition competition,

        @Key("koc.economics.value.default-margin-rate") @Range(min = 0, max = 1)
        double defaultMarginRate,

        @Key("koc.language") @OneOf({"en", "zh"}) String language) {
    static final String PATH = "koc.economics.commission";

    /**
     * Whether KOCs earn on the sales of KOCs whom they invited.
     *
     * @param pays the switch
     * @param rate fraction of the downline's commission that the brand pays on top
     */
    public record Upline(
            boolean pays, @Range(min = 0, max = 1) double rate) {
        /** What a commission costs the brand with the upline's part, as a multiple of it. */
        double costFactor() {
            return pays ? 1 + rate : 1;
        }
    }

    /**
     * The bonus fund of the best teams.
     *
     * @param fundRate bonus fund, as a fraction of the net sales of all teams
     * @param maxFund maximum bonus fund of a month
     * @param topTeams teams that divide it
     */
    public record Team(
            @Range(min = 0, max = 1) double fundRate,
            @Range(min = 0, max = 1e12) double maxFund,
            @Range(min = 1, max = 1_000_000) int topTeams) {}

    /**
     * The monthly competition.
     *
     * @param historyMonths earlier months whose sales set the bars
     * @param minKocMonths pairs of KOC and earlier month with net sales that a bar needs
     * @param tiers the prizes, easiest first
     */
    public record Competition(
            @Range(min = 1, max = 24) int historyMonths,
            @Range(min = 1, max = 1_000_000) int minKocMonths,
            List<Tier> tiers) {
        public Competition {
            for (int i = 1; i < tiers.size(); i++) {
                if (tiers.get(i).reachableBy() >= tiers.get(i - 1).reachableBy()) {
                    throw wrong(
                            "competition.tiers",
                            tiers.get(i).reachableBy(),
                            "a smaller reachable-by than that of the tier before");
                }
            }
        }
    }

    /**
     * A prize of the competition.
     *
     * @param name its name
     * @param reachableBy fraction of the KOCs with sales that would have reached the bar in the earlier months
     * @param prize its value
     */
    public record Tier(
            String name,
            @Range(min = 0, max = 1) double reachableBy,
            @Range(min = 0, max = 1e9) double prize) {}

    public CommissionSettings {
        if (rules.isEmpty()) {
            throw wrong("rules", "[]", "at least one version of the rule");
        }
        for (int i = 1; i < rules.size(); i++) {
            if (!rules.get(i).from().isAfter(rules.get(i - 1).from())) {
                throw wrong("rules", rules.get(i).from(), "a later from than that of the version before");
            }
        }
        requireDistinct("rules", rules, CommissionRule::version);
        requireDistinct("rewards", rewards, RewardRule::name);
        requireDistinct("competition.tiers", competition.tiers(), Tier::name);
    }

    /** The rates of commission of an order line. */
    CommissionRates rates() {
        return new CommissionRates(rules, upline.costFactor());
    }

    /** The settings of {@code koc.economics.commission}. */
    public static CommissionSettings from(Config config) {
        return SettingsBinder.bind(config, CommissionSettings.class);
    }

    private static <T> void requireDistinct(String key, List<T> elements, Function<T, String> name) {
        Set<String> names = new HashSet<>();
        for (T element : elements) {
            if (!names.add(name.apply(element))) {
                throw wrong(key, name.apply(element) + " twice", "a different name for each");
            }
        }
    }

    private static KocException wrong(String key, Object found, String expected) {
        return KocException.usage(
                "configuration " + PATH + "." + key + ": found " + found,
                "expected " + expected,
                "correct it in the file that has it, or in --set");
    }
}
