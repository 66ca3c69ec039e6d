package koc.kocs.levels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelSettingsTest {
    @Test
    void thresholdsAreInTheOrderOfTheLevels() {
        LevelSettings levels = LevelSettings.from(config());

        assertThat(levels.thresholds())
                .containsExactly(levels.bronze(), levels.silver(), levels.gold(), levels.partner());
    }

    @Test
    void recruitmentNeedsAtLeastThePoolOfAKoc() {
        String recruitment = "koc.kocs.levels.recruitment.";
        LevelSettings levels = LevelSettings.from(config(
                "koc.recommend.min-pool=12",
                recruitment + "staff.pool=0",
                recruitment + "user.pool=11",
                recruitment + "external.pool=2"));

        assertThat(levels.staff().pool()).isEqualTo(1);
        assertThat(levels.user().pool()).isEqualTo(12);
        assertThat(levels.external().pool()).isEqualTo(12);
        assertThat(LevelSettings.from(config("koc.recommend.min-pool=9")).user().pool())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            koc.kocs.levels.window-days=60       | koc.kocs.levels.window-days: found 60; expected 30 or 90
            koc.kocs.levels.retention-fraction=2 | koc.kocs.levels.retention-fraction: found 2.0; expected a number from 0.0 to 1.0
            koc.kocs.levels.gold.net-sales=1999  | koc.kocs.levels.gold.net-sales: found 1999; expected at least 2000, as silver has
            koc.kocs.levels.partner.courses=1    | koc.kocs.levels.partner.courses: found 1; expected at least 2, as gold has
            koc.kocs.levels.version=" "          | koc.kocs.levels.version: found ' '""")
    void aRefusedValueIsNamedWithItsKey(String setting, String message) {
        assertThatThrownBy(() -> LevelSettings.from(config(setting)))
                .isInstanceOf(KocException.class)
                .hasMessageContaining(message);
    }

    private static Config config(String... settings) {
        return Configuration.load(null, List.of(settings));
    }
}
