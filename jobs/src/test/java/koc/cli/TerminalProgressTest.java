package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import koc.error.ExitCode;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    private final StringWriter out = new StringWriter();

    @Test
    void onATerminalTheRunningJobIsShownAndThenReplaced() {
        TerminalProgress progress = new TerminalProgress(new PrintWriter(out), true);

        progress.started("clean");
        progress.finished("clean", 12_345, 12_000, 3.21);

        assertThat(out.toString())
                .contains("clean        running ...")
                .endsWith("\r\u001b[Kclean               12,345        12,000       3.2\n");
    }

    @Test
    void jobsThatRunAtTheSameTimeKeepTheirNotesApart() {
        TerminalProgress progress = new TerminalProgress(new PrintWriter(out), true);

        progress.started("economics");
        progress.started("recommend");
        progress.note("recommend", "no members");
        progress.note("economics", "no costs");
        progress.finished("economics", 1, 2, 3);

        assertThat(out.toString())
                .contains("economics, recommend running ...", "  - no costs\n")
                .doesNotContain("no members")
                .contains("\u001b[2mrecommend    running ...");
    }

    @Test
    void aNoteOfWhatIsNoJobIsShownAtOnce() {
        new TerminalProgress(new PrintWriter(out), false).note("backtest", "events on 24 days");

        assertThat(out.toString()).isEqualTo("note: events on 24 days\n");
    }

    @Test
    void elsewhereOnlyWholeLinesAreWritten() {
        TerminalProgress progress = new TerminalProgress(new PrintWriter(out), false);

        progress.started("clean");
        progress.note("clean", "no ties: they are inferred");
        progress.failed("clean", ExitCode.INPUT, "told elsewhere");

        assertThat(out.toString()).isEqualTo("clean        failed\n  - no ties: they are inferred\n");
    }
}
