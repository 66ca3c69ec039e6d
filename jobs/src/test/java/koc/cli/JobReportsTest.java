package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import koc.error.ExitCode;
import org.junit.jupiter.api.Test;

class JobReportsTest {
    private final StringWriter out = new StringWriter();
    private final JobReports reports = new JobReports(
            new TerminalProgress(new PrintWriter(out), false), List.of("commissions", "economics", "recommend"));

    @Test
    void aJobThatEndsFirstIsReportedWhenTheJobsBeforeItHaveEnded() {
        reports.note("economics", "no costs");
        reports.finished("economics", 3, 4, 1);
        reports.finished("recommend", 5, 6, 1);
        assertThat(out.toString()).isEmpty();

        reports.note("commissions", "no plan");
        reports.finished("commissions", 1, 2, 1);

        assertThat(out.toString().lines().map(line -> line.replaceFirst(" {2,}\\d.*", "")))
                .containsExactly("commissions", "  - no plan", "economics", "  - no costs", "recommend");
    }

    @Test
    void jobsThatEndedAreReportedThoughAJobBeforeThemNeverStarts() {
        reports.failed("recommend", ExitCode.INPUT, "no members");
        reports.finished("commissions", 1, 2, 1);

        reports.endAll();

        assertThat(out.toString().lines().map(line -> line.replaceFirst(" {2,}\\d.*", "")
                        .replaceAll(" +", " ")))
                .containsExactly("commissions", "recommend failed");
    }
}
