package koc.cli;

import com.typesafe.config.Config;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import koc.config.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that change settings. */
final class ConfigurationOptions {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "HOCON file whose values replace those of conf/reference.conf.")
    private @Nullable File file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting that replaces both, such as --set koc.currency=EUR; may be repeated.")
    private List<String> settings = new ArrayList<>();

    /** Whether the command line has any of these options. */
    boolean isGiven() {
        return file != null || !settings.isEmpty();
    }

    /** Loads all layers of settings. Unknown keys and invalid common values are errors. */
    Config load() {
        Config config = Configuration.load(file, settings);
        CommonSettings.from(config);
        return config;
    }
}
