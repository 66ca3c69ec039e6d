package koc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs one job for one day. */
@Command(sortOptions = false)
final class JobCommand implements Callable<Integer> {
    private final Jobs jobs;
    private final Jobs.Definition job;
    private final RunLauncher runner;

    @Mixin
    private RunOptions options = new RunOptions();

    JobCommand(Jobs jobs, Jobs.Definition job, RunLauncher runner) {
        this.jobs = jobs;
        this.job = job;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        runner.run(options.log(), () -> options.request(jobs, List.of(job)));
        return 0;
    }
}
