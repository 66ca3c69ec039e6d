package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import koc.SparkTest;
import koc.error.KocException;
import org.junit.jupiter.api.Test;

class InfluenceSettingsTest extends SparkTest {
    @Test
    void aHistoryShorterThanTheColumnsSpeakOfIsRefused() {
        assertThat(InfluenceSettings.from(config("koc.influence.history-days=90"))
                        .historyDays())
                .isEqualTo(90);
        assertThatThrownBy(() -> InfluenceSettings.from(config("koc.influence.history-days=89")))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("koc.influence.history-days: found 89; expected 90 to 365");
    }
}
