package koc.cli;

import java.time.LocalDate;
import java.util.List;
import koc.error.ExitCode;
import koc.run.Progress;

/** Receives the progress of a run and of its jobs. */
interface RunProgress extends Progress {
    /** The run starts. */
    void runStarted(LocalDate day, List<String> jobs);

    /** A note for the user that concerns the whole run, such as an earlier one that has not ended. */
    void runNote(String text);

    /** Every job has succeeded. */
    void runFinished(LocalDate day, String warehouse, double seconds);

    /** The run has failed before its first job started. */
    void refused(ExitCode exitCode, String reason);
}
