package koc.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import koc.error.ExitCode;

/**
 * Reports progress to a person: one line for each job that ends, with rows and seconds, and its notes indented below it.
 *
 * <p>On a terminal it also shows the jobs that are running now. Elsewhere it writes whole lines only.
 */
final class TerminalProgress implements RunProgress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    /** The notes of each job that is running. */
    private final Map<String, List<String>> notes = new LinkedHashMap<>();

    /**
     * Reports to this output.
     *
     * @param terminal whether the output is a terminal, which can show colours and replace lines
     */
    TerminalProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void runStarted(LocalDate day, List<String> jobs) {
        line(bold("koc " + day) + "  " + String.join(" > ", jobs));
        line(faint(String.format(Locale.ROOT, "%-12s %13s %13s %9s", "job", "rows in", "rows out", "seconds")));
    }

    @Override
    public synchronized void started(String job) {
        notes.put(job, new ArrayList<>());
        showRunning();
    }

    @Override
    public synchronized void note(String job, String text) {
        List<String> ofJob = notes.get(job);
        if (ofJob == null) {
            // Such as a note of the backtest, which is a command and no job.
            runNote(text);
        } else {
            ofJob.add(text);
        }
    }

    @Override
    public synchronized void finished(String job, long rowsIn, long rowsOut, double seconds) {
        line(String.format(Locale.ROOT, "%-12s %,13d %,13d %9.1f", job, rowsIn, rowsOut, seconds));
        printNotes(job);
    }

    @Override
    public synchronized void failed(String job, ExitCode exitCode, String reason) {
        line(String.format(Locale.ROOT, "%-12s ", job) + red("failed"));
        printNotes(job);
    }

    @Override
    public synchronized void runNote(String text) {
        line("note: " + text);
    }

    @Override
    public void runFinished(LocalDate day, String warehouse, double seconds) {
        line(String.format(Locale.ROOT, "done in %.1f seconds; tables in %s", seconds, warehouse));
    }

    @Override
    public void refused(ExitCode exitCode, String reason) {
        showTransient("");
    }

    private void printNotes(String job) {
        List<String> ofJob = notes.remove(job);
        if (ofJob != null) {
            ofJob.forEach(note -> line("  - " + note));
        }
        showRunning();
    }

    private void showRunning() {
        if (!notes.isEmpty()) {
            showTransient(String.format(Locale.ROOT, "%-12s running ...", String.join(", ", notes.keySet())));
        }
    }

    private void line(String text) {
        out.println((terminal ? CLEAR_LINE : "") + text);
        out.flush();
    }

    private void showTransient(String text) {
        if (terminal) {
            out.print(CLEAR_LINE + faint(text));
            out.flush();
        }
    }

    private String bold(String text) {
        return styled("1", text);
    }

    private String faint(String text) {
        return styled("2", text);
    }

    private String red(String text) {
        return styled("31", text);
    }

    private String styled(String code, String text) {
        return terminal ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
