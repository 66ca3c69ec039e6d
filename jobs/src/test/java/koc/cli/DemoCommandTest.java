package koc.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.Config;
import java.util.List;
import koc.config.Configuration;
import org.junit.jupiter.api.Test;

final class DemoCommandTest {
    @Test
    void itMakesNoBacktest() {
        Config config = DemoCommand.withoutBacktest(Configuration.load(null, List.of()));

        assertFalse(config.getBoolean("koc.backtest.in-run"));
    }
}
