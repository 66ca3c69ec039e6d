package koc.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import koc.config.Configuration;
import koc.run.JobGraph;
import koc.tables.Catalog;
import koc.warehouse.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the jobs in the order in which they run, and which jobs each of them waits for. Schedulers read the JSON form. */
@Command(name = "jobs", description = "List the jobs in their order, and what each of them waits for.")
final class JobsCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for a person (default), or json for a scheduler, as in conf/airflow/jobs.json.")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Jobs pipeline;

    JobsCommand(Jobs pipeline) {
        this.pipeline = pipeline;
    }

    /** How the list is written. */
    enum Format {
        TABLE,
        JSON
    }

    /**
     * A job, as a scheduler sees it.
     *
     * @param after the jobs that must have run before it
     * @param landing whether it needs {@code --landing}
     */
    private record Step(String name, List<String> after, boolean landing, String description) {}

    @Override
    public Integer call() {
        JobGraph graph = pipeline.graph(Configuration.load(null, List.of()));
        List<Step> steps = pipeline.definitions().stream()
                .map(job -> new Step(
                        job.name(), graph.directPredecessors(job.name()), job.readsLanding(), job.description()))
                .toList();
        spec.commandLine().getOut().print(format == Format.JSON ? json(steps) : table(steps));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String table(List<Step> steps) {
        int width = steps.stream().mapToInt(step -> step.name().length()).max().orElse(1);
        return steps.stream()
                .map(step -> String.format(Locale.ROOT, "%-" + width + "s  %s\n", step.name(), step.description())
                        + (step.after().isEmpty()
                                ? ""
                                : " ".repeat(width + 2) + "after " + String.join(", ", step.after()) + "\n"))
                .collect(Collectors.joining());
    }

    /** One line for each job and each published table, so that a change is easy to see. */
    private static String json(List<Step> steps) {
        return "{\n  \"jobs\": [\n    "
                + steps.stream().map(JobsCommand::json).collect(Collectors.joining(",\n    "))
                + "\n  ],\n  \"published\": [\n    "
                + Catalog.published().stream()
                        .map(Table::name)
                        .map(JobsCommand::json)
                        .collect(Collectors.joining(",\n    "))
                + "\n  ]\n}\n";
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts always have a JSON form", impossible);
        }
    }
}
