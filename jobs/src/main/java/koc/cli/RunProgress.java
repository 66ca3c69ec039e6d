package koc.cli;

import java.time.LocalDate;
import java.util.List;
import koc.error.ExitCode;
import koc.run.Progress;

/** Receives the progress of a run and of its jobs. */
interface RunProgress extends Progress {
    /** The run starts. */
    void runStarted(LocalDate day, List<String> jobs);

    /** A job starts. */
    void started(String job);

    /** A job has succeeded; the rows are those of the tables it read and wrote. */
    void finished(String job, long rowsIn, long rowsOut, double seconds);

    /** A job has failed, and so has the run. */
    void failed(String job, ExitCode exitCode, String reason);

    /** A note for the user that concerns the whole run, such as an earlier one that has not ended. */
    void runNote(String text);

    /** Every job has succeeded. */
    void runFinished(LocalDate day, String warehouse, double seconds);

    /** The run has failed before its first job started. */
    void refused(ExitCode exitCode, String reason);
}
