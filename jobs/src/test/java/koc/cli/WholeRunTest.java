package koc.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koc.Notebooks;
import koc.ReportBrowser;
import koc.SparkTest;
import koc.cli.explain.ExplainSettings;
import koc.cli.explain.Explainer;
import koc.cli.explain.Explanation;
import koc.recommend.features.Part;
import koc.sample.Generator;
import koc.sample.GeneratorOptions;
import koc.tables.Catalog;
import koc.tables.CleanTables;
import koc.tables.FitTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.tables.RunTables;
import koc.warehouse.StoredTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** All jobs on data-samples, against what was planted there; and on little data: backwards, on less, and planned otherwise. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeRunTest extends SparkTest {
    private static final Path SAMPLES = Path.of("../data-samples");
    static final String DAY = "2024-06-30";
    private static final String EARLIER = "2024-06-27";

    @TempDir
    static Path folder;

    /** Settings under which Spark makes other plans: compiled and adaptive ones, several partitions, no broadcasts. */
    private static final Map<String, String> OTHER_PLANS = Map.of(
            "spark.sql.codegen.wholeStage", "true",
            "spark.sql.codegen.factoryMode", "FALLBACK",
            "spark.sql.adaptive.enabled", "true",
            "spark.sql.shuffle.partitions", "3",
            "spark.sql.autoBroadcastJoinThreshold", "-1",
            "spark.sql.optimizer.disableHints", "true",
            "spark.sql.constraintPropagation.enabled", "false",
            "spark.sql.codegen.aggregate.map.twolevel.enabled", "false");

    /** The settings of Spark that {@link #planOtherwise} replaced. */
    private static final Map<String, String> PLANNED_BEFORE = new TreeMap<>();

    private static final Map<String, Optional<String>> GIVEN_BEFORE = new TreeMap<>();

    private static Path warehouse = Path.of("");
    private static Path little = Path.of("");
    private static Path less = Path.of("");
    /** A warehouse in which runs follow each other, and one without the earlier of them. */
    private static Path again = Path.of("");

    private static Path fresh = Path.of("");

    @BeforeAll
    static void runOnce() throws IOException {
        warehouse = folder.resolve("warehouse");
        little = folder.resolve("little");
        less = folder.resolve("less");
        again = folder.resolve("again");
        fresh = folder.resolve("fresh");
        Generator.generate(GeneratorOptions.of(400, 80, 20, 12_000, 120, 11), little);
        withoutAThirdOfTheEvents();
        run(SAMPLES, warehouse, DAY);
    }

    @Test
    @Order(0)
    void publishedCountsAreThoseThatDuckDbComputesFromTheLandingFolder() throws IOException, SQLException {
        PublishedCounts counts =
                new PublishedCounts(SAMPLES, warehouse, day(DAY), Files.createDirectories(folder.resolve("duck")));

        assertThat(counts.tables()).hasSize(31);
        assertThat(counts.differences()).isEmpty();
    }

    @Test
    @Order(0)
    void theQueriesOfTheGuidesFindRowsInThePublishedTables() throws IOException, SQLException {
        String guide = Files.readString(Path.of("../docs/guide/analyst.md"))
                + Files.readString(Path.of("../docs/guide/data-engineer.md"));
        List<String> queries = Pattern.compile("(?s)```sql\\n(.*?)```")
                .matcher(guide)
                .results()
                .map(block -> block.group(1).replace("warehouse/demo", warehouse.toString()))
                .toList();

        assertThat(queries).hasSize(3);
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            for (String query : queries) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    assertThat(rows.next()).as(query).isTrue();
                }
            }
        }
    }

    @Test
    @Order(0)
    void theCommandsOfTheGuidesThatReadTheSampleRun() throws IOException {
        List<GuideCommands.Command> commands = GuideCommands.all().stream()
                .filter(command -> List.of("explain", "inspect", "jobs", "runs", "tables", "unlock")
                        .contains(command.name()))
                .filter(command -> !command.arguments().contains("DIR"))
                .toList();

        assertThat(commands).hasSizeGreaterThanOrEqualTo(5);
        for (GuideCommands.Command command : commands) {
            StringWriter err = new StringWriter();
            int exitCode = new Koc(Jobs.all(), new PrintWriter(new StringWriter()), new PrintWriter(err), false)
                    .execute(command.arguments().stream()
                            .map(word -> word.replace("data-samples", SAMPLES.toString())
                                    .replace("warehouse/demo", warehouse.toString()))
                            .toArray(String[]::new));
            assertThat(exitCode).as(command.place() + ": " + err).isZero();
        }
    }

    @Test
    @Order(0)
    void explainComputesEveryScoreAgain() {
        Explainer explainer = new Explainer(
                new StoredTables(SPARK.sparkContext().hadoopConfiguration(), warehouse.toString()),
                ExplainSettings.from(DEFAULTS));
        Explanation all = explainer.recomputeAll(day(DAY));
        long recommendations = table(RecommendTables.KOC_RECOMMENDATIONS, DAY).count();

        assertThat(all.differences()).isEmpty();
        assertThat(all.checks().stream().filter(check -> check.source().equals("koc_recommendations.score")))
                .hasSize((int) recommendations);
        assertThat(explainer.explainUser(day(DAY), "u0100").differences()).isEmpty();
    }

    @Test
    @Order(0)
    void everyNumberInAPublishedTextIsAColumnOfItsRow() {
        PublishedTexts texts = new PublishedTexts(SPARK, warehouse, day(DAY));

        assertThat(texts.count()).isGreaterThan(1000);
        assertThat(texts.faults()).isEmpty();
    }

    @Test
    @Order(0)
    void publishedPartsOfExpectedBuyersSumToThem() {
        Dataset<Row> published = SPARK.read()
                .parquet(warehouse.resolve("published/koc_recommendations").toString());

        assertThat(published
                        .where("abs(" + String.join(" + ", Part.publishedColumns()) + " - expected_buyers) > 0.001")
                        .collectAsList())
                .isEmpty();
        assertThat(published.where("is_actionable").isEmpty()).isFalse();
        assertThat(published
                        .where("is_actionable AND (NOT is_ready OR expected_buyers < 0.4999)")
                        .collectAsList())
                .isEmpty();
    }

    @Test
    @Order(1)
    void sentencesAreShortAndTheirNumbersAreColumnsOfTheirRows() {
        PublishedSentences sentences = new PublishedSentences(openWarehouse(warehouse), day(DAY));

        assertThat(sentences.faults()).isEmpty();
        assertThat(sentences.cardsThatDiffer()).isEmpty();
    }

    @Test
    @Order(1)
    void portraitsAreThePlantedOnes() {
        assertThat(adjustedRandIndex(settled().where("newcomer = 'false'"))).isGreaterThan(0.8);
    }

    @Test
    @Order(1)
    void usersAreInTheirPlantedPortraitAsOftenAsTheirConfidenceSays() {
        Dataset<Row> users = settled().where("newcomer = 'false'");
        Dataset<Row> main = users.groupBy("portrait_id")
                .agg(expr("mode(portrait, true)").as("main"))
                .join(users, "portrait_id")
                .selectExpr("confidence", "CAST(portrait = main AS INT) AS is_right");

        Row all = main.selectExpr("avg(confidence)", "avg(is_right)").head();
        Row certain =
                main.where("confidence >= 0.9").selectExpr("avg(is_right)").head();

        assertThat(all.getDouble(0)).isCloseTo(all.getDouble(1), within(0.05));
        assertThat(certain.getDouble(0)).isGreaterThan(0.9);
    }

    @Test
    @Order(2)
    void plantedAffinitiesHaveALiftThatIsSurelyAboveOne() {
        Dataset<Row> mates = settled()
                .groupBy("portrait", "portrait_id")
                .agg(count(lit(1)).as("users"))
                .selectExpr(
                        "portrait",
                        "portrait_id",
                        "row_number() OVER (PARTITION BY portrait ORDER BY users DESC, portrait_id) AS n")
                .where("n = 1");
        List<Row> planted = truth("affinities")
                .where("CAST(multiplier AS DOUBLE) >= 2")
                .join(mates, "portrait")
                .join(
                        table(FitTables.CATEGORY_PORTRAIT_FIT, DAY),
                        List.of("portrait_id", "category").toArray(String[]::new),
                        "left")
                .selectExpr("coalesce(lift_low, 0) > 1")
                .collectAsList();

        long found = planted.stream().filter(row -> row.getBoolean(0)).count();
        assertThat(planted).hasSizeGreaterThan(20);
        assertThat(found / (double) planted.size()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    @Order(3)
    void everyPlantedBadRowIsRejectedForItsOwnReasonAndNoOther() {
        Map<String, Long> planted = counted(truth("dirt").where("reason <> 'later'"));
        Map<String, Long> rejected = counted(openWarehouse(warehouse).readUpTo(CleanTables.REJECTS, day(DAY)));

        assertThat(rejected).isEqualTo(planted);
        Dataset<Row> badEvents = truth("dirt")
                .where(
                        "source = 'events' AND column = 'event_id' AND reason NOT IN ('duplicate', 'conflicting_id', 'malformed')")
                .selectExpr("value AS event_id", "reason");
        Dataset<Row> rejectedEvents = openWarehouse(warehouse)
                .readUpTo(CleanTables.REJECTS, day(DAY))
                .where("source = 'events'")
                .selectExpr("get_json_object(raw, '$.event_id') AS event_id", "reason");
        assertThat(badEvents.where("reason <> 'later'").except(rejectedEvents).collectAsList())
                .isEmpty();
    }

    @Test
    @Order(5)
    void aBackfillGivesWhatARunOnTheDayWouldHaveAndLeavesLaterDaysAlone() throws IOException {
        run(little, again, DAY);
        SortedMap<String, String> later = fingerprints(again, WholeRunTest::isOfOneDay, DAY);
        String seen = Files.readString(again.resolve("published/run.json"));

        String output = run(less, again, EARLIER);
        run(less, fresh, EARLIER);

        assertThat(output).contains("not published: readers see " + DAY);
        assertThat(Files.readString(again.resolve("published/run.json"))).isEqualTo(seen);
        assertThat(fingerprints(again, WholeRunTest::isOfOneDay, DAY)).isEqualTo(later);
        assertThat(fingerprints(again, any -> true, EARLIER)).isEqualTo(fingerprints(fresh, any -> true, EARLIER));
    }

    @Test
    @Order(6)
    void aRunOnFewerRowsLeavesNoneOfTheOldHoweverSparkPlansIt() {
        planOtherwise();
        run(less, again, DAY);
        OTHER_PLANS.forEach(
                (key, value) -> assertThat(SPARK.conf().get(key)).as(key).isEqualTo(value));
        planAsBefore();
        run(less, fresh, DAY);

        assertThat(fingerprints(again, any -> true, DAY)).isEqualTo(fingerprints(fresh, any -> true, DAY));
    }

    @Test
    @Order(7)
    void theReportOfTheSampleWorksInARealBrowser() throws IOException {
        ReportBrowser.requireGoodPage(warehouse.resolve("published/report/index.html"), "sample", "--charts", "3");
    }

    @Test
    @Order(8)
    void theNotebooksRunOnTheSample() throws IOException {
        Path backtest = folder.resolve("backtest");
        SmallBacktest.write(openWarehouse(backtest));

        Notebooks.requireGoodNotebooks(warehouse.resolve("published"), backtest);
    }

    /** From now on runs make other plans. They read the settings of Spark from system properties. */
    private static void planOtherwise() {
        OTHER_PLANS.forEach((key, value) -> {
            assertThat(SPARK.conf().getOption(key).isDefined()).as(key).isTrue();
            assertThat(SPARK.conf().get(key)).as(key).isNotEqualTo(value);
            PLANNED_BEFORE.put(key, SPARK.conf().get(key));
            GIVEN_BEFORE.put(key, Optional.ofNullable(System.getProperty(key)));
            System.setProperty(key, value);
        });
    }

    @AfterAll
    static void planAsBefore() {
        PLANNED_BEFORE.forEach(SPARK.conf()::set);
        GIVEN_BEFORE.forEach((key, value) ->
                value.ifPresentOrElse(given -> System.setProperty(key, given), () -> System.clearProperty(key)));
        PLANNED_BEFORE.clear();
        GIVEN_BEFORE.clear();
    }

    private static String run(Path landing, Path into, String day) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new Koc(Jobs.all(), new PrintWriter(out), new PrintWriter(err), false)
                .execute(
                        "run",
                        "--landing",
                        landing.toString(),
                        "--warehouse",
                        into.toString(),
                        "--date",
                        day,
                        "--set",
                        "koc.backtest.in-run=false");
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        return out.toString();
    }

    /** The little data with two of every three events. */
    private static void withoutAThirdOfTheEvents() throws IOException {
        try (Stream<Path> files = Files.walk(little)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = less.resolve(little.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (file.startsWith(little.resolve("events"))) {
                    List<String> lines = Files.readAllLines(file);
                    Files.write(
                            target,
                            Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                                    .filter(i -> i % 3 != 2)
                                    .map(lines::get)
                                    .toList());
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static Dataset<Row> truth(String name) {
        return SPARK.read()
                .option("header", true)
                .csv(SAMPLES.resolve("_truth/" + name + ".csv").toString());
    }

    /** User grain: the portrait found, of those who have one, beside the planted one. */
    private static Dataset<Row> settled() {
        return table(PortraitTables.USER_PORTRAITS, DAY)
                .where(col("portrait_id").notEqual(PortraitTables.NEWCOMERS))
                .join(truth("users"), "user_id");
    }

    private static Dataset<Row> table(Table table, String day) {
        return openWarehouse(warehouse).read(table, day(day));
    }

    private static Map<String, Long> counted(Dataset<Row> rows) {
        Map<String, Long> counts = new TreeMap<>();
        rows.groupBy("source", "reason")
                .count()
                .collectAsList()
                .forEach(row -> counts.put(row.getString(0) + " " + row.getString(1), row.getLong(2)));
        return counts;
    }

    private static boolean isOfOneDay(Table table) {
        return table.dateColumn().equals("day");
    }

    /** Rows and the sum of their hashes of each table, of one day where the table has days. */
    private static SortedMap<String, String> fingerprints(Path of, Predicate<Table> wanted, String day) {
        TreeMap<String, String> prints = new TreeMap<>();
        for (Table table : Catalog.tables()) {
            // What only a backtest writes is not there.
            boolean isThere = Files.isDirectory(of.resolve(table.name()));
            if (isThere && wanted.test(table) && table != RunTables.RUNS) {
                Dataset<Row> rows = SPARK.read()
                        .format("delta")
                        .load(of.resolve(table.name()).toString());
                Column date = col(table.dateColumn());
                rows = rows.where(isOfOneDay(table) ? date.equalTo(lit(day)) : date.leq(lit(day)));
                Column[] columns = Stream.of(rows.columns())
                        .sorted()
                        .map(name -> col(name))
                        .toArray(Column[]::new);
                Row print = rows.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38,0)")))
                        .head();
                prints.put(table.name(), print.toString());
            }
        }
        return prints;
    }

    /** Hubert and Arabie (1985): agreement of two ways to part the same users; 1 the same, 0 as chance would have it. */
    private static double adjustedRandIndex(Dataset<Row> pairs) {
        Map<List<String>, Long> cells = new HashMap<>();
        Map<String, Long> ours = new HashMap<>();
        Map<String, Long> theirs = new HashMap<>();
        for (Row row : pairs.groupBy("portrait_id", "portrait").count().collectAsList()) {
            cells.put(List.of(row.getString(0), row.getString(1)), row.getLong(2));
            ours.merge(row.getString(0), row.getLong(2), Long::sum);
            theirs.merge(row.getString(1), row.getLong(2), Long::sum);
        }
        double together = choose(cells);
        double all =
                choose(Map.of("all", ours.values().stream().mapToLong(n -> n).sum()));
        double expected = choose(ours) * choose(theirs) / all;
        assertThat(new TreeSet<>(theirs.keySet())).hasSizeGreaterThanOrEqualTo(6);
        return (together - expected) / ((choose(ours) + choose(theirs)) / 2 - expected);
    }

    private static double choose(Map<?, Long> sizes) {
        return sizes.values().stream().mapToDouble(n -> n * (n - 1) / 2.0).sum();
    }
}
