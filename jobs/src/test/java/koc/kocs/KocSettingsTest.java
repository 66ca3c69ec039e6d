package koc.kocs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import koc.config.Configuration;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class KocSettingsTest {
    @Test
    void aKolNeedsAtLeastThePoolOfARisingKoc() {
        assertRefused(
                "koc.kocs.stage.kol-reach=100",
                "koc.kocs.stage.kol-reach: found 100; expected at least rising-reach, 200");
    }

    @Test
    void weightsThatAreAllZeroAreRefused() {
        assertRefused(
                "koc.kocs.score.weights { influence = 0, reach = 0, own-use = 0, content = 0, persona = 0, restraint = 0,"
                        + " satisfaction = 0 }",
                "koc.kocs.score.weights: all are 0");
    }

    private static void assertRefused(String setting, String message) {
        assertThatThrownBy(() -> KocSettings.from(Configuration.load(null, List.of(setting))))
                .isInstanceOf(KocException.class)
                .hasMessageContaining(message);
    }
}
