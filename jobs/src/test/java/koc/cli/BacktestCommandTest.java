package koc.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.config.Section;
import koc.error.KocException;
import koc.run.JobRun;
import koc.tables.BacktestTables;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.RecommendTables;
import koc.tables.RunTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Backtests of two small jobs: 30 guides with two members each, all of whom buy the kettle in February; popularity always
 * recommends the kettle.
 */
class BacktestCommandTest extends SparkTest {
    private static final String DAY = "2024-02-28";
    private static final String CUTOFF = "2024-01-31";

    @TempDir
    Path folder;

    private String landing = "";
    private String recommended = "teapot";
    private boolean isPublished;
    /** From when on earlier days can no longer be rebuilt. */
    private LocalDate historyStartsOn = LocalDate.MIN;

    private final List<LocalDate> asOf = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeLanding() throws IOException {
        landing = Files.createDirectory(folder.resolve("landing")).toString();
    }

    @Test
    void everyCutoffHasItsOwnWarehouseAndIsComparedWithLaterEvents() throws IOException {
        Path backtest = folder.resolve("backtest");

        int exitCode = backtest(backtest, "--cutoffs", "2");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(asOf).containsExactly(day(DAY), day("2024-01-03"), day(CUTOFF));
        assertThat(backtest.resolve("cutoff=2024-01-03/warehouse/koc_recommendations"))
                .isDirectory();
        assertThat(backtest.resolve("cutoff=2024-01-31/warehouse/baseline_recommendations"))
                .isDirectory();
        assertThat(out.toString())
                .contains("The published recommendations lose to 'popularity': NDCG@20 is 0.000 against 1.000")
                .contains("published loses", "page in " + backtest + "/report/index.html");
        assertThat(Files.readString(backtest.resolve("report/index.html"))).contains("<h1>Backtest up to " + DAY);
        Row published = results(openWarehouse(backtest.resolve("results")));
        assertThat(published.<Integer>getAs("cutoffs")).isEqualTo(2);
        assertThat(published.<Long>getAs("kocs")).isEqualTo(30);
        assertThat(published.<String>getAs("target_event")).isEqualTo("purchase");
        assertThat(published.<Integer>getAs("horizon_days")).isEqualTo(28);
    }

    @Test
    void aBacktestReplacesAnEarlierOneAndNothingElse() throws IOException {
        Path earlier = Files.createDirectory(folder.resolve("earlier"));
        Files.writeString(earlier.resolve("made-by-koc-backtest"), "");
        Path old = Files.createDirectories(earlier.resolve("cutoff=2023-12-31/warehouse"));
        Path note = Files.writeString(earlier.resolve("my-notes.txt"), "keep");
        Path holidays = Files.createDirectory(folder.resolve("holidays"));
        Path photo = Files.writeString(holidays.resolve("photo.txt"), "sea");
        recommended = "kettle";

        int again = backtest(earlier);
        int foreign = backtest(holidays);

        assertThat(again).isZero();
        assertThat(old).doesNotExist();
        assertThat(note).exists();
        assertThat(results(openWarehouse(earlier.resolve("results"))).<Double>getAs("ndcg_first_purchases"))
                .isEqualTo(1.0);
        assertThat(foreign).isEqualTo(2);
        assertThat(err.toString()).contains("holidays: not empty, and no backtest made it", "photo.txt");
        assertThat(photo).exists();
    }

    @Test
    void aRunInWhichNoKocHasAListPublishesWithoutABacktest() {
        recommended = "kettle";
        String untested = "koc.backtest.in-run=false";
        String warehouseFolder = folder + "/warehouse";
        execute("run", "--landing", landing, "--warehouse", warehouseFolder, "--date", "2024-02-20", "--set", untested);
        run("--set", untested);
        asOf.clear();
        recommended = "";

        int exitCode = run();

        assertThat(exitCode).isZero();
        assertThat(isPublished).isTrue();
        assertThat(asOf).containsExactly(day(DAY));
        assertThat(out.toString()).contains("no backtest: no KOC has a list to evaluate");
    }

    @Test
    void cutoffsHaveTheRequestedDistance() {
        int exitCode = backtest(folder.resolve("backtest"), "--cutoffs", "2", "--step-days", "7");

        assertThat(exitCode).isZero();
        assertThat(asOf).containsExactly(day(DAY), day("2024-01-24"), day(CUTOFF));
        assertThat(out.toString()).contains("events on 24 days up to 2024-01-24");
    }

    @Test
    void anEarlierBacktestIsKeptIfTheNewOneIsImpossible() throws IOException {
        Path earlier = folder.resolve("backtest");
        backtest(earlier);
        List<String> made = files(earlier);

        int beforeHistory = backtest(earlier, "--cutoffs", "3");
        int wrongSetting = backtest(earlier, "--set", "koc.backtest.resamples=1");
        int wrongStep = backtest(earlier, "--step-days", "0");

        assertThat(List.of(beforeHistory, wrongSetting, wrongStep)).containsExactly(3, 2, 2);
        assertThat(err.toString()).contains("cutoff 2023-12-06: no event up to it", "--step-days 0");
        assertThat(files(earlier)).isEqualTo(made);
    }

    @Test
    void aHorizonWithoutEventsIsAFailureOfInput() {
        int exitCode = execute(
                "backtest",
                "--landing",
                landing,
                "--cutoff",
                "2024-05-01",
                "--horizon-days",
                "28",
                "--out",
                folder + "/backtest");

        assertThat(exitCode).isEqualTo(3);
        assertThat(err.toString()).contains("no event from 2024-05-02 to 2024-05-29");
    }

    @Test
    void aRunThatLosesItsOwnBacktestPublishesNothingAndSaysWhy() {
        int exitCode = run();

        assertThat(exitCode).isEqualTo(5);
        assertThat(isPublished).isFalse();
        assertThat(asOf).containsExactly(day(DAY), day(CUTOFF));
        assertThat(err.toString()).contains("lose to 'popularity'", "0.000", "1.000", "koc.recommend.gate=warn");
        Row run = warehouse()
                .read(RunTables.RUNS, day(DAY))
                .orderBy(col("attempt").desc())
                .head();
        assertThat(run.<Integer>getAs("exit_code")).isEqualTo(5);
        assertThat(run.<String>getAs("reason")).contains("lose to 'popularity'");
        assertThat(results(warehouse()).<Double>getAs("ndcg_first_purchases")).isZero();
        assertThat(folder.resolve("warehouse/backtest-scratch")).doesNotExist();
    }

    @Test
    void cutoffsThatWereJudgedAreNotRebuiltWhenMoreAreJudged() {
        int exitCode = run("--set", "koc.backtest.min-history-days=2");

        assertThat(exitCode).isEqualTo(5);
        assertThat(asOf).containsExactly(day(DAY), day(CUTOFF), day("2024-01-03"));
        assertThat(results(warehouse()).<Integer>getAs("cutoffs")).isEqualTo(2);
    }

    @Test
    void aRunWhoseBacktestFailsIsNotRefusedForAnEarlierOne() {
        int lost = run();
        historyStartsOn = day(DAY);

        int exitCode = execute(
                "run",
                "--landing",
                landing,
                "--warehouse",
                folder + "/warehouse",
                "--date",
                "2024-03-01",
                "--set",
                "koc.backtest.min-history-days=30");

        assertThat(List.of(lost, exitCode)).containsExactly(5, 0);
        assertThat(isPublished).isTrue();
        assertThat(out.toString()).contains("published without a backtest, because it failed");
    }

    @Test
    void whenNoMoreWindowsCanBeJudgedTheRunSaysSo() {
        historyStartsOn = day(CUTOFF);

        int exitCode = run("--set", "koc.backtest.min-history-days=2");

        assertThat(exitCode).isEqualTo(5);
        assertThat(out.toString()).contains("only 1 of 2 cutoffs could be judged");
        assertThat(results(warehouse()).<Integer>getAs("cutoffs")).isEqualTo(1);
    }

    @Test
    void aGoodBacktestAllowsThisRunAndTheNextToPublish() {
        recommended = "kettle";
        run("--set", "koc.recommend.gate=warn");
        asOf.clear();
        isPublished = false;

        int exitCode =
                execute("run", "--landing", landing, "--warehouse", folder + "/warehouse", "--date", "2024-03-01");

        assertThat(exitCode).isZero();
        assertThat(isPublished).isTrue();
        assertThat(asOf).containsExactly(day("2024-03-01"));
        assertThat(out.toString()).contains("backtest of " + DAY);
    }

    @Test
    void withoutABacktestARunSaysSoAndHowToMakeOne() {
        int switchedOff = run("--set", "koc.backtest.in-run=false");
        int alone = execute("publish", "--warehouse", folder + "/warehouse", "--date", DAY);
        int young = run("--set", "koc.backtest.min-history-days=60");

        assertThat(List.of(switchedOff, alone, young)).containsOnly(0);
        assertThat(out.toString().split("published without a backtest\\. .*--cutoff 2024-01-31 --horizon-days 28", -1))
                .hasSize(3);
        assertThat(out.toString()).contains("published without a backtest: events on 31 days up to 2024-01-31");
        assertThat(asOf).containsOnly(day(DAY));
    }

    private static List<String> files(Path in) throws IOException {
        try (Stream<Path> files = Files.walk(in)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> in.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private Warehouse warehouse() {
        Warehouse warehouse = openWarehouse(folder.resolve("warehouse"));
        warehouse.useRunHistory((day, job) -> true);
        return warehouse;
    }

    private static Row results(Warehouse warehouse) {
        return warehouse
                .readUpTo(BacktestTables.BACKTEST_RESULTS, day(DAY))
                .where("slice_kind = 'all' AND recommender = 'published'")
                .head();
    }

    private int backtest(Path into, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "backtest",
                "--landing",
                landing,
                "--cutoff",
                CUTOFF,
                "--horizon-days",
                "28",
                "--out",
                into.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--landing", landing, "--warehouse", folder + "/warehouse", "--date", DAY));
        arguments.addAll(List.of(more));
        if (List.of(more).stream().noneMatch(setting -> setting.startsWith("koc.backtest.min-history-days="))) {
            arguments.addAll(List.of("--set", "koc.backtest.min-history-days=30"));
        }
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        Set<Table> cleaned = Set.of(CleanTables.EVENTS, FeatureTables.USER_DAYS, CleanTables.USERS, CleanTables.TIES);
        Set<Table> lists = Set.of(RecommendTables.KOC_RECOMMENDATIONS, RecommendTables.BASELINE_RECOMMENDATIONS);
        Jobs.Definition clean =
                new Jobs.Definition("clean", "", true, config -> TestJobs.job("clean", Set.of(), cleaned, this::clean));
        Jobs.Definition recommend = new Jobs.Definition(
                "recommend",
                "",
                false,
                config -> TestJobs.job("recommend", cleaned, lists, run -> recommend(run, config)));
        Jobs before = new Jobs(List.of(clean, recommend));
        Jobs.Definition evaluate =
                new Jobs.Definition("evaluate", "", false, config -> new EvaluateJob(config, before));
        Jobs.Definition publish = new Jobs.Definition(
                "publish",
                "",
                false,
                config -> new GatedPublishJob(
                        config, TestJobs.job("publish", lists, Set.of(), run -> isPublished = true)));
        return new Koc(
                        new Jobs(List.of(clean, recommend, evaluate, publish)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        false)
                .execute(arguments);
    }

    /** What is known on the day, and nothing of later days. */
    private void clean(JobRun run) {
        if (run.day().isBefore(historyStartsOn)) {
            throw KocException.input("events, " + run.day() + ": none", "they were deleted", "land them again");
        }
        asOf.add(run.day());
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        Dataset<Row> events = SPARK.sql(
                        "SELECT concat('old', id) AS user_id, if(id % 2 = 0, 'kettle', 'teapot') AS product_id,"
                                + " date_add(DATE'2024-01-01', CAST(id AS INT)) AS day FROM range(31)"
                                + " UNION ALL SELECT concat('u', id), 'kettle', DATE'2024-02-10' FROM range(60)")
                .where(col("day").leq(lit(day)));
        warehouse.write(
                CleanTables.EVENTS,
                day,
                filled(
                        CleanTables.EVENTS,
                        day,
                        events.selectExpr(
                                "concat(user_id, product_id) AS event_id",
                                "user_id",
                                "product_id",
                                "'purchase' AS event_type",
                                "day",
                                "CAST(day AS TIMESTAMP) AS occurred_at",
                                "1 AS quantity")));
        warehouse.write(
                FeatureTables.USER_DAYS, day, filled(FeatureTables.USER_DAYS, day, events.select("user_id", "day")));
        warehouse.write(
                CleanTables.USERS,
                day,
                filled(
                        CleanTables.USERS,
                        day,
                        SPARK.range(30).selectExpr("concat('guide', id) AS user_id", "'guide' AS role")));
        warehouse.write(
                CleanTables.TIES,
                day,
                filled(
                        CleanTables.TIES,
                        day,
                        SPARK.range(60)
                                .selectExpr(
                                        "concat('guide', id div 2) AS koc_id",
                                        "concat('u', id) AS user_id",
                                        "'served' AS tie_type")));
    }

    private void recommend(JobRun run, Config config) {
        Warehouse warehouse = run.warehouse();
        LocalDate day = run.day();
        Dataset<Row> guides =
                SPARK.range(recommended.isEmpty() ? 0 : 30).selectExpr("concat('guide', id) AS koc_id", "1 AS rank");
        warehouse.write(
                RecommendTables.KOC_RECOMMENDATIONS,
                day,
                filled(
                        RecommendTables.KOC_RECOMMENDATIONS,
                        day,
                        guides.withColumn("product_id", lit(recommended))
                                .withColumn("target_event", lit("purchase"))
                                .withColumn("horizon_days", lit(28))));
        if (Section.of(config, "koc.recommend").flag("baselines")) {
            warehouse.write(
                    RecommendTables.BASELINE_RECOMMENDATIONS,
                    day,
                    filled(
                            RecommendTables.BASELINE_RECOMMENDATIONS,
                            day,
                            guides.withColumn("product_id", lit("kettle"))
                                    .withColumn("recommender", lit("popularity"))));
        }
    }

    /** The rows with the table's other columns: its date, and something where there must be a value. */
    private static Dataset<Row> filled(Table table, LocalDate day, Dataset<Row> rows) {
        List<String> given = List.of(rows.columns());
        return rows.selectExpr(List.of(table.schema().fields()).stream()
                .map(field -> {
                    String type = field.dataType().sql();
                    if (given.contains(field.name())) {
                        return "CAST(" + field.name() + " AS " + type + ") AS " + field.name();
                    }
                    if (field.name().equals(table.dateColumn())) {
                        return "DATE'" + day + "' AS " + field.name();
                    }
                    String value = type.equals("BOOLEAN") ? "false" : "0";
                    return "CAST(" + (field.nullable() ? "NULL" : value) + " AS " + type + ") AS " + field.name();
                })
                .toArray(String[]::new));
    }
}
