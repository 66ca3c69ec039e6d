package koc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import koc.clean.Source;
import koc.clean.ValueFormat;
import koc.error.ExitCode;
import koc.error.KocException;
import koc.source.SourceFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages say about values of environment variables that a record refuses. */
class EnvironmentValuesTest {
    private static final Config DEFAULTS = Configuration.load(null, List.of());

    @Key("koc.till")
    record Till(
            @Range(min = 0, max = 1e9) double rate,
            @Range(min = 0, max = 1e9) double limit,
            List<String> names) {
        Till {
            if (rate > limit) {
                throw KocException.usage(
                        "configuration koc.till.rate: found " + rate,
                        "expected at most limit (" + limit + "), as of 7 tills",
                        "lower it");
            }
            if (names.contains("an")) {
                throw KocException.usage(
                        "configuration koc.till.names: found " + names, "expected a channel", "rename it");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".5", "5e-1", "0.50", "0.5"})
    void aNumberIsHiddenHoweverItIsWritten(String rate) {
        assertThatThrownBy(() -> bind(till().withValue("koc.till.rate", environment(rate))))
                .hasMessage("configuration koc.till.rate: found a value from the environment; expected at most limit"
                        + " (0.25), as of 7 tills; lower it.");
    }

    @ParameterizedTest
    @CsvSource({"1.0E7, 20000001", "10000000, 20000001"})
    void aNumberInTheExpectationIsHiddenToo(String limit, String rate) {
        Config config = till().withValue("koc.till.rate", ConfigValueFactory.fromAnyRef(Double.valueOf(rate)))
                .withValue("koc.till.limit", environment(limit));

        assertThatThrownBy(() -> bind(config))
                .hasMessage("configuration koc.till.rate: found 2.0000001E7; expected what conf/reference.conf says;"
                        + " lower it.");
    }

    @Test
    void valuesOfAFileAreShown() {
        Config config = till().withValue("koc.till.rate", ConfigValueFactory.fromAnyRef(7))
                .withValue("koc.till.names", environment("[]"));

        assertThatThrownBy(() -> bind(config.withValue("koc.till.names", ConfigValueFactory.fromAnyRef(List.of()))))
                .hasMessage("configuration koc.till.rate: found 7.0; expected at most limit (0.25), as of 7 tills;"
                        + " lower it.");
    }

    @Test
    void aTextInAListIsHiddenAndWordsOfWhichItIsAPartAreNot() {
        Config config =
                till().withValue("koc.till.names", ConfigValueFactory.fromAnyRef(List.of("an"), "env var NAMES"));

        assertThatThrownBy(() -> bind(config))
                .hasMessage("configuration koc.till.names: found a value from the environment; expected a channel;"
                        + " rename it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"an,7e12345678901", "an,-1E99999"})
    void aNumberTooLargeForAnyIsHiddenAsAText(String names) {
        Config config = till().withValue(
                        "koc.till.names", ConfigValueFactory.fromAnyRef(List.of(names.split(",")), "env var NAMES"));

        assertThatThrownBy(() -> bind(config))
                .hasMessageStartingWith("configuration koc.till.names: found a value from the environment; ");
    }

    @Test
    void besideANumberOfTheEnvironmentAMessageMayHaveOneTooLargeForAny() {
        Config config = till().withValue("koc.till.limit", environment("5"))
                .withValue("koc.till.names", ConfigValueFactory.fromAnyRef(List.of("an", "7e12345678901")));

        assertThatThrownBy(() -> bind(config))
                .hasMessageStartingWith("configuration koc.till.names: found [an, 7e12345678901]; ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            koc.source.format.users.encoding               | hush-8   | expected an encoding such as UTF-8
            koc.source.format.default.delimiter            | hush     | expected one ASCII character
            koc.source.format.users.dates                  | hush-bb  | expected epoch-seconds
            koc.source.format.users.words.role.chief       | hush     | expected one of
            koc.source.event-id                            | hush     | expected""")
    void formatsOfFilesShowNoneOfThem(String key, String value, String expected) {
        boolean isList = key.endsWith("dates") || key.endsWith("event-id");
        Config config =
                DEFAULTS.withValue(key, ConfigValueFactory.fromAnyRef(isList ? List.of(value) : value, "env var HUSH"));

        assertThatThrownBy(() -> {
                    SourceFormat.of(config, "users");
                    ValueFormat.of(config, Source.USERS);
                    ValueFormat.of(config, Source.EVENTS);
                })
                .isInstanceOfSatisfying(KocException.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(failure.getCause()).isNull();
                })
                .hasMessageContaining(": found a value from the environment; " + expected)
                .hasMessageNotContaining("hush");
    }

    private static Till bind(Config config) {
        return SettingsBinder.bind(config, Till.class);
    }

    private static Config till() {
        return com.typesafe.config.ConfigFactory.parseString("koc.till { rate = 0, limit = .25, names = [] }");
    }

    private static com.typesafe.config.ConfigValue environment(String value) {
        return ConfigValueFactory.fromAnyRef(value, "env var SECRET");
    }
}
