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
    @Option(names = "--conf", paramLabel = "FILE", description = "HOCON file over conf/reference.conf.")
    private @Nullable File file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One setting over both, such as --set koc.currency=EUR; may be given more than once.")
    private List<String> settings = new ArrayList<>();

    /** All settings, layered and checked for unknown keys and for the values that every run needs. */
    Config load() {
        Config config = Configuration.load(file, settings);
        CommonSettings.from(config);
        return config;
    }
}
