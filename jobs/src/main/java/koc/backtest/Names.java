package koc.backtest;

import java.util.Locale;
import koc.text.Texts;
import org.jspecify.annotations.Nullable;

/** How recommenders and numbers are written for people. */
final class Names {
    /** Begins the name of what is published without one of its steps. */
    static final String WITHOUT = "without_";

    private static final String UNKNOWN = "–";

    private Names() {}

    static String of(String recommender, Texts texts) {
        return recommender.startsWith(WITHOUT)
                ? texts.text(
                        "backtest.recommender.without",
                        recommender.substring(WITHOUT.length()).replace('_', ' '))
                : texts.textOr("backtest.recommender." + recommender, recommender);
    }

    static String interest(String eventType, Texts texts) {
        return texts.textOr("backtest.interest." + eventType, eventType);
    }

    /** Three decimals, as shares are compared. */
    static String share(@Nullable Double number) {
        return format("%.3f", number);
    }

    /** Two decimals, as ratios and rates are read. */
    static String ratio(@Nullable Double number) {
        return format("%.2f", number);
    }

    static String signed(@Nullable Double number) {
        return format("%+.3f", number);
    }

    static String interval(Findings.Estimate estimate) {
        return estimate.low() == null ? UNKNOWN : share(estimate.low()) + "–" + share(estimate.high());
    }

    static String signedInterval(Findings.Estimate estimate) {
        return estimate.low() == null ? UNKNOWN : signed(estimate.low()) + " … " + signed(estimate.high());
    }

    /** How far expected over observed is from 1, in percent: 12% for 1.12 and for .88. */
    static String off(@Nullable Double calibration) {
        return calibration == null ? UNKNOWN : format("%.0f%%", 100 * Math.abs(calibration - 1));
    }

    /** Whether a target is met. */
    static String met(@Nullable Boolean isMet, Texts texts) {
        return isMet == null ? UNKNOWN : texts.text("backtest.met." + isMet);
    }

    private static String format(String pattern, @Nullable Double number) {
        return number == null ? UNKNOWN : String.format(Locale.ROOT, pattern, number);
    }
}
