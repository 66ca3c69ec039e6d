package koc.run;

import koc.error.ExitCode;

/** Receives the progress of jobs, for a terminal or a log collector. */
public interface Progress {
    /** A job starts. */
    void started(String job);

    /** A note for the user that is not an error, such as an absent source and what is missing because of it. */
    void note(String job, String text);

    /** A job has succeeded; the rows are those of the tables it read and wrote. */
    void finished(String job, long rowsIn, long rowsOut, double seconds);

    /** The run has failed. */
    void failed(String job, ExitCode exitCode, String reason);
}
