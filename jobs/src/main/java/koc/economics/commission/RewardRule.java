package koc.economics.commission;

import koc.config.OneOf;
import koc.config.Range;
import koc.error.KocException;
import koc.rules.KocLevels;

/**
 * A rule that grants a reward; {@code koc.economics.commission.rewards} in conf/reference.conf explains each key.
 *
 * @param name of the reward
 * @param kind physical, virtual, recognition, advanced, achievement or special
 * @param when level (promoted to a level), total-sales, month-sales or rank (at the close of a month)
 * @param threshold the level, the net sales, or the last rank that gets it
 * @param value what it costs the brand
 */
public record RewardRule(
        String name,

        @OneOf({"physical", "virtual", "recognition", "advanced", "achievement", "special"})
        String kind,

        @OneOf({RewardRule.LEVEL, RewardRule.TOTAL_SALES, RewardRule.MONTH_SALES, RewardRule.RANK})
        String when,

        String threshold,
        @Range(min = 0, max = 1e9) double value) {
    static final String LEVEL = "level";
    static final String TOTAL_SALES = "total-sales";
    static final String MONTH_SALES = "month-sales";
    static final String RANK = "rank";

    public RewardRule {
        if (name.isBlank()) {
            throw wrong("name", "nothing", "a name");
        }
        if (when.equals(LEVEL) && !KocLevels.NAMES.contains(threshold)) {
            throw wrong("threshold", threshold, "one of " + KocLevels.NAMES);
        }
        if (!when.equals(LEVEL) && !threshold.matches("\\d{1,12}(\\.\\d+)?")) {
            throw wrong("threshold", threshold, "a number, 0 or more");
        }
    }

    /** The index of the level that it needs. */
    int level() {
        return KocLevels.NAMES.indexOf(threshold);
    }

    /** The net sales or rank that it needs. */
    double number() {
        return Double.parseDouble(threshold);
    }

    /** Whether it is granted every month, not once. */
    boolean isMonthly() {
        return when.equals(MONTH_SALES) || when.equals(RANK);
    }

    private static KocException wrong(String key, String found, String expected) {
        return KocException.usage(
                "configuration " + CommissionSettings.PATH + ".rewards: " + key + ": found " + found,
                "expected " + expected,
                "correct it in the file that has it, or in --set");
    }
}
