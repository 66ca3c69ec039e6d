package koc.cli;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import koc.error.ExitCode;
import koc.run.Progress;

/**
 * Reports jobs in their order, whichever ends first: the notes and the end of a job wait until the jobs before it have ended.
 * Jobs report from several threads.
 */
final class JobReports implements Progress {
    private final RunProgress progress;
    /** The jobs that have not been reported to their end, in their order. */
    private final Map<String, JobReport> waiting = new LinkedHashMap<>();

    JobReports(RunProgress progress, List<String> jobs) {
        this.progress = progress;
        jobs.forEach(job -> waiting.put(job, new JobReport()));
    }

    /** What is to be reported of a job. */
    private static final class JobReport {
        private final Queue<Runnable> events = new ArrayDeque<>();
        private boolean hasEnded;

        void flush() {
            events.forEach(Runnable::run);
            events.clear();
        }
    }

    /** Reports at once that a job starts. */
    synchronized void started(String job) {
        progress.started(job);
    }

    @Override
    public void note(String job, String text) {
        report(job, false, () -> progress.note(job, text));
    }

    void finished(String job, long rowsIn, long rowsOut, double seconds) {
        report(job, true, () -> progress.finished(job, rowsIn, rowsOut, seconds));
    }

    void failed(String job, ExitCode exitCode, String reason) {
        report(job, true, () -> progress.failed(job, exitCode, reason));
    }

    private synchronized void report(String job, boolean isEnd, Runnable event) {
        JobReport report = Objects.requireNonNull(waiting.get(job), "no such job of this run: " + job);
        report.events.add(event);
        report.hasEnded = isEnd;
        Iterator<JobReport> inOrder = waiting.values().iterator();
        while (inOrder.hasNext()) {
            JobReport next = inOrder.next();
            next.flush();
            if (!next.hasEnded) {
                return;
            }
            inOrder.remove();
        }
    }

    /** Reports what still waits for jobs that will not run. */
    synchronized void endAll() {
        waiting.values().forEach(JobReport::flush);
    }
}
