package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koc.tables.Catalog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The DAG of conf/airflow, run by a real Airflow with a real spark-submit. One run succeeds. The next day's has no landing
 * folder and fails. One task of the first is run again.
 */
class AirflowIT {
    private static final List<String> JOBS =
            Jobs.all().definitions().stream().map(Jobs.Definition::name).toList();

    private static AirflowNight night = new AirflowNight(JsonNodeFactory.instance.objectNode(), Path.of(""));
    private static SmallRun embedded = new SmallRun(Path.of(""), Path.of(""));

    @BeforeAll
    static void run() throws IOException {
        embedded = SmallRun.make();
        night = AirflowNight.run(embedded.landing());
    }

    @Test
    void theDagIsReadWithoutErrorOrWarning() {
        JsonNode structure = night.seen().path("structure");

        assertThat(structure.path("import_errors")).isEmpty();
        assertThat(structure.path("warnings")).isEmpty();
        assertThat(texts(structure.path("operators")))
                .containsOnlyKeys(JOBS)
                .allSatisfy((job, operator) -> assertThat(operator).isEqualTo("SparkSubmitOperator"));
        assertThat(texts(structure.path("groups")).values()).containsOnly("prepare", "understand", "decide", "deliver");
        assertThat(structure.path("pools")).map(JsonNode::asText).containsExactly("koc");
        assertThat(structure.path("assets"))
                .map(JsonNode::asText)
                .containsExactlyElementsOf(Catalog.published().stream()
                        .map(table -> "koc." + table.name())
                        .toList());
        assertThat(structure.path("timetable").asText()).isEqualTo("CronDataIntervalTimetable");
        assertThat(structure.path("timeouts").asBoolean()).isTrue();
        assertThat(structure.path("documented").asBoolean()).isTrue();
        assertThat(structure.path("catchup").asBoolean(true)).isFalse();
        assertThat(structure.path("max_active_runs").asInt()).isEqualTo(1);
    }

    @Test
    void aTaskIsRepeatedOnlyWhereWaitingCanHelp() {
        assertThat(texts(night.seen().path("decisions")))
                .isEqualTo(Map.of(
                        "1", "fail",
                        "2", "fail",
                        "3", "fail",
                        "4", "fail",
                        "5", "fail",
                        "6", "retry",
                        "-9", "retry",
                        "137", "retry",
                        "no spark-submit", "fail"));
    }

    @Test
    void everyJobOfARunIsGivenItsDayAndTheSameRunId() {
        String runId = night.seen().path("first").path("run_id").asText();

        assertThat(runId).isNotEmpty();
        for (String job : JOBS) {
            List<String> expected = new ArrayList<>(List.of(
                    job,
                    "--warehouse",
                    night.warehouse().toString(),
                    "--date",
                    SmallRun.DAY,
                    "--run-id",
                    runId,
                    "--conf",
                    night.warehouse().resolveSibling("koc.conf").toString(),
                    "--log",
                    "json"));
            if (job.equals("clean")) {
                expected.addAll(List.of("--landing", embedded.landing().toString()));
            }
            assertThat(night.seen().path("rendered").path(job))
                    .map(JsonNode::asText)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void aRunLeavesTheRowsOfAnEmbeddedRunAlsoAfterOneTaskWasRunAgainAndTheNextDayFailed() throws IOException {
        assertThat(night.seen().path("first").path("state").asText()).isEqualTo("success");
        assertThat(states("first").values()).containsOnly("success 1");
        assertThat(tables(night.warehouse())).isEqualTo(tables(embedded.warehouse()));
        assertThat(night.warehouse().resolve("published/report/index.html")).isNotEmptyFile();
        assertThat(night.warehouse().resolve("published/excel/marketer.xlsx")).isNotEmptyFile();
        // The task publish ran twice.
        assertThat(night.warehouse().resolve("published").toRealPath()).hasFileName(SmallRun.DAY + "-2");
    }

    @Test
    void aJobThatFailsIsNotRepeatedAndStopsTheRest() {
        Map<String, String> states = states("second");

        assertThat(night.seen().path("second").path("state").asText()).isEqualTo("failed");
        assertThat(states.remove("clean")).isEqualTo("failed 1");
        assertThat(states).hasSize(JOBS.size() - 1);
        assertThat(states.values()).allMatch(state -> state.startsWith("upstream_failed"));
    }

    @Test
    void theCommandsOfTheGuideAreCommandsOfAirflow() {
        assertThat(night.seen().path("commands")).hasSizeGreaterThanOrEqualTo(5);
    }

    /** The published tables; not the files, which name the version of the code. */
    private static Map<String, String> tables(Path warehouse) throws IOException {
        Map<String, String> tables = new TreeMap<>(PublishedPrint.of(warehouse).tables());
        tables.keySet().removeIf(name -> name.contains("/"));
        assertThat(tables).hasSameSizeAs(Catalog.published());
        return tables;
    }

    private static Map<String, String> states(String run) {
        Map<String, String> states = new TreeMap<>();
        night.seen()
                .path(run)
                .path("tasks")
                .properties()
                .forEach(task -> states.put(
                        task.getKey(),
                        task.getValue().path("state").asText() + " "
                                + task.getValue().path("try").asInt()));
        return states;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
