package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.error.KocException;
import koc.run.JobRun;
import koc.tables.RunTables;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KocTest extends SparkTest {
    @TempDir
    Path folder;

    private String landing = "";
    private String warehouse = "";
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeFolders() throws IOException {
        landing = Files.createDirectory(folder.resolve("landing")).toString();
        warehouse = folder.resolve("warehouse").toString();
    }

    @Test
    void aRunShowsEachJobWithItsRowsAndNotesAndRecordsThem() {
        int exitCode = run(KocTest::nothing);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .containsPattern("count +0 +3 +\\d+\\.\\d\\R  - nothing but numbers\\R")
                .containsPattern("sum +3 +0 +\\d+\\.\\d\\R")
                .contains("tables in " + warehouse)
                .doesNotContain("\u001b");
        Row recorded = recorded();
        assertThat(recorded.<String>getAs("verdict")).isEqualTo("done");
        assertThat(recorded.<Integer>getAs("exit_code")).isZero();
        assertThat(recorded.<String>getAs("reason")).isNull();
        assertThat(jobs(recorded)).containsExactly("count", "sum", "last");
        assertThat(recorded.<String>getList(recorded.fieldIndex("notes")))
                .containsExactly("count: nothing but numbers");
        assertThat(recorded.<String>getAs("versions")).contains("Spark 4.2.0", "Delta 4.4.0", "Java 17");
    }

    @Test
    void everyAttemptHasARowOfItsOwn() {
        execute("count", "--landing", landing, "--warehouse", warehouse, "--date", "2024-01-01", "--run-id", "nightly");
        execute("sum", "--warehouse", warehouse, "--date", "2024-01-01", "--run-id", "nightly");

        assertThat(attempts().stream().map(KocTest::jobs)).containsExactly(List.of("count"), List.of("sum"));
        assertThat(attempts().stream().map(row -> row.<String>getAs("run_id"))).containsOnly("nightly");
        assertThat(recorded().<Long>getAs("rows_written")).isZero();
        assertThat(recorded().<java.sql.Timestamp>getAs("ended_at"))
                .isAfterOrEqualTo(recorded().<java.sql.Timestamp>getAs("started_at"));
    }

    @Test
    void aJobHasRunUntilAJobBeforeItStartsAgain() {
        Jobs jobs = TestJobs.with(KocTest::nothing);
        execute("run", "--landing", landing, "--warehouse", warehouse, "--date", "2024-01-01");
        assertThat(jobsDone(jobs)).containsExactlyInAnyOrder("count", "sum", "last");

        execute("sum", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(jobsDone(jobs)).containsExactlyInAnyOrder("count", "sum");
    }

    @Test
    void theEndOfAJobIsWrittenWhileTheNextOneRuns() {
        int exitCode = run(last -> {
            Instant end = Instant.now().plusSeconds(60);
            while (jobs(recorded()).size() < 2 && Instant.now().isBefore(end)) {
                KocProcess.sleep(200);
            }
            assertThat(jobs(recorded())).containsExactly("count", "sum");
            assertThat(recorded().<String>getAs("verdict")).isEqualTo("running");
            assertThat(recorded().<String>getList(recorded().fieldIndex("notes")))
                    .containsExactly("count: nothing but numbers");
        });

        assertThat(exitCode).isZero();
        assertThat(jobs(recorded())).containsExactly("count", "sum", "last");
    }

    @Test
    void aJobThatFailsNoLongerCountsAsRun() {
        run(KocTest::nothing);
        Jobs failing = TestJobs.with(run -> {
            throw new IllegalStateException("impossible");
        });

        execute(failing, "last", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(jobsDone(failing)).containsExactlyInAnyOrder("count", "sum");
    }

    @Test
    void anAttemptWhoseProcessWasKilledIsSaidAndItsJobsDoNotCount() {
        run(KocTest::nothing);
        Jobs jobs = TestJobs.with(KocTest::nothing);
        killedAttempt();
        out.getBuffer().setLength(0);

        int exitCode = execute("last", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("note: an earlier attempt for 2024-01-01, started at ")
                .contains("the jobs [sum, last] may have written a part of their tables");
        assertThat(attempts().get(1).<String>getAs("verdict")).isEqualTo("lost");
        assertThat(jobsDone(jobs)).containsExactlyInAnyOrder("count", "last");
        assertThat(recorded().<String>getList(recorded().fieldIndex("notes")))
                .singleElement()
                .asString()
                .startsWith("run: an earlier attempt for 2024-01-01");
    }

    @Test
    void runsListsTheAttemptsTheLatestFirst() throws IOException {
        run(KocTest::nothing);
        killedAttempt();
        out.getBuffer().setLength(0);

        execute("runs", "--warehouse", warehouse, "--format", "json");
        List<JsonNode> listed = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            listed.add(new ObjectMapper().readTree(line));
        }
        out.getBuffer().setLength(0);
        execute("runs", "--warehouse", warehouse, "--top", "1");

        assertThat(listed.stream().map(run -> run.path("verdict").asText())).containsExactly("lost", "done");
        assertThat(listed.get(0).path("missing").asText()).isEqualTo("sum last");
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString()).startsWith("day ").contains("2024-01-01 ", " lost ", "not done: sum last");
    }

    @Test
    void aSecondRunWaitsItsTurnWithExitCode6AndChangesNothing() {
        StringWriter otherErr = new StringWriter();
        List<Integer> others = new ArrayList<>();

        int exitCode = run(run -> others.add(
                new Koc(TestJobs.with(KocTest::nothing), new PrintWriter(out), new PrintWriter(otherErr), false)
                        .execute("sum", "--warehouse", warehouse, "--date", "2024-01-02")));

        assertThat(exitCode).isZero();
        assertThat(others).containsExactly(6);
        assertThat(otherErr.toString())
                .startsWith("koc: warehouse " + warehouse + ": another run is writing in it; the lock is held by run ")
                .contains(" (process " + ProcessHandle.current().pid() + " on ", ", count,sum,last, since ")
                .endsWith("; wait until that run has ended and start this one again.\n");
        assertThat(attempts()).hasSize(1);
        assertThat(Path.of(warehouse, "_koc_lock")).doesNotExist();
    }

    @Test
    void processesOfOneRunShareTheLockButNotAJob() {
        List<Integer> others = new ArrayList<>();
        Jobs jobs = TestJobs.with(run -> {
            others.add(execute("sum", "--warehouse", warehouse, "--date", "2024-01-01", "--run-id", "night 1"));
            others.add(execute("last", "--warehouse", warehouse, "--date", "2024-01-01", "--run-id", "night 1"));
        });
        run(KocTest::nothing);

        execute(jobs, "last", "--warehouse", warehouse, "--date", "2024-01-01", "--run-id", "night 1");

        assertThat(others).containsExactly(0, 6);
        assertThat(err.toString()).contains("another process of run night 1 runs one of these jobs");
        assertThat(Path.of(warehouse, "_koc_lock")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://bucket/w", "gs://bucket/w"})
    void aStorageWithoutItsLibraryIsAnErrorOfTheCommandLine(String storage) {
        List<Integer> exitCodes = List.of(
                execute("run", "--landing", landing, "--warehouse", storage, "--date", "2024-01-01"),
                execute("run", "--landing", storage, "--warehouse", warehouse, "--date", "2024-01-01"),
                execute("runs", "--warehouse", storage));

        assertThat(exitCodes).containsOnly(2);
        assertThat(err.toString())
                .contains("a folder is on a storage whose library is missing; ", "add the library")
                .doesNotContain("\tat ", "bug");
    }

    @Test
    void theCommandThatGoesOnRunsWhatIsMissingBefore() {
        run(KocTest::nothing);
        killedAttempt();
        Jobs failing = TestJobs.with(run -> {
            throw new IllegalStateException("impossible");
        });

        execute(failing, "last", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(err.toString()).contains(" --jobs sum,last\n");
    }

    @Test
    void aFailedRunNamesTheCommandThatGoesOn() {
        int exitCode = execute(
                TestJobs.with(run -> {
                    throw KocException.gate("no better than chance", "a", "b");
                }),
                "run",
                "--landing",
                landing,
                "--warehouse",
                warehouse,
                "--date",
                "2024-01-01",
                "--set",
                "koc.seed=7");

        assertThat(exitCode).isEqualTo(5);
        assertThat(err.toString())
                .isEqualTo("koc: no better than chance; a; b.\nkoc: to go on: bin/koc run --landing " + landing
                        + " --warehouse " + warehouse
                        + " --date 2024-01-01 --jobs last with the same --conf and --set\n");
    }

    @Test
    void aJobThatWroteNoRowsStillCountsAsRun() {
        Consumer<JobRun> empties = run -> run.warehouse()
                .write(TestJobs.NUMBERS, run.day(), run.warehouse().empty(TestJobs.NUMBERS));
        Jobs jobs = new Jobs(List.of(
                new Jobs.Definition(
                        "count",
                        "",
                        false,
                        config -> TestJobs.job("count", Set.of(), Set.of(TestJobs.NUMBERS), empties)),
                new Jobs.Definition(
                        "sum",
                        "",
                        false,
                        config -> TestJobs.job("sum", Set.of(TestJobs.NUMBERS), Set.of(), run -> run.warehouse()
                                .read(TestJobs.NUMBERS, run.day())))));

        int exitCode = execute(jobs, "run", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
    }

    @Test
    void aJobHearsWhatTheJobsBeforeItSaidInThisRunAndInEarlierOnes() {
        Map<String, List<String>> heard = new LinkedHashMap<>();
        Consumer<JobRun> speaks = run -> {
            run.warehouse().write(TestJobs.NUMBERS, run.day(), run.warehouse().empty(TestJobs.NUMBERS));
            run.progress().note("count", "no numbers: numbers stays empty");
        };
        Consumer<JobRun> hears = run -> {
            run.progress().note("sum", "nothing to add");
            heard.putAll(run.warehouse().notes(run.day()));
        };
        Jobs jobs = new Jobs(List.of(
                new Jobs.Definition(
                        "count",
                        "",
                        false,
                        config -> TestJobs.job("count", Set.of(), Set.of(TestJobs.NUMBERS), speaks)),
                new Jobs.Definition(
                        "sum", "", false, config -> TestJobs.job("sum", Set.of(TestJobs.NUMBERS), Set.of(), hears))));
        Map<String, List<String>> said =
                Map.of("count", List.of("no numbers: numbers stays empty"), "sum", List.of("nothing to add"));

        execute(jobs, "run", "--warehouse", warehouse, "--date", "2024-01-01");
        assertThat(heard).isEqualTo(said);
        assertThat(heard.keySet()).containsExactly("count", "sum");

        heard.clear();
        execute(jobs, "run", "--jobs", "sum", "--warehouse", warehouse, "--date", "2024-01-01");
        assertThat(heard).isEqualTo(said);
    }

    @Test
    void aFailureOfInputIsReportedInOneMessageAndRecorded() {
        int exitCode = run(run -> {
            throw KocException.input("landing events: empty", "expected rows", "bring some");
        });

        assertThat(exitCode).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("koc: landing events: empty; expected rows; bring some.\nkoc: to go on: ");
        assertThat(out.toString()).containsPattern("last +failed");
        Row recorded = recorded();
        assertThat(recorded.<String>getAs("verdict")).isEqualTo("failed");
        assertThat(recorded.<Integer>getAs("exit_code")).isEqualTo(3);
        assertThat(recorded.<String>getAs("reason")).isEqualTo("landing events: empty; expected rows; bring some.");
        assertThat(jobs(recorded)).containsExactly("count", "sum");
    }

    @Test
    void aFailureThatSparkWrappedKeepsItsMessage() {
        int exitCode = run(run -> {
            throw new IllegalStateException("wrapped", KocException.gate("no better than chance", "a", "b"));
        });

        assertThat(exitCode).isEqualTo(5);
        assertThat(err.toString()).startsWith("koc: no better than chance; a; b.\nkoc: to go on: ");
    }

    @Test
    void aBugShowsItsStackTraceAndAsksForAReport() {
        int exitCode = run(run -> {
            throw new IllegalStateException("impossible");
        });

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("IllegalStateException: impossible", "\tat koc.cli.", "Please report it");
        assertThat(recorded().<Integer>getAs("exit_code")).isEqualTo(1);
    }

    @Test
    void debugShowsTheStackTraceOfAnyFailure() {
        execute("run", "--debug", "--landing", "/nowhere", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(err.toString()).contains("\tat koc.cli.RunFolders");
    }

    @Test
    void independentJobsRunInParallelAndAreReportedWithTheirNotes() {
        CountDownLatch fitIsDone = new CountDownLatch(1);
        Jobs jobs = influenceAndFit(
                run -> {
                    await(fitIsDone);
                    run.progress().note("influence", "waited for fit");
                },
                run -> {
                    run.warehouse()
                            .write(
                                    TestJobs.NUMBERS,
                                    run.day(),
                                    List.of(RowFactory.create(Date.valueOf(run.day()), 1L)));
                    run.progress().note("fit", "was quicker");
                    fitIsDone.countDown();
                });

        int exitCode = execute(jobs, "run", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .containsPattern("influence +0 +0 .*\\R  - waited for fit\\R")
                .containsPattern("fit +0 +1 .*\\R  - was quicker\\R");
        assertThat(jobs(recorded())).containsExactly("influence", "fit");
    }

    @Test
    void twoJobsThatFailAtTheSameTimeAreBothReported() {
        CountDownLatch fitIsDone = new CountDownLatch(1);
        Jobs jobs = influenceAndFit(
                run -> {
                    await(fitIsDone);
                    throw KocException.input("table ties", "is broken", "mend it");
                },
                run -> {
                    fitIsDone.countDown();
                    throw KocException.contract("table fit", "is worse", "mend it too");
                });

        int exitCode = execute(jobs, "run", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(exitCode).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("koc: table ties; is broken; mend it.\nkoc: and table fit; is worse; mend it too.\n")
                .endsWith(" --jobs influence,fit\n");
        assertThat(out.toString()).containsPattern("influence +failed\\R").containsPattern("fit +failed\\R");
        Row recorded = recorded();
        assertThat(recorded.<Integer>getAs("exit_code")).isEqualTo(3);
        assertThat(recorded.<String>getAs("reason"))
                .isEqualTo("table ties; is broken; mend it. | table fit; is worse; mend it too.");
        assertThat(jobs(recorded)).isEmpty();
    }

    @Test
    void theLogForCollectorsHasOneObjectPerLine() throws IOException {
        execute(
                "run",
                "--landing",
                landing,
                "--warehouse",
                warehouse,
                "--date",
                "2024-01-01",
                "--log",
                "json",
                "--jobs",
                "sum,count");

        List<String> lines = out.toString().lines().toList();
        ObjectMapper json = new ObjectMapper();
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(json.readTree(line).path("at").asText()).endsWith("Z"));
        assertThat(lines.stream().map(line -> field(json, line, "event")))
                .containsExactly("run_started", "started", "note", "finished", "started", "finished", "run_finished");
        JsonNode finished = json.readTree(lines.get(3));
        assertThat(finished.path("job").asText()).isEqualTo("count");
        assertThat(finished.path("rows_out").asLong()).isEqualTo(3);
    }

    @Test
    void aRefusedRunIsReportedToTheCollectorToo() throws IOException {
        int exitCode = execute(
                "run", "--landing", "/nowhere", "--warehouse", warehouse, "--date", "2024-01-01", "--log", "json");

        JsonNode failed = new ObjectMapper().readTree(out.toString());
        assertThat(failed.path("event").asText()).isEqualTo("failed");
        assertThat(failed.path("exit_code").asInt()).isEqualTo(exitCode).isEqualTo(3);
        assertThat(failed.path("reason").asText()).contains("/nowhere");
    }

    @Test
    void aLandingFolderThatIsMissingEndsTheRunBeforeTheWarehouseIsMade() {
        int exitCode = execute("run", "--landing", "/nowhere", "--warehouse", warehouse, "--date", "2024-01-01");

        assertThat(exitCode).isEqualTo(3);
        assertThat(err.toString()).contains("landing /nowhere: no such folder");
        assertThat(Path.of(warehouse)).doesNotExist();
    }

    @Test
    void aWarehouseThatCannotBeWrittenIsAnErrorOfUsage() throws IOException {
        String file = Files.writeString(folder.resolve("file"), "not a folder").toString();

        int exitCode = execute("run", "--landing", landing, "--warehouse", file + "/w", "--date", "2024-01-01");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("warehouse " + file + "/w: cannot be written", "--warehouse");
    }

    @Test
    void theProbeOfTheWarehouseLeavesNothingBehind() throws IOException {
        execute("run", "--landing", landing, "--warehouse", warehouse, "--date", "2024-01-01", "--jobs", "count");

        try (var entries = Files.list(Path.of(warehouse))) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("numbers", "runs", "_koc_warehouse.json", "._koc_warehouse.json.crc");
        }
    }

    @Test
    void aTableThatAJobDoesNotDeclareIsABugThatNamesJobAndTable() {
        int reading = run(run -> run.warehouse().read(TestJobs.NUMBERS, run.day()));
        int writing = run(run -> run.warehouse().clear(TestJobs.NUMBERS, run.day()));

        assertThat(List.of(reading, writing)).containsExactly(1, 1);
        assertThat(err.toString())
                .contains("job 'last' reads table numbers, which it does not declare in reads()")
                .contains("job 'last' writes table numbers, which it does not declare in writes()");
    }

    @Test
    void aNewWarehouseIsMarkedWithItsFormat() {
        run(KocTest::nothing);

        assertThat(Path.of(warehouse, "_koc_warehouse.json")).hasContent("{\"format\": 11}");
    }

    @Test
    void aWarehouseWithoutAMarkerIsRefusedAndNotTouched() throws IOException {
        run(KocTest::nothing);
        Files.delete(Path.of(warehouse, "_koc_warehouse.json"));
        Files.delete(Path.of(warehouse, "._koc_warehouse.json.crc"));
        Map<String, String> before = files();

        int exitCode = run(KocTest::nothing);

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains("warehouse " + warehouse + ": it was made by another version of koc-pipeline")
                .contains("but no _koc_warehouse.json, and this version reads and writes format 11")
                .contains("rebuild it: name an empty folder with --warehouse and run every date again");
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"format": 99} | it has format 99
            {"format": 2} | it has format 2
            {}            | its _koc_warehouse.json names no format
            not json {    | its _koc_warehouse.json names no format""")
    void aWarehouseOfAnotherFormatIsRefusedAndNotTouched(String marker, String found) throws IOException {
        Files.createDirectory(Path.of(warehouse));
        Files.writeString(Path.of(warehouse, "_koc_warehouse.json"), marker);
        Map<String, String> before = files();

        int exitCode = run(KocTest::nothing);

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(found).contains("rebuild it");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aWarehouseFolderThatHoldsOtherThingsIsUsed() throws IOException {
        Files.createDirectories(Path.of(warehouse, "notes"));

        assertThat(run(KocTest::nothing)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clen                                                                          | unknown command 'clen'                     | The commands are run, demo, backtest, generate, import, levels, inspect, explain, runs, unlock, tables, jobs, count, sum, last, help
            run --date 2024-01-01                                                         | Missing required option: '--warehouse=DIR' | koc run --help
            run --warehouse w --date 2024-02-30                                           | found '2024-02-30', expected a day such as | --date
            run --warehouse w --date 2024-01-01 --warehose x                              | unknown option '--warehose'                | Did you mean --warehouse
            run --warehouse w --date 2024-01-01 --log xml                                 | expected one of                            | '--log'
            run --warehouse w --date 2024-01-01 --jobs count,add                          | unknown job 'add'                          | the jobs are count, sum, last
            run --warehouse w --date 2024-01-01                                           | --landing is missing                       | the job 'count' reads it
            sum --warehouse w --date 2024-01-01 --from 2024-01-02                         | --from 2024-01-02                          | after --date 2024-01-01
            sum --warehouse w --date 2024-01-01 --conf none.conf                          | --conf none.conf: no such file             | name one that exists
            sum --warehouse w --date 2024-01-01 --set koc.curency=EUR                     | unknown key 'koc.curency'                  | did you mean 'koc.currency'
            sum --warehouse w --date 2024-01-01 --set koc.zone=Mars                       | koc.zone: found Mars                       | an IANA time zone
            sum --warehouse w --date 2024-01-01 --set koc.currency=Euro                   | koc.currency: found Euro                   | an ISO 4217 code
            sum --warehouse w --date 2024-01-01 --set koc.language=de                     | koc.language: found de                     | one of [en, zh]
            last --warehouse w --date 2024-01-01 --set koc.seed=many                      | koc.seed: found many                       | expected a whole number
            import amazon --in i --out w                                                  | unknown format                             | known formats are cdnow, online-retail
            generate --out w --users 2 --products 1 --kocs 0 --events 9 --days 1 --seed 1 | --users: found 2                           | expected a whole number from 40
            generate --out w --sharing mine                                               | found 'mine', expected own-taste           | --sharing
            backtest --landing l --cutoff 2024-01-01 --horizon-days 0 --out w             | --horizon-days 0                           | a whole number from 1 to 365
            tables nothing                                                                | unknown table 'nothing'                    | the tables are events,""")
    void aMistakeOnTheCommandLineIsNamedWithItsRemedyAndNothingIsTouched(
            String arguments, String problem, String remedy) {
        int exitCode = execute(arguments.split(" +"));

        assertThat(err.toString()).contains(problem).contains(remedy).doesNotContain("\tat ");
        assertThat(exitCode).isEqualTo(2);
        assertThat(Path.of("w")).doesNotExist();
    }

    @Test
    void generateSaysHowManyRowsOfEachSourceItWrote() {
        int exitCode = execute(("generate --out " + folder.resolve("sample")
                        + " --users 100 --products 60 --kocs 5 --events 2000 --days 60 --seed 1 --dirt 0 --layout arrived")
                .split(" ", -1));

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString()).containsPattern("events +2,0\\d\\d rows").containsPattern("users +100 rows");
        assertThat(folder.resolve("sample/users")).isDirectory();
    }

    @Test
    void helpListsTheCommandsAndTheExitCodes() {
        assertThat(execute("--help")).isZero();

        assertThat(out.toString())
                .contains(
                        "run ",
                        "demo ",
                        "tables ",
                        "Write three numbers.",
                        "5 the publication gate refused to publish; 6 waiting can help");
    }

    @Test
    void noCommandIsAnErrorOfUsage() {
        assertThat(execute()).isEqualTo(2);

        assertThat(err.toString()).contains("a command is missing", "The commands are run,");
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(execute("--version")).isZero();

        assertThat(out.toString()).startsWith("koc-pipeline ");
    }

    private static void nothing(JobRun run) {}

    private static Jobs influenceAndFit(Consumer<JobRun> influence, Consumer<JobRun> fit) {
        return new Jobs(List.of(
                new Jobs.Definition(
                        "influence", "", false, config -> TestJobs.job("influence", Set.of(), Set.of(), influence)),
                new Jobs.Definition(
                        "fit", "", false, config -> TestJobs.job("fit", Set.of(), Set.of(TestJobs.NUMBERS), fit))));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private int run(Consumer<JobRun> last) {
        return execute(
                TestJobs.with(last), "run", "--landing", landing, "--warehouse", warehouse, "--date", "2024-01-01");
    }

    private int execute(String... arguments) {
        return execute(TestJobs.with(KocTest::nothing), arguments);
    }

    private int execute(Jobs jobs, String... arguments) {
        return new Koc(jobs, new PrintWriter(out), new PrintWriter(err), false).execute(arguments);
    }

    /** Every file and folder of the warehouse with the time and content it has. */
    private Map<String, String> files() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of(warehouse))) {
            for (Path file : files.toList()) {
                String content = Files.isDirectory(file) ? "" : Arrays.toString(Files.readAllBytes(file));
                found.put(file.toString(), Files.getLastModifiedTime(file) + " " + content);
            }
        }
        return found;
    }

    /** The row of the latest attempt. */
    private Row recorded() {
        List<Row> attempts = attempts();
        return attempts.get(attempts.size() - 1);
    }

    private List<Row> attempts() {
        return openWarehouse(Path.of(warehouse))
                .read(RunTables.RUNS, day("2024-01-01"))
                .orderBy("attempt")
                .collectAsList();
    }

    private Set<String> jobsDone(Jobs jobs) {
        return RunHistory.read(openWarehouse(Path.of(warehouse)), jobs.graph(DEFAULTS))
                .jobsDone(day("2024-01-01"), "");
    }

    /** Adds the row that an attempt leaves whose process is killed after the first of its three jobs. */
    private void killedAttempt() {
        Row done = recorded();
        Object[] values = new Object[done.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = done.get(i);
        }
        values[done.fieldIndex("attempt")] = done.<String>getAs("attempt") + "-later";
        values[done.fieldIndex("started_at")] = java.sql.Timestamp.from(
                done.<java.sql.Timestamp>getAs("started_at").toInstant().plusMillis(1));
        values[done.fieldIndex("verdict")] = "running";
        values[done.fieldIndex("ended_at")] = null;
        values[done.fieldIndex("jobs")] =
                done.<Row>getList(done.fieldIndex("jobs")).subList(0, 1);
        values[done.fieldIndex("notes")] = List.of();
        Row row = RowFactory.create(values);
        openWarehouse(Path.of(warehouse))
                .write(
                        RunTables.RUNS,
                        List.of(row),
                        "day = DATE'2024-01-01' AND attempt = '" + row.getString(done.fieldIndex("attempt")) + "'");
    }

    private static List<String> jobs(Row recorded) {
        return recorded.<Row>getList(recorded.fieldIndex("jobs")).stream()
                .map(job -> Objects.requireNonNull(job.getString(0)))
                .toList();
    }

    private static String field(ObjectMapper json, String line, String name) {
        try {
            return json.readTree(line).path(name).asText();
        } catch (IOException notJson) {
            throw new AssertionError(line, notJson);
        }
    }
}
