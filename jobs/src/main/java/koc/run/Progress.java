package koc.run;

import koc.error.ExitCode;

/** Where a run says how it goes: a person's terminal or a log collector. */
public interface Progress {
    /** A job begins. */
    void started(String job);

    /** Something a person should know that is not an error, such as a source that is absent and what that leaves out. */
    void note(String job, String text);

    /** A job has ended well; rows are those of the tables it read and wrote. */
    void finished(String job, long rowsIn, long rowsOut, double seconds);

    /** The run has failed. */
    void failed(String job, ExitCode exitCode, String reason);
}
