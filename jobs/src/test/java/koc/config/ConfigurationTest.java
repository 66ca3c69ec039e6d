package koc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import koc.error.ExitCode;
import koc.error.KocException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    /** The defaults that users were promised; other defaults may become better ones. */
    private static final Map<String, Object> PROMISED =
            Map.of("koc.zone", "Asia/Shanghai", "koc.currency", "CNY", "koc.language", "en");

    @TempDir
    Path folder;

    @Test
    void promisedKeysHaveTheirPromisedDefaults() {
        Config defaults = Configuration.load(null, List.of());

        PROMISED.forEach((key, value) ->
                assertThat(defaults.getValue(key).unwrapped()).as(key).isEqualTo(value));
    }

    @Test
    void everyKeyIsCommented() {
        List<String> uncommented = new ArrayList<>();
        findUncommented(Configuration.reference().getObject("koc"), "koc.", uncommented);

        assertThat(uncommented).isEmpty();
    }

    private static void findUncommented(ConfigObject section, String prefix, List<String> uncommented) {
        section.forEach((key, value) -> {
            boolean isSection = value instanceof ConfigObject object && !object.isEmpty();
            if (!isSection && value.origin().comments().isEmpty()) {
                uncommented.add(prefix + key);
            }
            if (value instanceof ConfigObject object) {
                findUncommented(object, prefix + key + ".", uncommented);
            }
        });
    }

    @Test
    void everyKeyCanBeSet() {
        Config defaults = Configuration.reference();

        for (String key : Configuration.keys()) {
            String value = defaults.getValue(key).render(ConfigRenderOptions.concise());
            assertThatCode(() -> Configuration.load(null, List.of(key + "=" + value)))
                    .as(key)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aSettingWinsOverTheFileAndTheFileOverTheDefaults() throws IOException {
        Path file = Files.writeString(folder.resolve("my.conf"), "koc { zone = Europe/Berlin, currency = EUR }");

        Config config = Configuration.load(file.toFile(), List.of("koc.currency=USD", "koc.currency=CHF"));

        assertThat(config.getString("koc.zone")).isEqualTo("Europe/Berlin");
        assertThat(config.getString("koc.currency")).isEqualTo("CHF");
        assertThat(config.getString("koc.language")).isEqualTo("en");
    }

    @Test
    void anUnknownKeyIsAnErrorThatNamesTheLikeliestOne() throws IOException {
        Path file = Files.writeString(folder.resolve("my.conf"), "koc { time-zone = UTC, currancy = EUR }");

        assertThatThrownBy(() -> Configuration.load(file.toFile(), List.of()))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("unknown key 'koc.time-zone'")
                .hasMessageContaining("unknown key 'koc.currancy' (did you mean 'koc.currency'?)");
    }

    @Test
    void anIncludedFileIsReadRelativeToTheFileThatIncludesIt() throws IOException {
        Files.writeString(folder.resolve("base.conf"), "koc.currency = EUR");
        Path file = Files.writeString(
                folder.resolve("my.conf"), "include \"base.conf\"\ninclude file(\"base.conf\")\nkoc.language = zh");

        Config config = Configuration.load(file.toFile(), List.of());

        assertThat(config.getString("koc.currency")).isEqualTo("EUR");
        assertThat(config.getString("koc.language")).isEqualTo("zh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            include url("http://me:secret@127.0.0.1/x.conf")  | settings are not read from an address
            include "http://me:secret@127.0.0.1/x.conf"       | settings are not read from an address
            include url("file:///etc/hosts")                  | settings are not read from an address
            include required(url("http://127.0.0.1/x.conf"))  | settings are not read from an address
            include "absent.conf"                             | include of absent.conf: no such file
            include file("absent.conf")                       | include of absent.conf: no such file
            include file("/absent.conf")                      | include of /absent.conf: no such file
            include required("absent.conf")                   | include of absent.conf: no such file
            include classpath("koc/reference.conf")           | only files can be included""")
    void anAddressOrAMissingFileIsNotIncluded(String include, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("my.conf"), include + "\nkoc.language = zh\n");

        assertThatThrownBy(() -> Configuration.load(file.toFile(), List.of()))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aValueFromTheEnvironmentIsNeverPrinted() {
        String found = System.getenv("PATH");
        Config config = Configuration.load(
                null,
                List.of("koc.seed=${PATH}", "koc.language=${PATH}", "koc.zone=a${PATH}b", "koc.currency=${?PATH}"));
        Section koc = Section.of(config, "koc");

        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> koc.wholeLong("seed"),
                () -> koc.oneOf("language", "en"),
                () -> koc.whole("zone", 1, 2),
                () -> koc.flag("currency"))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(KocException.class)
                    .hasMessageContaining(": found a value from the environment; expected ")
                    .hasMessageNotContaining(found);
        }
        assertThatThrownBy(() -> Configuration.load(null, List.of("koc.sed=hidden")))
                .hasMessageContaining("--set koc.sed: unknown key 'koc.sed'")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void aFileThatIsNotHoconIsNamedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("my.conf"), "koc {\n  zone = {{\n");

        assertThatThrownBy(() -> Configuration.load(file.toFile(), List.of()))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("my.conf");
    }

    @Test
    void aValueOfTheWrongTypeOrRangeNamesKeyFoundAndExpected() {
        Section koc = Section.of(Configuration.load(null, List.of("koc.seed=soon", "koc.currency=7")), "koc");

        assertThatThrownBy(() -> koc.wholeLong("seed"))
                .isInstanceOfSatisfying(KocException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("koc.seed: found soon; expected a whole number;");
        assertThatThrownBy(() -> koc.whole("currency", 1, 3))
                .hasMessageContaining("expected a whole number from 1 to 3");
        assertThatThrownBy(() -> koc.number("currency", 0, 1))
                .hasMessageContaining("expected a number from 0.0 to 1.0");
        assertThatThrownBy(() -> koc.flag("zone")).hasMessageContaining("expected true or false");
        assertThatThrownBy(() -> koc.oneOf("language", "fr", "it")).hasMessageContaining("expected one of [fr, it]");
    }

    @Test
    void settingsOfSparkMayBeQuotedOrNested() {
        Section koc = Section.of(
                Configuration.load(
                        null,
                        List.of("koc.spark.\"spark.sql.shuffle.partitions\"=8", "koc.spark.spark.ui.enabled=true")),
                "koc");

        assertThat(koc.paths("spark"))
                .containsEntry("spark.sql.shuffle.partitions", "8")
                .containsEntry("spark.ui.enabled", "true");
    }
}
