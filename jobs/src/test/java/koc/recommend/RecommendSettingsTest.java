package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class RecommendSettingsTest {
    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(RecommendSettings.from(config()))
                .isEqualTo(new RecommendSettings(10, 28, 20, 500, 300, 0.8, 10, 0.25, 0.25, 0.1, 4.0, "CNY", "en"));
    }

    @Test
    void everyKeyIsRead() {
        Config config = config(
                "koc.recommend.min-pool=1",
                "koc.recommend.horizon-days=2",
                "koc.recommend.top=3",
                "koc.recommend.candidates-per-portrait=4",
                "koc.recommend.shortlist=5",
                "koc.recommend.repurchase-share=0.6",
                "koc.recommend.appetite-shrinkage=11",
                "koc.recommend.weight.margin=0.7",
                "koc.recommend.weight.trust=0.8",
                "koc.recommend.weight.generality=0.9",
                "koc.recommend.factor-bound=10",
                "koc.currency=EUR",
                "koc.language=zh");

        assertThat(RecommendSettings.from(config))
                .isEqualTo(new RecommendSettings(1, 2, 3, 4, 5, 0.6, 11, 0.7, 0.8, 0.9, 10, "EUR", "zh"));
    }

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
