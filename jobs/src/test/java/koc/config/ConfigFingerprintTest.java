package koc.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigFingerprintTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
            koc {
              language = "en"
              seed = 7
              influence {
                tie { days = 30, decay = 0.50 }
                topics = [b, a, 1.0]
              }
            }
            """);
    private static final String TEXT = "{\"koc.influence.tie.days\":30,\"koc.influence.tie.decay\":0.5,"
            + "\"koc.influence.topics\":[\"b\",\"a\",1],\"koc.seed\":7}";

    @Test
    void theTextHasFullKeysInOrderAndPlainNumbers() {
        assertThat(render(CONFIG)).isEqualTo(TEXT);
    }

    @Test
    void orderNestingCommentsAndTheWayNumbersAreWrittenMakeNoDifference() {
        Config other = ConfigFactory.parseString("""
                        koc.seed = 7.0
                        # a comment
                        koc.influence.topics = ["b", "a", 1]
                        koc { influence { tie : {
                          decay = 5e-1 // another
                          days = ${days}
                        } } }
                        days = 30.0
                        """).resolve();

        assertThat(render(other)).isEqualTo(TEXT);
    }

    @Test
    void layersMakeNoDifference() {
        Config layered = ConfigFactory.parseString("koc.seed = 7")
                .withFallback(ConfigFactory.parseString("koc { seed = 8, influence.tie.days = 30 }"))
                .withFallback(CONFIG);

        assertThat(render(layered)).isEqualTo(TEXT);
    }

    @Test
    void aChangedValueAnAddedKeyAndTheOrderOfAListMakeADifference() {
        assertThat(render(with("koc.seed = 8"))).isNotEqualTo(TEXT);
        assertThat(render(with("koc.influence.tie.strong = 1"))).isNotEqualTo(TEXT);
        assertThat(render(with("koc.influence.topics = [a, b, 1]"))).isNotEqualTo(TEXT);
    }

    @Test
    void aKeyOutsideTheSectionsMakesNoDifference() {
        assertThat(render(with("koc.language = zh, koc.clean.epoch = x"))).isEqualTo(TEXT);
    }

    @Test
    void largeWholeNumbersKeepAllDigits() {
        assertThat(ConfigFingerprint.render(with("koc.seed = 9007199254740993"), "koc.seed"))
                .isEqualTo("{\"koc.seed\":9007199254740993}");
        assertThat(ConfigFingerprint.render(with("koc.seed = 100"), "koc.seed")).isEqualTo("{\"koc.seed\":100}");
    }

    @Test
    void keysOfAnOpenSectionMayBeQuotedOrNested() {
        Config quoted = ConfigFactory.parseString("koc.spark { \"spark.sql.ansi\" = true }");
        Config nested = ConfigFactory.parseString("koc.spark.spark { sql { ansi = true } }");

        assertThat(ConfigFingerprint.render(quoted, "koc.spark"))
                .isEqualTo("{\"koc.spark.spark.sql.ansi\":true}")
                .isEqualTo(ConfigFingerprint.render(nested, "koc.spark"));
    }

    @Test
    void equalConfigurationsHaveEqualHashes() {
        String hash = ConfigFingerprint.hash(Configuration.load(null, List.of()), "koc");

        assertThat(hash).matches("[0-9a-f]{12}");
        assertThat(ConfigFingerprint.hash(Configuration.load(null, List.of("koc.language=en")), "koc"))
                .isEqualTo(hash);
        assertThat(ConfigFingerprint.hash(Configuration.load(null, List.of("koc.language=zh")), "koc"))
                .isNotEqualTo(hash);
    }

    private static String render(Config config) {
        return ConfigFingerprint.render(config, "koc.seed", "koc.influence");
    }

    private static Config with(String settings) {
        return ConfigFactory.parseString(settings).withFallback(CONFIG);
    }
}
