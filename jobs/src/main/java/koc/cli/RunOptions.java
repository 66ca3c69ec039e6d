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

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description =
                    "Run that this process belongs to. Processes of one run may write in the warehouse at the same"
                            + " time; those of another run must wait. Default: a run of its own.")
    private @Nullable String runId;

    @Mixin
    private SharedOptions shared = new SharedOptions();

    LogFormat log() {
        return shared.log();
    }

    String warehouse() {
        return warehouse;
    }

    LocalDate date() {
        return date;
    }

    /** Loads all layers of settings. */
    Config config() {
        return shared.load();
    }

    /**
     * Checks the options and makes the request to run these jobs. Reads no input.
     *
     * @param pipeline all jobs
     */
    RunRequest request(Jobs pipeline, List<Jobs.Definition> definitions) {
        if (runId != null && !runId.matches("\\P{Cntrl}{1,250}")) {
            throw KocException.usage(
                    "--run-id: " + runId.length() + " characters, or control characters",
                    "expected 1 to 250 visible characters",
                    "give for example --run-id nightly-" + date);
        }
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
        return new RunRequest(
                date,
                from,
                landing,
                warehouse,
                force,
                config,
                jobs,
                pipeline.graph(config),
                Attempt.start(runId),
                this::command);
    }

    /** The command that runs these jobs with these options. Settings are not repeated: they may hold secrets. */
    private String command(List<String> jobs) {
        StringBuilder command = new StringBuilder("bin/koc run");
        if (landing != null) {
            append(command, "--landing", landing);
        }
        append(command, "--warehouse", warehouse);
        append(command, "--date", date.toString());
        if (from != null) {
            append(command, "--from", from.toString());
        }
        if (force) {
            command.append(" --force");
        }
        if (runId != null) {
            append(command, "--run-id", runId);
        }
        append(command, "--jobs", String.join(",", jobs));
        return shared.hasSettings() ? command + " with the same --conf and --set" : command.toString();
    }

    private static void append(StringBuilder command, String option, String value) {
        boolean isPlain = value.matches("[\\w./:,=+@%-]+");
        command.append(' ')
                .append(option)
                .append(' ')
                .append(isPlain ? value : "'" + value.replace("'", "'\\''") + "'");
    }
}
