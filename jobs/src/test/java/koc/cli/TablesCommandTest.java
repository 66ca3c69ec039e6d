package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import koc.config.Configuration;
import koc.run.Job;
import koc.run.JobGraph;
import koc.tables.Catalog;
import koc.tables.RunTables;
import koc.warehouse.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written from the declarations of tables and jobs is current, and the two agree. */
class TablesCommandTest {
    private static final String BEGIN = "<!-- jobs:begin -->\n";
    private static final String END = "<!-- jobs:end -->\n";

    private final JobGraph graph = Jobs.all().graph(Configuration.load(null, List.of()));

    @Test
    void docsTablesIsCurrent() throws IOException {
        assertThat(Files.readString(Path.of("../docs/tables.md")))
                .as("docs/tables.md is old: write it with bin/koc tables --markdown > docs/tables.md")
                .isEqualTo(printed("tables", "--markdown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/architecture.md"})
    void thePictureOfTheJobsIsCurrent(String document) throws IOException {
        String text = Files.readString(Path.of("..", document));

        assertThat(text).contains(BEGIN, END);
        assertThat(text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END)))
                .as(document + ": the picture is old: put what bin/koc tables --jobs prints between the markers")
                .isEqualTo(printed("tables", "--jobs"));
    }

    @Test
    void theJobsThatAirflowReadsAreCurrent() throws IOException {
        assertThat(Files.readString(Path.of("../conf/airflow/jobs.json")))
                .as("conf/airflow/jobs.json is old: write it with bin/koc jobs --format json > conf/airflow/jobs.json")
                .isEqualTo(printed("jobs", "--format", "json"));
    }

    @Test
    void jobsAreListedWithWhatTheyWaitFor() {
        assertThat(printed("jobs").lines())
                .startsWith(
                        "clean        Checks the landed rows and keeps the valid ones.",
                        "features     Computes the features and tags of every user as of the date.",
                        "             after clean")
                .endsWith("             after evaluate, report");
    }

    @Test
    void jobsAreListedInTheOrderInWhichTheyRun() {
        assertThat(graph.order().stream().map(Job::name))
                .containsExactlyElementsOf(Jobs.all().definitions().stream()
                        .map(Jobs.Definition::name)
                        .toList());
    }

    @Test
    void independentJobsDoNotWaitForEachOther() {
        assertThat(graph.directPredecessors("fit")).containsExactly("portraits");
        assertThat(graph.directPredecessors("kocs")).containsExactly("influence", "fit");
        assertThat(graph.directPredecessors("recommend")).containsExactly("kocs");
        assertThat(graph.directPredecessors("economics")).containsExactly("commissions");
        assertThat(graph.directPredecessors("evaluate")).containsExactly("recommend");
        assertThat(graph.directPredecessors("report")).containsExactly("cards");
    }

    @Test
    void everyTableIsWrittenByTheJobThatItNames() {
        for (Job job : graph.order()) {
            assertThat(job.writes())
                    .as(job.name())
                    .containsExactlyInAnyOrderElementsOf(Catalog.tables().stream()
                            .filter(table -> table.job().equals(job.name()))
                            .toList());
        }
        assertThat(graph.order().stream().flatMap(job -> job.writes().stream()))
                .containsExactlyInAnyOrderElementsOf(Catalog.tables().stream()
                        .filter(table -> table != RunTables.RUNS)
                        .toList());
    }

    @Test
    void noJobReadsATableOfALaterJobExceptOfEarlierRuns() {
        Set<Table> written = new HashSet<>();
        for (Job job : graph.order()) {
            assertThat(written).as(job.name()).containsAll(job.reads());
            written.addAll(job.writes());
        }
    }

    private static String printed(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new Koc(Jobs.all(), new PrintWriter(out), new PrintWriter(err), false).execute(arguments);
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        return out.toString();
    }
}
