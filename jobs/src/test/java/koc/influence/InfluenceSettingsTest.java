package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class InfluenceSettingsTest {
    private static final Config DEFAULTS = Configuration.load(null, List.of());

    @Test
    void aHistoryShorterThanNinetyDaysIsRejected() {
        assertThatThrownBy(() ->
                        InfluenceSettings.from(Configuration.load(null, List.of("koc.influence.history-days=89"))))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.influence.history-days: found 89; expected a whole number from 90 to 365");
    }

    @Test
    void theFingerprintChangesWithEveryNumberThatIsReadAndNoOther() {
        InfluenceSettings settings = InfluenceSettings.from(DEFAULTS);
        String settingsAsJson = InfluenceSettings.asJson(DEFAULTS);

        for (String key : Configuration.keys()) {
            if (DEFAULTS.getValue(key).unwrapped() instanceof Number number) {
                Config changed = DEFAULTS.withValue(key, ConfigValueFactory.fromAnyRef(slightlyMore(number)));

                assertThat(InfluenceSettings.asJson(changed).equals(settingsAsJson))
                        .as(key)
                        .isEqualTo(InfluenceSettings.from(changed).equals(settings));
            }
        }
    }

    private static Number slightlyMore(Number number) {
        return number instanceof Double value ? value + 0.001 : (Number) (number.longValue() + 1);
    }
}
