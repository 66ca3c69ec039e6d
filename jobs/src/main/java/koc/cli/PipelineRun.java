package koc.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import koc.error.ExitCode;
import koc.run.Job;
import koc.run.JobGraph;
import koc.run.JobRun;
import koc.run.Progress;
import koc.spark.Parallel;
import koc.warehouse.TableAccess;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Runs the jobs of a request, each as soon as the jobs before it have ended. Records how the run ended. */
final class PipelineRun {
    /**
     * How long the row of a stopped run may wait for another row that is being written. Writing one takes one to two seconds,
     * and more beside other work; the time of {@link StopHook} must be enough for both.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final RunRequest request;
    private final RunProgress progress;
    private final Warehouse warehouse;
    private final RunLog log;

    /** A run in this session, which has not started. */
    PipelineRun(SparkSession spark, RunRequest request, RunProgress progress) {
        this.request = request;
        this.progress = progress;
        this.warehouse = new Warehouse(spark, request.warehouse());
        this.log = RunLog.open(warehouse, request);
    }

    /**
     * Runs the request. The failure of a job ends the run and is rethrown.
     *
     * @param liveAttempts the attempts of other processes that belong to this run and are under way
     * @param notes what happened before the run started
     */
    void run(Set<String> liveAttempts, List<String> notes) {
        long start = System.nanoTime();
        notes.forEach(text -> log.note(RunLog.RUN, text));
        for (String sentence : log.markLost(liveAttempts)) {
            log.note(RunLog.RUN, sentence);
            progress.runNote(sentence);
        }
        log.begin();
        warehouse.useRunHistory(log);
        runJobs();
        log.end(ExitCode.DONE, null);
        StopHook.waitIfStopping();
        progress.runFinished(request.day(), request.warehouse(), secondsSince(start));
    }

    private void runJobs() {
        Map<String, JobExecution> executions = new LinkedHashMap<>();
        request.jobs().forEach(job -> executions.put(job.name(), new JobExecution(job)));
        try {
            Parallel.runWhenReady(executions, JobGraph.of(request.jobs())::directPredecessors);
        } catch (Exception | Error failure) {
            // Catches Exception, because Scala code throws checked exceptions without declaring them.
            record(failure, executions.values());
            throw failure;
        }
    }

    /** The jobs that are to run after a failure, in their order. */
    List<String> jobsToGoOn() {
        return log.jobsToGoOn();
    }

    /** Stops the work of Spark, and records that the run was stopped. The process is about to end. */
    void stop(String reason) throws InterruptedException {
        log.stopSaving();
        warehouse.spark().sparkContext().cancelAllJobs();
        log.stop(reason, PATIENCE);
    }

    private void record(Throwable failure, Collection<JobExecution> executions) {
        String reasons = executions.stream()
                .flatMap(job -> Optional.ofNullable(job.failure).stream())
                .map(FailureCause::reason)
                .collect(Collectors.joining(" | "));
        try {
            log.end(FailureCause.exitCode(failure), reasons);
        } catch (Exception unwritable) {
            // The job's failure matters most to the user; the failure to record it is attached.
            failure.addSuppressed(unwritable);
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** A job that runs. What it says is recorded and reported. */
    private final class JobExecution implements Runnable, Progress {
        private final Job job;
        private volatile @Nullable Throwable failure;

        JobExecution(Job job) {
            this.job = job;
        }

        @Override
        public void run() {
            StopHook.waitIfStopping();
            long start = System.nanoTime();
            try {
                if (request.attempt().mayHaveSiblings()) {
                    log.refresh();
                }
                Warehouse limited = warehouse.limitedTo(
                        new TableAccess(job.name(), request.day(), job.reads(), job.readsPrevious(), job.writes()));
                progress.started(job.name());
                job.run(new JobRun(request.day(), request.from(), request.landing(), request.force(), limited, this));
                double seconds = secondsSince(start);
                log.finished(job.name(), limited.rowsRead(), limited.rowsWritten(), seconds);
                progress.finished(job.name(), limited.rowsRead(), limited.rowsWritten(), seconds);
            } catch (Exception | Error thrown) {
                StopHook.waitIfStopping();
                failure = thrown;
                progress.failed(job.name(), FailureCause.exitCode(thrown), FailureCause.reason(thrown));
                throw thrown;
            }
        }

        @Override
        public void note(String ofJob, String text) {
            log.note(ofJob, text);
            progress.note(ofJob, text);
        }
    }
}
