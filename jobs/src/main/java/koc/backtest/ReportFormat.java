package koc.backtest;

import java.util.Locale;
import koc.text.Texts;
import org.jspecify.annotations.Nullable;

/** Writes recommenders, metrics and numbers for readers, in the language of a report. A number that is null is a dash. */
final class ReportFormat {
    private static final String UNKNOWN = "–";

    private final Texts texts;

    ReportFormat(Texts texts) {
        this.texts = texts;
    }

    String recommender(String name) {
        return name.startsWith(RecommenderScore.ABLATION_PREFIX)
                ? texts.text(
                        "backtest.recommender.without",
                        name.substring(RecommenderScore.ABLATION_PREFIX.length())
                                .replace('_', ' '))
                : texts.textOr("backtest.recommender." + name, name);
    }

    String column(String name) {
        return texts.pattern("backtest.column." + name);
    }

    String metric(String name) {
        return texts.pattern("backtest.metric." + name);
    }

    String verdict(ScoreDifference difference) {
        return texts.pattern("backtest.verdict." + difference.verdict());
    }

    String yesOrNo(@Nullable Boolean answer) {
        return answer == null ? UNKNOWN : texts.text("backtest.met." + answer);
    }

    /** A sentence with the cutoffs, the horizon, the number of KOCs and the event type that counts as buying. */
    String setup(RecommenderScore published) {
        BacktestSetup setup = published.setup();
        return texts.text(
                "backtest.made",
                setup.cutoff(),
                setup.cutoffs(),
                setup.horizonDays(),
                published.kocs(),
                texts.textOr("backtest.target_event." + setup.targetEvent(), setup.targetEvent()));
    }

    /** Three decimals, for scores between 0 and 1. */
    static String score(@Nullable Double number) {
        return format("%.3f", number);
    }

    static String score(Estimate estimate) {
        return score(estimate.value());
    }

    /** Two decimals, for rates and for numbers of buyers. */
    static String rate(@Nullable Double number) {
        return format("%.2f", number);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String signed(@Nullable Double number) {
        return format("%+.3f", number);
    }

    static String interval(Estimate estimate) {
        return estimate.low() == null ? UNKNOWN : score(estimate.low()) + "–" + score(estimate.high());
    }

    static String signedInterval(Estimate estimate) {
        return estimate.low() == null ? UNKNOWN : signed(estimate.low()) + " … " + signed(estimate.high());
    }

    /** How far expected over observed is from 1, in percent: 12% for 1.12 and for .88. */
    static String calibrationError(@Nullable Double calibration) {
        return calibration == null ? UNKNOWN : format("%.0f%%", 100 * Math.abs(calibration - 1));
    }

    private static String format(String pattern, @Nullable Double number) {
        return number == null ? UNKNOWN : String.format(Locale.ROOT, pattern, number);
    }
}
