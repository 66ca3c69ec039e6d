package koc.cli;

import java.time.LocalDate;
import java.util.List;
import koc.error.ExitCode;
import koc.run.Progress;

/** The progress of jobs, between the beginning and the end of the run they belong to. */
interface RunProgress extends Progress {
    /** The run begins. */
    void runStarted(LocalDate day, List<String> jobs);

    /** Every job has ended well. */
    void runFinished(LocalDate day, String warehouse, double seconds);

    /** The run has failed before its first job began. */
    void refused(ExitCode exitCode, String reason);
}
