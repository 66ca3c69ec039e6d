package koc.cli;

import com.typesafe.config.Config;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every long-running command: the format of its progress, and its settings. */
final class SharedOptions {
    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for a person (default), json for a log collector.")
    private LogFormat log = LogFormat.TEXT;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    LogFormat log() {
        return log;
    }

    /** Whether the command line names a file of settings or a setting. */
    boolean hasSettings() {
        return configuration.isGiven();
    }

    Config load() {
        return configuration.load();
    }
}
