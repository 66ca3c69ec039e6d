package koc;

import koc.error.ExitCode;
import koc.run.Progress;

/** Progress that nobody needs to see; a test that reads the notes overrides {@link #note}. */
public class Silence implements Progress {
    @Override
    public void started(String job) {}

    @Override
    public void note(String job, String text) {}

    @Override
    public void finished(String job, long rowsIn, long rowsOut, double seconds) {}

    @Override
    public void failed(String job, ExitCode exitCode, String reason) {}
}
