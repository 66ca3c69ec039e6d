package koc.backtest;

import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.IntStream;
import koc.config.Key;
import koc.config.OneOf;
import koc.config.Range;
import koc.config.SettingsBinder;
import koc.error.KocException;

/**
 * Settings of a backtest, from {@code koc.backtest} and {@code koc.recommend}.
 *
 * @param isInRun whether a run without a current backtest makes one
 * @param maxAgeDays days for which a backtest is current for later runs
 * @param cutoffs number of cutoffs of a run's own backtest
 * @param maxCutoffs number of cutoffs that are judged before a run is refused
 * @param kocCutoffs pairs of KOC and cutoff that are enough: with as many, no further cutoff is judged
 * @param minHistoryDays days with events that are needed up to a cutoff
 * @param minKocs number of KOCs below which there is no verdict
 * @param calibrationTarget maximum calibration errors of calibrated forecasts
 * @param resamples number of bootstrap samples for the intervals
 * @param poolBands smallest pool sizes of the second and later bands, ascending
 * @param listLength number of ranks that are evaluated, {@code koc.recommend.top}
 * @param minPool members that a user's pool needs to be a KOC's, from {@code koc.recommend}
 * @param horizonDays days after a cutoff in which buyers are counted, from {@code koc.recommend}
 * @param repurchaseDueFraction fraction of the use cycle after which an owner is due to repurchase, from {@code koc.recommend}
 * @param gate what happens to a run that loses to popularity, {@code koc.recommend.gate}
 * @param language of the reports
 * @param seed of the bootstrap samples
 */
@Key("koc.backtest")
record BacktestSettings(
        @Key("in-run") boolean isInRun,
        @Range(min = 1, max = 3_650) int maxAgeDays,
        @Range(min = 1, max = 100) int cutoffs,
        @Range(min = 1, max = 100) int maxCutoffs,
        @Range(min = 1, max = 1_000_000) int kocCutoffs,
        @Range(min = 1, max = 3_650) int minHistoryDays,
        @Range(min = 2, max = 100_000) int minKocs,
        CalibrationTarget calibrationTarget,
        @Range(min = 100, max = 10_000) int resamples,
        List<Integer> poolBands,

        @Key("koc.recommend.top") @Range(min = 1, max = 1_000)
        int listLength,

        @Key("koc.recommend.min-pool") @Range(min = 1, max = 100_000)
        int minPool,

        @Key("koc.recommend.horizon-days") @Range(min = 1, max = 365)
        int horizonDays,

        @Key("koc.recommend.repurchase-due-fraction") @Range(min = 0, max = 2)
        double repurchaseDueFraction,

        @Key("koc.recommend.gate") GateAction gate,
        @Key("koc.language") @OneOf({"en", "zh"}) String language,
        @Key("koc.seed") long seed) {

    /** Maximum calibration errors: of all forecasts together, and of each tenth of them. */
    record CalibrationTarget(
            @Range(min = 0, max = 10) double overall,
            @Range(min = 0, max = 10) double decile) {}

    /** What happens to recommendations that lose: nothing new is published, or they are published with a warning. */
    enum GateAction {
        REFUSE,
        WARN
    }

    BacktestSettings {
        poolBands = List.copyOf(poolBands);
        List<Integer> bands = poolBands;
        if (IntStream.range(0, bands.size()).anyMatch(i -> bands.get(i) <= (i == 0 ? 1 : bands.get(i - 1)))) {
            throw KocException.usage(
                    "configuration koc.backtest.pool-bands: found " + bands,
                    "expected whole numbers above 1, ascending, as in [20, 50, 100]",
                    "correct it in the file named by --conf or in --set");
        }
    }

    static BacktestSettings from(Config config) {
        return SettingsBinder.bind(config, BacktestSettings.class);
    }
}
