package koc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs one job for one day. */
@Command(sortOptions = false)
final class JobCommand implements Callable<Integer> {
    private final Jobs.Definition job;
    private final RunLauncher runner;

    @Mixin
    private RunOptions options = new RunOptions();

    JobCommand(Jobs.Definition job, RunLauncher runner) {
        this.job = job;
        this.runner = runner;
    }

    @Override
    public Integer call() {
        runner.run(options.log(), () -> options.request(List.of(job)), (spark, request) -> {});
        return 0;
    }
}
