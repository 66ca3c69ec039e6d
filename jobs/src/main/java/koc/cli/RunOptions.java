package koc.cli;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.List;
import koc.error.KocException;
import koc.run.Job;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs jobs. */
final class RunOptions {
    @Option(
            names = "--landing",
            paramLabel = "DIR",
            description = "Folder with one folder per source; needed by the clean job.")
    private @Nullable String landing;

    @Option(names = "--warehouse", paramLabel = "DIR", required = true, description = "Folder of the tables.")
    private String warehouse = "";

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            required = true,
            converter = DayConverter.class,
            description = "Run date: the last day, in koc.zone, whose data the run uses.")
    private LocalDate date = LocalDate.EPOCH;

    @Option(
            names = "--from",
            paramLabel = "YYYY-MM-DD",
            converter = DayConverter.class,
            description = "Clean all arrivals from this day on again, not only new ones.")
    private @Nullable LocalDate from;

    @Option(names = "--force", description = "Allow publish to replace the results of a later day.")
    private boolean force;

    @Mixin
    private SharedOptions shared = new SharedOptions();

    LogFormat log() {
        return shared.log();
    }

    /** Checks the options and makes the request to run these jobs. Reads no input. */
    RunRequest request(List<Jobs.Definition> definitions) {
        if (from != null && from.isAfter(date)) {
            throw KocException.usage(
                    "--from " + from, "it is after --date " + date, "give a day that is not after the run date");
        }
        for (Jobs.Definition definition : definitions) {
            if (definition.readsLanding() && landing == null) {
                throw KocException.usage(
                        "--landing is missing",
                        "the job '" + definition.name() + "' reads it",
                        "name the folder with --landing DIR, or leave the job out with --jobs");
            }
        }
        Config config = shared.load();
        List<Job> jobs = definitions.stream()
                .map(definition -> definition.make().apply(config))
                .toList();
        return new RunRequest(date, from, landing, warehouse, force, config, jobs);
    }
}
