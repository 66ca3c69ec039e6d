package koc.growth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class ReachSettingsTest {
    @Test
    void aValueOutOfRangeNamesItsKey() {
        assertThatThrownBy(() -> ReachSettings.from(config("koc.reach.county.target=0")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.reach.county.target: found 0; expected a whole number from 1 to 100000");
    }

    @Test
    void anUnknownSceneIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> ReachSettings.from(config("koc.reach.leads.scenes=[presale]")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.reach.leads.scenes: found presale")
                .hasMessageContaining("pre_sale");
    }

    @Test
    void groupsCannotLookFurtherBackThanTheFunnel() {
        assertThatThrownBy(() -> ReachSettings.from(config("koc.reach.groups.window-days=91")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.reach.groups.window-days: found 91");
    }

    private static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }
}
