package koc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import koc.config.Section;
import org.junit.jupiter.api.Test;

final class DemoCommandTest {
    @Test
    void whatAUserSaysOfSparkHolds() {
        Config given = Configuration.load(
                null,
                List.of(
                        "koc.spark.spark.sql.shuffle.partitions=7",
                        "koc.spark.\"spark.sql.adaptive.enabled\"=true",
                        "koc.spark.spark.sql.session.example=kept"));

        var spark = Section.of(DemoCommand.forASample(given), "koc").paths("spark");

        assertEquals("7", spark.get("spark.sql.shuffle.partitions"));
        assertEquals("true", spark.get("spark.sql.adaptive.enabled"));
        assertEquals("kept", spark.get("spark.sql.session.example"));
    }

    @Test
    void itMakesNoBacktest() {
        Config config = DemoCommand.forASample(Configuration.load(null, List.of()));

        assertFalse(config.getBoolean("koc.backtest.in-run"));
    }
}
