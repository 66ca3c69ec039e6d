package koc.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import koc.error.ExitCode;

/**
 * Reports progress to a person: one line per job with rows and seconds, and its notes indented below it.
 *
 * <p>On a terminal it also shows the job that is running now. Elsewhere it writes whole lines only.
 */
final class TerminalProgress implements RunProgress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final List<String> notes = new ArrayList<>();

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
    public void started(String job) {
        showTransient(String.format(Locale.ROOT, "%-12s running ...", job));
    }

    @Override
    public void note(String job, String text) {
        notes.add(text);
    }

    @Override
    public void finished(String job, long rowsIn, long rowsOut, double seconds) {
        line(String.format(Locale.ROOT, "%-12s %,13d %,13d %9.1f", job, rowsIn, rowsOut, seconds));
        printNotes();
    }

    @Override
    public void failed(String job, ExitCode exitCode, String reason) {
        line(String.format(Locale.ROOT, "%-12s ", job) + red("failed"));
        printNotes();
    }

    @Override
    public void runNote(String text) {
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

    private void printNotes() {
        notes.forEach(note -> line("  - " + note));
        notes.clear();
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
