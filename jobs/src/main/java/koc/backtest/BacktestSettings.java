package koc.backtest;

import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.IntStream;
import koc.config.Section;
import koc.error.KocException;

/**
 * The settings of a backtest. {@code koc.backtest} in conf/reference.conf describes each key.
 *
 * @param listLength number of ranks that are evaluated, {@code koc.recommend.top}
 * @param minPool members that a user's pool needs to be a KOC's, from {@code koc.recommend}
 * @param horizonDays days after a cutoff in which buyers are counted, from {@code koc.recommend}
 * @param repurchaseShare fraction of the use cycle after which an owner is due to repurchase, from {@code koc.recommend}
 * @param poolBands smallest pool sizes of the second and later bands, ascending
 * @param resamples number of bootstrap samples for the intervals
 * @param leastKocs number of KOCs below which there is no verdict
 * @param overallTarget calibration error up to which all forecasts together are calibrated
 * @param decileTarget calibration error up to which a tenth of the forecasts is calibrated
 * @param cutoffs number of cutoffs of a run's own backtest
 * @param leastHistoryDays days with events that are needed up to a cutoff
 * @param maxAgeDays days for which a backtest is current for later runs
 * @param isInRun whether a run without a current backtest makes one
 * @param refuses whether a run that loses to popularity fails, {@code koc.recommend.gate}
 * @param language of the reports
 * @param seed of the bootstrap samples
 */
record BacktestSettings(
        int listLength,
        int minPool,
        int horizonDays,
        double repurchaseShare,
        List<Integer> poolBands,
        int resamples,
        int leastKocs,
        double overallTarget,
        double decileTarget,
        int cutoffs,
        int leastHistoryDays,
        int maxAgeDays,
        boolean isInRun,
        boolean refuses,
        String language,
        long seed) {

    BacktestSettings {
        poolBands = List.copyOf(poolBands);
        List<Integer> bands = poolBands;
        if (IntStream.range(0, bands.size()).anyMatch(i -> bands.get(i) <= (i == 0 ? 1 : bands.get(i - 1)))) {
            throw badBands(bands.toString());
        }
    }

    static BacktestSettings from(Config config) {
        Section koc = Section.of(config, "koc");
        Section recommend = Section.of(config, "koc.recommend");
        Section backtest = Section.of(config, "koc.backtest");
        return new BacktestSettings(
                recommend.whole("top", 1, 1_000),
                recommend.whole("min-pool", 1, 100_000),
                recommend.whole("horizon-days", 1, 365),
                recommend.number("repurchase-share", 0, 2),
                bands(backtest.texts("pool-bands")),
                backtest.whole("resamples", 100, 10_000),
                backtest.whole("least-kocs", 2, 100_000),
                backtest.number("calibration-target.overall", 0, 10),
                backtest.number("calibration-target.decile", 0, 10),
                backtest.whole("cutoffs", 1, 100),
                backtest.whole("least-history-days", 1, 3_650),
                backtest.whole("max-age-days", 1, 3_650),
                backtest.flag("in-run"),
                recommend.oneOf("gate", "refuse", "warn").equals("refuse"),
                koc.oneOf("language", "en", "zh"),
                koc.wholeLong("seed"));
    }

    private static List<Integer> bands(List<String> texts) {
        try {
            return texts.stream().map(Integer::valueOf).toList();
        } catch (NumberFormatException wrong) {
            throw badBands(texts.toString()).causedBy(wrong);
        }
    }

    private static KocException badBands(String found) {
        return KocException.usage(
                "configuration koc.backtest.pool-bands: found " + found,
                "expected whole numbers above 1, ascending, as in [20, 50, 100]",
                "correct it in the file named by --conf or in --set");
    }
}
