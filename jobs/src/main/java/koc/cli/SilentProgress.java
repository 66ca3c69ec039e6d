package koc.cli;

import java.time.LocalDate;
import java.util.List;
import koc.error.ExitCode;

/** Ignores progress: that of the backtest within a run. */
final class SilentProgress implements RunProgress {
    @Override
    public void runStarted(LocalDate day, List<String> jobs) {}

    @Override
    public void started(String job) {}

    @Override
    public void note(String job, String text) {}

    @Override
    public void finished(String job, long rowsIn, long rowsOut, double seconds) {}

    @Override
    public void failed(String job, ExitCode exitCode, String reason) {}

    @Override
    public void runNote(String text) {}

    @Override
    public void runFinished(LocalDate day, String warehouse, double seconds) {}

    @Override
    public void refused(ExitCode exitCode, String reason) {}
}
