package koc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.config.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class SessionTest extends SparkTest {
    @Test
    void daysAreThoseOfTheConfiguredZone() {
        assertThat(SPARK.conf().get("spark.sql.session.timeZone")).isEqualTo("Asia/Shanghai");
    }

    @Test
    void settingsOfSparkSubmitWinOverTheConfiguration() {
        // The test's session is started with these in system properties, as spark-submit passes them.
        var settings = Session.settings(Configuration.load(
                null,
                List.of(
                        "koc.spark.spark.sql.shuffle.partitions=99",
                        "koc.spark.spark.sql.files.maxPartitionBytes=1m")));

        assertThat(settings.get("spark.sql.shuffle.partitions")).isEqualTo("1");
        assertThat(settings.get("spark.sql.files.maxPartitionBytes")).isEqualTo("1m");
    }

    @Test
    void littleInputIsPlannedOnceAndInterpretedInOnePartition() {
        SparkConf large = Session.settings(DEFAULTS, new SparkConf(false), false);
        SparkConf small = Session.settings(DEFAULTS, new SparkConf(false), true);

        assertThat(large.get("spark.sql.shuffle.partitions")).isNotEqualTo("1");
        assertThat(large.get("spark.sql.artifact.isolation.enabled")).isEqualTo("false");
        assertThat(small.get("spark.sql.artifact.isolation.enabled")).isEqualTo("false");
        Map.of(
                        "spark.sql.shuffle.partitions", "1",
                        "spark.sql.adaptive.enabled", "false",
                        "spark.sql.codegen.wholeStage", "false",
                        "spark.buffer.pageSize", "1m")
                .forEach((key, value) -> {
                    assertThat(small.get(key)).as(key).isEqualTo(value);
                    assertThat(large.get(key, "default")).as(key).isNotEqualTo(value);
                });
    }

    @Test
    void settingsOfTheUserWinOverThoseForLittleInput() {
        SparkConf given = new SparkConf(false).set("spark.sql.adaptive.enabled", "true");
        SparkConf settings = Session.settings(config("koc.spark.spark.sql.shuffle.partitions=7"), given, true);

        assertThat(settings.get("spark.sql.adaptive.enabled")).isEqualTo("true");
        assertThat(settings.get("spark.sql.shuffle.partitions")).isEqualTo("7");
    }

    @Test
    void theOptionsOfTheVirtualMachineAreThoseThatSparkAsksFor() {
        List<String> asked =
                Arrays.asList(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+"));
        List<String> given = Arrays.asList(
                System.getProperty("koc.test.jvm.options", "").trim().split("\\s+"));

        // The vector module serves MLlib alone, and adding it prints a warning at every start.
        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(asked.stream()
                        .filter(option -> !option.equals("--add-modules=jdk.incubator.vector"))
                        .toList());
    }
}
