package koc.economics.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import koc.config.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommissionSettingsTest {
    private static final String VERSION =
            "{version=%s,from=\"%s\",min-margin-left=0,margin-bands=[%s],best-sellers=[]}";

    @Test
    void theDefaultsPayOneLevelOnlyAndLeaveTheBrandTenPercent() {
        CommissionSettings settings = read();

        assertThat(settings.upline().pays()).isFalse();
        assertThat(settings.upline().costFactor()).isEqualTo(1);
        assertThat(settings.rules()).hasSize(1);
        assertThat(settings.rules().get(0).minMarginLeft()).isEqualTo(.1);
        assertThat(settings.rewards().stream().map(RewardRule::kind))
                .containsExactly("physical", "virtual", "recognition", "advanced", "achievement", "special");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rules=[]                        | rules: found []; expected at least one version
            rewards=[{name=a,kind=physical,when=level,threshold=emperor,value=1}] | rewards: threshold: found emperor
            rewards=[{name=a,kind=physical,when=rank,threshold=first,value=1}]    | rewards: threshold: found first; expected a number
            rewards=[{name=a,kind=liquid,when=rank,threshold=3,value=1}]          | rewards.1.kind: found liquid
            rewards=[{name=a,kind=virtual,when=rank,threshold=3,value=1},{name=a,kind=virtual,when=rank,threshold=1,value=1}] | a twice
            competition.tiers=[{name=a,reachable-by=.1,prize=1},{name=b,reachable-by=.1,prize=1}] | competition.tiers: found 0.1
            close-days=-1                   | close-days: found -1""")
    void aWrongSettingIsNamed(String setting, String message) {
        assertThatThrownBy(() -> read("koc.economics.commission." + setting)).hasMessageContaining(message);
    }

    @Test
    void versionsFollowEachOtherAndBandsRise() {
        String rising = "{min-margin=0,rate=.1},{min-margin=.3,rate=.2}";

        assertThatThrownBy(() -> read(rules(VERSION.formatted("b", "2024-07-01", rising), "a", "2024-01-01", rising)))
                .hasMessageContaining("rules: found 2024-01-01; expected a later from");
        assertThatThrownBy(() -> read(rules(VERSION.formatted("a", "2024-01-01", rising), "a", "2024-07-01", rising)))
                .hasMessageContaining("rules: found a twice");
        assertThatThrownBy(() -> read(rules(
                        VERSION.formatted("a", "2024-01-01", rising),
                        "b",
                        "2024-07-01",
                        "{min-margin=.3,rate=.1},{min-margin=0,rate=.2}")))
                .hasMessageContaining("margin-bands: found [0.3, 0.0]; expected rising numbers");
    }

    private static String rules(String first, String version, String from, String bands) {
        return "koc.economics.commission.rules=[" + first + "," + VERSION.formatted(version, from, bands) + "]";
    }

    private static CommissionSettings read(String... settings) {
        return CommissionSettings.from(Configuration.load(null, List.of(settings)));
    }
}
