package koc.cli;

import koc.error.ExitCode;
import koc.run.Job;
import koc.run.JobRun;
import koc.run.Progress;
import koc.table.Tables;
import org.apache.spark.sql.SparkSession;

/** Runs jobs one after the other and records how the run ended. */
final class Pipeline {
    private final RunRequest request;
    private final RunProgress progress;
    private final Tables tables;
    private final RunLog log;

    private Pipeline(SparkSession spark, RunRequest request, RunProgress progress) {
        this.request = request;
        this.progress = progress;
        this.tables = new Tables(spark, request.warehouse());
        this.log = RunLog.open(tables, request.day(), request.config());
    }

    /** Does what is asked; the first job that fails ends the run, and its failure is thrown on. */
    static void run(SparkSession spark, RunRequest request, RunProgress progress) {
        new Pipeline(spark, request, progress).run();
    }

    private void run() {
        long start = System.nanoTime();
        tables.knowingRuns(log::hasRun);
        for (Job job : request.jobs()) {
            run(job);
        }
        log.write(ExitCode.DONE, null);
        progress.runFinished(request.day(), request.warehouse(), secondsSince(start));
    }

    private void run(Job job) {
        String name = job.name();
        progress.started(name);
        log.started(name);
        tables.resetCounts();
        long start = System.nanoTime();
        try {
            job.run(new JobRun(
                    request.day(), request.from(), request.landing(), request.force(), tables, new Noting()));
        } catch (Exception | Error failure) {
            // Exception, though none is declared: Scala code throws checked ones undeclared.
            fail(name, failure);
            throw failure;
        }
        double seconds = secondsSince(start);
        log.finished(name, tables.rowsRead(), tables.rowsWritten(), seconds);
        progress.finished(name, tables.rowsRead(), tables.rowsWritten(), seconds);
    }

    private void fail(String job, Throwable failure) {
        ExitCode exitCode = Failures.exitCode(failure);
        String reason = Failures.reason(failure);
        progress.failed(job, exitCode, reason);
        try {
            log.write(exitCode, reason);
        } catch (Exception unwritable) {
            // The job's own failure is what the user must hear of; that it could not be recorded comes with it.
            failure.addSuppressed(unwritable);
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** What a job may say: its notes go to the log too; its beginning and end are the pipeline's to tell. */
    private final class Noting implements Progress {
        @Override
        public void started(String job) {
            progress.started(job);
        }

        @Override
        public void note(String job, String text) {
            log.note(job, text);
            progress.note(job, text);
        }

        @Override
        public void finished(String job, long rowsIn, long rowsOut, double seconds) {
            progress.finished(job, rowsIn, rowsOut, seconds);
        }

        @Override
        public void failed(String job, ExitCode exitCode, String reason) {
            progress.failed(job, exitCode, reason);
        }
    }
}
