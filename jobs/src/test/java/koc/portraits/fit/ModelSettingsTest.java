package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import koc.config.Configuration;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {
    private static final Config DEFAULTS = Configuration.load(null, List.of());

    @Test
    void theFingerprintChangesWithExactlyTheNumbersThatAreRead() {
        ModelSettings settings = ModelSettings.from(DEFAULTS);
        String settingsAsJson = ModelSettings.asJson(DEFAULTS);

        for (String key : Configuration.keys()) {
            if (DEFAULTS.getValue(key).unwrapped() instanceof Number number) {
                Config changed = DEFAULTS.withValue(key, ConfigValueFactory.fromAnyRef(slightlyMore(number)));

                assertThat(ModelSettings.asJson(changed).equals(settingsAsJson))
                        .as(key)
                        .isEqualTo(ModelSettings.from(changed).equals(settings));
            }
        }
    }

    private static Number slightlyMore(Number number) {
        return number instanceof Double value ? value + 0.001 : (Number) (number.longValue() + 1);
    }
}
