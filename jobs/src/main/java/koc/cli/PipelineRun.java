package koc.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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

/** Runs the jobs of a request: independent jobs in parallel, others in order. Records how the run ended. */
final class PipelineRun {
    /** How long the row of a stopped run may wait for another row that is being written. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

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
        notes.forEach(text -> log.note("run", text));
        for (String sentence : log.markLost(liveAttempts)) {
            log.note("run", sentence);
            progress.runNote(sentence);
        }
        log.begin();
        warehouse.useRunHistory(log);
        for (List<Job> jobs : JobGraph.of(request.jobs()).levels()) {
            if (request.attempt().mayHaveSiblings()) {
                log.refresh();
            }
            run(jobs);
        }
        log.end(ExitCode.DONE, null);
        StopHook.waitIfStopping();
        progress.runFinished(request.day(), request.warehouse(), secondsSince(start));
    }

    /** The jobs that are to run after a failure, in their order. */
    List<String> jobsToGoOn() {
        return log.jobsToGoOn();
    }

    /** Stops the work of Spark, and records that the run was stopped. The process is about to end. */
    void stop(String reason) throws InterruptedException {
        warehouse.spark().sparkContext().cancelAllJobs();
        log.stop(reason, PATIENCE);
    }

    /** Runs independent jobs in parallel. Reports them in their order, whichever ends first. */
    private void run(List<Job> jobs) {
        List<JobExecution> executions = new ArrayList<>();
        for (Job job : jobs) {
            progress.started(job.name());
            executions.add(new JobExecution(job, executions.isEmpty()));
        }
        try {
            Parallel.run(executions.toArray(Runnable[]::new));
        } catch (Exception | Error failure) {
            // Catches Exception, because Scala code throws checked exceptions without declaring them.
            StopHook.waitIfStopping();
            executions.forEach(JobExecution::report);
            record(failure, executions);
            throw failure;
        }
        executions.forEach(JobExecution::report);
    }

    private void record(Throwable failure, List<JobExecution> executions) {
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

    /**
     * A job that runs, and the progress it reports. Its notes also go to the log. The notes of all but the first of several
     * parallel jobs wait until the jobs end, so that they are printed in order.
     */
    private final class JobExecution implements Runnable, Progress {
        private final Job job;
        private final Warehouse limited;
        private final Queue<String> notes = new ConcurrentLinkedQueue<>();
        private final boolean isFirst;
        private double seconds;
        private @Nullable Throwable failure;

        JobExecution(Job job, boolean isFirst) {
            this.job = job;
            this.limited = warehouse.limitedTo(
                    new TableAccess(job.name(), request.day(), job.reads(), job.readsPrevious(), job.writes()));
            this.isFirst = isFirst;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            try {
                job.run(new JobRun(request.day(), request.from(), request.landing(), request.force(), limited, this));
                seconds = secondsSince(start);
                log.finished(job.name(), limited.rowsRead(), limited.rowsWritten(), seconds);
            } catch (Exception | Error thrown) {
                failure = thrown;
                throw thrown;
            }
        }

        void report() {
            notes.forEach(text -> reportNote(job.name(), text));
            if (failure == null) {
                progress.finished(job.name(), limited.rowsRead(), limited.rowsWritten(), seconds);
            } else {
                progress.failed(job.name(), FailureCause.exitCode(failure), FailureCause.reason(failure));
            }
        }

        @Override
        public void note(String ofJob, String text) {
            if (isFirst) {
                reportNote(ofJob, text);
            } else {
                notes.add(text);
            }
        }

        private void reportNote(String ofJob, String text) {
            log.note(ofJob, text);
            progress.note(ofJob, text);
        }

        @Override
        public void started(String ofJob) {
            progress.started(ofJob);
        }

        @Override
        public void finished(String ofJob, long rowsIn, long rowsOut, double inSeconds) {
            progress.finished(ofJob, rowsIn, rowsOut, inSeconds);
        }

        @Override
        public void failed(String ofJob, ExitCode exitCode, String reason) {
            progress.failed(ofJob, exitCode, reason);
        }
    }
}
