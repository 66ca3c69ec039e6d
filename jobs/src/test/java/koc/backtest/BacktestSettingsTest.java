package koc.backtest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktestSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"[50,20]", "[20,20]", "[1,20]", "[few]"})
    void bandsThatDoNotAscendAreRefused(String bands) {
        Config config = Configuration.load(null, List.of("koc.backtest.pool-bands=" + bands));

        assertThatThrownBy(() -> BacktestSettings.from(config))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.backtest.pool-bands: found [");
    }
}
