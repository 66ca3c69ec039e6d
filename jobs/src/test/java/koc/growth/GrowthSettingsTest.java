package koc.growth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class GrowthSettingsTest {
    @Test
    void aValueOutOfRangeNamesItsKey() {
        assertThatThrownBy(() -> GrowthSettings.from(config("koc.growth.county.target-kocs=0")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining(
                        "koc.growth.county.target-kocs: found 0; expected a whole number from 1 to 100000");
    }

    @Test
    void anUnknownSceneIsNamedWithTheAllowedOnes() {
        assertThatThrownBy(() -> GrowthSettings.from(config("koc.growth.leads.scenes=[presale]")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.growth.leads.scenes: found presale")
                .hasMessageContaining("pre_sale");
    }

    @Test
    void theLastKocGetsAtMostAsManyLeadsAsTheFirst() {
        assertThatThrownBy(() -> GrowthSettings.from(config("koc.growth.leads.min-per-koc=21")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.growth.leads.min-per-koc: found 21");
    }

    @Test
    void theWindowOfGroupsIsAtMostThatOfTheFunnel() {
        assertThatThrownBy(() -> GrowthSettings.from(config("koc.growth.groups.window-days=91")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.growth.groups.window-days: found 91");
    }

    private static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }
}
