package koc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the pipeline, or some of its jobs, for one day. */
@Command(
        name = "run",
        description = "Run the pipeline for one day: every job, or those named by --jobs, in order.",
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    private final Jobs jobs;
    private final RunLauncher runner;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--jobs",
            paramLabel = "JOB",
            split = ",",
            description =
                    "Only these jobs, for example --jobs clean,features; tables of other jobs are used as they are.")
    private List<String> names = new ArrayList<>();

    RunCommand(Jobs jobs, RunLauncher runner) {
        this.jobs = jobs;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        runner.run(options.log(), () -> options.request(jobs, jobs.named(names)));
        return 0;
    }
}
