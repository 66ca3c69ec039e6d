package koc.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktestSettingsTest {
    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(BacktestSettings.from(config()))
                .isEqualTo(new BacktestSettings(
                        20, 10, 28, .8, List.of(20, 50, 100), 500, 20, .1, .25, 1, 84, 28, true, true, "en", 20240229));
    }

    @Test
    void everyKeyIsRead() {
        Config config = config(
                "koc.recommend.top=1",
                "koc.recommend.min-pool=2",
                "koc.recommend.horizon-days=3",
                "koc.recommend.repurchase-share=1.5",
                "koc.backtest.pool-bands=[4,5]",
                "koc.backtest.resamples=600",
                "koc.backtest.least-kocs=7",
                "koc.backtest.calibration-target.overall=.2",
                "koc.backtest.calibration-target.decile=.5",
                "koc.backtest.cutoffs=4",
                "koc.backtest.least-history-days=8",
                "koc.backtest.max-age-days=9",
                "koc.backtest.in-run=false",
                "koc.recommend.gate=warn",
                "koc.language=zh",
                "koc.seed=10");

        assertThat(BacktestSettings.from(config))
                .isEqualTo(new BacktestSettings(
                        1, 2, 3, 1.5, List.of(4, 5), 600, 7, .2, .5, 4, 8, 9, false, false, "zh", 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[50,20]", "[20,20]", "[1,20]", "[few]"})
    void bandsThatDoNotAscendAreRefused(String bands) {
        assertThatThrownBy(() -> BacktestSettings.from(config("koc.backtest.pool-bands=" + bands)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.backtest.pool-bands: found [");
    }

    private static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }
}
