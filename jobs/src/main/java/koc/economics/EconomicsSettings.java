package koc.economics;

import com.typesafe.config.Config;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * The settings of the economics job; {@code koc.economics} in conf/reference.conf describes each key.
 *
 * @param value how users are valued
 * @param stage time limits of the stages of a user
 * @param koc how the economics of a KOC are judged
 * @param seed of samples
 * @param language of notes
 */
@Key("koc.economics")
public record EconomicsSettings(
        Value value,
        Stage stage,
        Koc koc,

        @Key("koc.seed") long seed,
        @Key("koc.language") @OneOf({"en", "zh"}) String language) {
    /**
     * How users are valued.
     *
     * @param horizonDays days ahead that the lifetime value covers
     * @param yearlyDiscountRate by how much money in a year is worth less than today
     * @param defaultMarginRate margin of products without a cost, as a fraction of their net sales
     * @param minBuyers buyers below which no model is fitted
     * @param minRepeatBuyers repeat buyers that a portrait needs for parameters of its own
     * @param portraitDeviation by how much the parameters of portraits differ: standard deviation of their logarithms
     * @param maxHistories different histories above which those of one week or more become one
     * @param maxValueSample repeat buyers that the model of margin is fitted on
     */
    public record Value(
            @Range(min = 30, max = 3650) int horizonDays,
            @Range(min = 0, max = 1) double yearlyDiscountRate,
            @Range(min = 0, max = 1) double defaultMarginRate,
            @Range(min = 10, max = 1_000_000) int minBuyers,
            @Range(min = 20, max = 1_000_000) int minRepeatBuyers,
            @Range(min = .01, max = 10) double portraitDeviation,
            @Range(min = 1_000, max = 2_000_000) int maxHistories,
            @Range(min = 100, max = 1_000_000) int maxValueSample) {}

    /**
     * Time limits of the stages of a user.
     *
     * @param dormantDays days without an order after which a buyer is dormant
     * @param churnedDays days without an order after which a buyer is churned
     * @param churnedAliveProbability repeat buyers less likely than this to order again are churned earlier
     */
    public record Stage(
            @Range(min = 1, max = 3650) int dormantDays,
            @Range(min = 1, max = 3650) int churnedDays,
            @Range(min = 0, max = 1) double churnedAliveProbability) {
        public Stage {
            if (churnedDays < dormantDays) {
                throw KocException.usage(
                        "configuration koc.economics.stage.churned-days: found " + churnedDays,
                        "expected at least koc.economics.stage.dormant-days (" + dormantDays + ")",
                        "raise the first or lower the second in the file named by --conf or in --set");
            }
        }
    }

    /**
     * How the economics of a KOC are judged.
     *
     * @param windowDays days of costs, commission and new customers that are compared
     * @param healthyRatio lifetime value over cost from which a KOC is healthy
     */
    public record Koc(
            @Range(min = 7, max = 90) int windowDays,
            @Range(min = 1, max = 100) double healthyRatio) {}

    /** The settings of {@code koc.economics}. */
    public static EconomicsSettings from(Config config) {
        return SettingsBinder.bind(config, EconomicsSettings.class);
    }
}
