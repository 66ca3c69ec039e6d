package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.config.Configuration;
import koc.portraits.PortraitSettings;
import koc.text.Texts;
import org.junit.jupiter.api.Test;

class RefitDecisionTest {
    private static final Config DEFAULTS = Configuration.load(null, List.of());
    private static final LocalDate FITTED_ON = LocalDate.parse("2024-01-31");
    private static final LocalDate NEXT_DAY = FITTED_ON.plusDays(1);
    private static final Drift AT_THE_LIMITS = new Drift(0.25, 1.15);

    @Test
    void theModelStaysValidUpToTheLimits() {
        assertThat(reason(DEFAULTS, AT_THE_LIMITS, FITTED_ON.plusDays(27))).isEmpty();
    }

    @Test
    void anOldModelIsReplaced() {
        assertThat(reason(DEFAULTS, AT_THE_LIMITS, FITTED_ON.plusDays(28)))
                .hasValue("the model of 2024-01-31 is 28 days old");
    }

    @Test
    void aModelWithOtherSettingsIsReplaced() {
        Config changed = with("koc.portraits.weights.value = 0.1");

        assertThat(reason(changed, new Drift(0, 1), NEXT_DAY))
                .hasValue("the settings differ from those of the model of 2024-01-31");
    }

    @Test
    void aModelFromWhichUsersMovedAwayIsReplaced() {
        assertThat(reason(DEFAULTS, new Drift(0.26, 1), NEXT_DAY))
                .hasValue("users have moved to other portraits since the fit of 2024-01-31: population stability index "
                        + "0.26, limit 0.25");
    }

    @Test
    void aModelThatDescribesUsersWorseIsReplaced() {
        assertThat(reason(DEFAULTS, new Drift(0, 1.2), NEXT_DAY))
                .hasValue("the portraits describe users less well than at the fit of 2024-01-31: mean distance 1.20 "
                        + "times that of the fit, limit 1.15");
    }

    @Test
    void settingsThatDoNotShapeTheModelDoNotReplaceIt() {
        Config changed = with("""
                koc.language = zh
                koc.portraits.names.newcomers = Guests
                koc.portraits.drift { max-population-stability-index = 0.5, max-distance = 2 }
                koc.portraits.transitions.survival-threshold = 0.8
                koc.influence.window-days = 14
                """);

        assertThat(reason(changed, new Drift(0, 1), NEXT_DAY)).isEmpty();
    }

    /** The decision under these settings on a model that was fitted under the defaults. */
    private static Optional<String> reason(Config config, Drift drift, LocalDate day) {
        PreviousModel previous = new PreviousModel(
                PortraitModel.withoutPortraits(FITTED_ON), ModelSettings.asJson(DEFAULTS), Map.of(), List.of());
        PortraitSettings settings = PortraitSettings.from(config);
        return new RefitDecision(settings, ModelSettings.asJson(config), Texts.of(settings.language()))
                .reason(previous, drift, day);
    }

    private static Config with(String settings) {
        return ConfigFactory.parseString(settings).withFallback(DEFAULTS);
    }
}
