package koc.recommend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class RecommendSettingsTest {
    @Test
    void aValueOutOfRangeNamesItsKey() {
        assertThatThrownBy(() -> RecommendSettings.from(config("koc.recommend.min-pool=0")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.recommend.min-pool: found 0; expected a whole number from 1 to 100000");
    }

    private static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }
}
