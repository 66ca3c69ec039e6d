package koc.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import koc.Silence;
import koc.SparkTest;
import koc.error.KocException;
import koc.run.JobRun;
import koc.run.PublishedFiles;
import koc.tables.CleanTables;
import koc.tables.ReportTables;
import koc.warehouse.JobHistory;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublishJobTest extends SparkTest {
    private static final Table PORTRAITS = Table.named("portraits")
            .describedAs("One row per portrait.")
            .writtenBy("portraits")
            .keyedBy("day", "portrait_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day         DATE NOT NULL COMMENT 'Run date',
                    portrait_id STRING NOT NULL COMMENT 'Portrait',
                    spend       DECIMAL(18,2) COMMENT 'Money',
                    rate        DOUBLE COMMENT 'Rate',
                    tags        ARRAY<STRING> COMMENT 'Tags'""");
    private static final Table EVENTS = Table.named("level_events")
            .describedAs("One row per event.")
            .writtenBy("kocs")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .columns("""
                    day    DATE NOT NULL COMMENT 'Run date',
                    koc_id STRING NOT NULL COMMENT 'KOC'""");
    private static final Table MIX = Table.named("koc_pool_mix")
            .describedAs("One row per KOC.")
            .writtenBy("recommend")
            .keyedBy("day", "koc_id")
            .partitionedBy("day")
            .published()
            .columns("day DATE NOT NULL COMMENT 'Run date', koc_id STRING NOT NULL COMMENT 'KOC'");
    private static final LocalDate FIRST = LocalDate.parse("2024-01-01");
    private static final LocalDate SECOND = LocalDate.parse("2024-01-02");
    private static final LocalDate INCOMPLETE = LocalDate.parse("2024-01-03");

    @TempDir
    static Path written;

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @BeforeAll
    static void twoCompleteDaysAndOneIncompleteDay() {
        Warehouse warehouse = openWarehouse(written);
        warehouse.write(PORTRAITS, List.of(FIRST, SECOND, INCOMPLETE), rows(PORTRAITS, """
                day        | portrait_id | spend | rate                | tags
                2024-01-01 | b           | 1.50  | 0.16153205661948378 | x;y
                2024-01-01 | a           |       |                     |
                2024-01-02 | a           | 2.00  | 0.16153205661948378 |
                2024-01-03 | a           | 2.00  |                     |
                """));
        warehouse.write(MIX, List.of(FIRST, SECOND), rows(MIX, """
                day        | koc_id
                2024-01-01 | k
                2024-01-02 | k
                """));
    }

    @BeforeEach
    void newWarehouse() throws IOException {
        for (Table table : List.of(PORTRAITS, MIX)) {
            Files.createSymbolicLink(folder.resolve(table.name()), written.resolve(table.name()));
        }
        Files.copy(written.resolve("_koc_warehouse.json"), folder.resolve("_koc_warehouse.json"));
    }

    @ParameterizedTest
    @EnumSource(PublishLayout.class)
    void aRunReplacesThePreviousOne(PublishLayout layout) throws IOException, SQLException {
        publish(layout, FIRST, false);
        publish(layout, SECOND, false);
        publish(layout, SECOND, false);

        Path run = current(layout);
        assertThat(count("select count(*) from '" + run
                        + "/portraits/*.parquet' where day = date '2024-01-02' and rate = 0.1615::DOUBLE"))
                .isEqualTo(1);
        assertThat(Files.readString(run.resolve("run.json"))).contains("\"day\" : \"2024-01-02\"", "\"portraits\" : 1");
        assertThat(Files.readString(run.resolve("dictionary.md"))).contains("## portraits", "## koc_pool_mix");
        assertThat(notes.get(0)).isEqualTo("published 2024-01-01: koc_pool_mix 1, portraits 2 rows");
        try (Stream<Path> files = Files.list(run.resolve("portraits"))) {
            assertThat(files).singleElement().asString().endsWith(".parquet");
        }
    }

    @Test
    void filesAreWholeAgainBesideTheTables() throws IOException {
        Table files = ReportTables.PUBLISHED_FILES;
        Warehouse warehouse = ranOnCompleteDays();
        warehouse.write(
                files,
                FIRST,
                List.of(
                        RowFactory.create(java.sql.Date.valueOf(FIRST), "report/b.txt", 1, new byte[] {3}),
                        RowFactory.create(java.sql.Date.valueOf(FIRST), "report/a.txt", 2, new byte[] {2}),
                        RowFactory.create(java.sql.Date.valueOf(FIRST), "report/a.txt", 1, new byte[] {0, 1})));

        new PublishJob(config(), List.of(MIX), Optional.of(files)).run(run(FIRST, false, warehouse));

        Path report = folder.resolve("published/report");
        assertThat(Files.readAllBytes(report.resolve("a.txt"))).containsExactly(0, 1, 2);
        assertThat(Files.readAllBytes(report.resolve("b.txt"))).containsExactly(3);
        try (Stream<Path> found = Files.list(report)) {
            assertThat(found).hasSize(2);
        }
    }

    @Test
    void runJsonAndThePageSayWhatTheRunFound() throws IOException {
        Table files = ReportTables.PUBLISHED_FILES;
        Warehouse warehouse = openWarehouse(folder);
        warehouse.useRunHistory(new JobHistory() {
            @Override
            public boolean hasRun(LocalDate day, String job) {
                return true;
            }

            @Override
            public Map<String, List<String>> notes(LocalDate day) {
                return Map.of(
                        "recommend", List.of("no KOC has a pool: koc_pool_mix stays empty"),
                        "growth", List.of("level_events stays empty"),
                        "publish", List.of("backtest of 2024-01-01: no clear winner"));
            }
        });
        warehouse.write(EVENTS, INCOMPLETE, List.of());
        warehouse.write(CleanTables.DATA_QUALITY, INCOMPLETE, rows(CleanTables.DATA_QUALITY, """
                day        | source | check_name   | rows | failed | failed_rate | verdict | explanation
                2024-01-03 | events | unknown_user | 100  | 9      | 0.09        | warn    | 9% of the ids match nobody
                2024-01-03 | events | counts_close | 100  | 0      | 0           | pass    | all rows are counted
                """));
        byte[] page = ("<p>" + PublishedFiles.RUN_SLOT + "</p>").getBytes(StandardCharsets.UTF_8);
        warehouse.write(
                files,
                INCOMPLETE,
                List.of(RowFactory.create(java.sql.Date.valueOf(INCOMPLETE), "report/index.html", 1, page)));

        new PublishJob(config(), List.of(MIX, EVENTS, CleanTables.DATA_QUALITY), Optional.of(files))
                .run(run(INCOMPLETE, false, warehouse));

        Config run =
                ConfigFactory.parseFile(folder.resolve("published/run.json").toFile());
        assertThat(run.getStringList("gate")).containsExactly("backtest of 2024-01-01: no clear winner");
        assertThat(run.getStringList("absent_sources")).containsExactly("ties", "costs", "assets", "campaigns");
        assertThat(run.getConfig("empty_tables").root().unwrapped())
                .isEqualTo(Map.of(
                        "koc_pool_mix",
                        "no KOC has a pool: koc_pool_mix stays empty",
                        "level_events",
                        "no KOC changed level"));
        assertThat(run.getConfigList("notes")).hasSize(2);
        assertThat(run.getConfigList("data_quality"))
                .singleElement()
                .extracting(check -> check.root().unwrapped())
                .isEqualTo(Map.of(
                        "source", "events",
                        "check", "unknown_user",
                        "verdict", "warn",
                        "explanation", "9% of the ids match nobody"));
        String shown = Files.readString(folder.resolve("published/report/index.html"));
        assertThat(shown).startsWith("<p><script").endsWith("</script></p>");
        assertThat(ConfigFactory.parseString(shown.replaceAll("<[^>]*>", ""))).isEqualTo(run);
    }

    @Test
    void manyFilesOfManyPartsAreWholeAgain() throws IOException {
        List<Row> parts = new ArrayList<>();
        for (int part = 3; part > 0; part--) {
            for (int file = 0; file < 80; file++) {
                byte[] content = {(byte) file, (byte) part};
                parts.add(RowFactory.create(java.sql.Date.valueOf(FIRST), "report/" + file + ".js", part, content));
            }
        }
        Table files = ReportTables.PUBLISHED_FILES;
        Warehouse warehouse = ranOnCompleteDays();
        warehouse.write(files, FIRST, parts);

        new PublishJob(config(), List.of(MIX), Optional.of(files)).run(run(FIRST, false, warehouse));

        for (int file = 0; file < 80; file++) {
            assertThat(Files.readAllBytes(folder.resolve("published/report/" + file + ".js")))
                    .containsExactly(file, 1, file, 2, file, 3);
        }
    }

    @ParameterizedTest
    @EnumSource(PublishLayout.class)
    void readersKeepThePreviousRunWhenATableIsMissing(PublishLayout layout) throws IOException, SQLException {
        publish(layout, FIRST, false);

        assertThatThrownBy(() -> publish(layout, INCOMPLETE, false))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("published, 2024-01-03: the jobs [")
                .hasMessageContaining("have not run for it");

        assertThat(count("select count(*) from '" + current(layout) + "/portraits/*.parquet'"))
                .isEqualTo(2);
        assertThat(runs(layout)).doesNotContain("2024-01-03-1", "2024-01-03-1.staging", "staging");
    }

    @ParameterizedTest
    @EnumSource(PublishLayout.class)
    void aLaterDayIsReplacedOnlyWithForce(PublishLayout layout) throws IOException {
        publish(layout, SECOND, false);

        publish(layout, FIRST, false);
        assertThat(notes)
                .last()
                .asString()
                .startsWith("not published: readers see 2024-01-02, and a backfill of 2024-01-01")
                .contains("--force");
        assertThat(Files.readString(current(layout).resolve("run.json"))).contains("2024-01-02");

        publish(layout, FIRST, true);

        assertThat(Files.readString(current(layout).resolve("run.json"))).contains("2024-01-01");
    }

    @Test
    void theRemainsOfACrashedPublishAreRemovedAndOnePreviousRunIsKept() throws IOException {
        Files.createDirectories(folder.resolve("published-runs/2024-01-01-1.staging/portraits"));
        Files.createDirectories(folder.resolve("published-runs/2023-01-01-1"));

        publish(PublishLayout.LINK, FIRST, false);
        publish(PublishLayout.LINK, FIRST, false);
        publish(PublishLayout.LINK, SECOND, false);

        assertThat(runs(PublishLayout.LINK)).containsExactly("2024-01-01-2", "2024-01-02-1");
        assertThat(Files.readSymbolicLink(folder.resolve("published")))
                .isEqualTo(Path.of("published-runs/2024-01-02-1"));
    }

    @Test
    void anIncompleteRunOnAnObjectStoreIsRemoved() throws IOException {
        Files.createDirectories(folder.resolve("published/runs/2024-01-01-1/portraits"));

        publish(PublishLayout.POINTER, FIRST, false);

        assertThat(runs(PublishLayout.POINTER)).containsExactly("2024-01-01-2");
    }

    @Test
    void anInterruptedSwapIsRepaired() throws IOException {
        publish(PublishLayout.RENAME, SECOND, false);
        Files.move(folder.resolve("published"), folder.resolve("published-runs/previous"));

        publish(PublishLayout.RENAME, FIRST, false);

        assertThat(notes).last().asString().contains("readers see 2024-01-02");
        assertThat(folder.resolve("published/run.json")).exists();
    }

    @Test
    void aFolderOfAnotherProgramIsNotReplaced() throws IOException {
        Files.createDirectories(folder.resolve("published/precious"));

        assertThatThrownBy(() -> publish(PublishLayout.LINK, FIRST, false))
                .isInstanceOf(KocException.class)
                .hasMessageContaining("expected a symbolic link");

        assertThat(folder.resolve("published/precious")).exists();
    }

    @Test
    void aRunOfAnotherLayoutIsNotReplaced() {
        publish(PublishLayout.LINK, FIRST, false);

        for (PublishLayout other : List.of(PublishLayout.RENAME, PublishLayout.POINTER)) {
            assertThatThrownBy(() -> publish(other, FIRST, false))
                    .isInstanceOf(KocException.class)
                    .hasMessageContaining("move it away, or set koc.publish.layout");
        }
    }

    @Test
    void aReaderThatResolvesTheLinkOnceNeverFailsAndNeverSeesTwoDays() throws Exception {
        publish(PublishLayout.LINK, FIRST, false);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<Integer> reads = reader.submit(() -> {
            int done = 0;
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = duck.createStatement()) {
                while (!over.get() || done < 3) {
                    Path run = current(PublishLayout.LINK);
                    try (ResultSet days = statement.executeQuery("select count(distinct day) from (select day from '"
                            + run + "/portraits/*.parquet' union all select day from '" + run
                            + "/koc_pool_mix/*.parquet')")) {
                        days.next();
                        assertThat(days.getInt(1)).isEqualTo(1);
                    }
                    done++;
                }
            }
            return done;
        });

        for (int i = 0; i < 4; i++) {
            publish(PublishLayout.LINK, i % 2 == 0 ? SECOND : FIRST, true);
        }
        over.set(true);

        assertThat(reads.get()).isGreaterThanOrEqualTo(3);
        reader.shutdown();
    }

    @Test
    void otherToolsReadTheTypesAndSparkReadsTheComments() throws Exception {
        publish(PublishLayout.LINK, FIRST, false);
        String glob = folder + "/published/portraits/*.parquet";

        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            List<String> found = new ArrayList<>();
            try (ResultSet columns = statement.executeQuery("describe select * from '" + glob + "'")) {
                while (columns.next()) {
                    found.add(columns.getString(1) + " " + columns.getString(2));
                }
            }
            assertThat(found)
                    .containsExactly(
                            "day DATE", "portrait_id VARCHAR", "spend DECIMAL(18,2)", "rate DOUBLE", "tags VARCHAR[]");
            try (ResultSet rows = statement.executeQuery("select string_agg(portrait_id, '') from '" + glob + "'")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("ab");
            }
            try (ResultSet codec =
                    statement.executeQuery("select distinct compression from parquet_metadata('" + glob + "')")) {
                codec.next();
                assertThat(codec.getString(1)).isEqualTo("ZSTD");
            }
        }
        assertThat(SPARK.read()
                        .parquet(folder + "/published/portraits")
                        .schema()
                        .apply("spend")
                        .getComment()
                        .get())
                .isEqualTo("Money");
    }

    @Test
    void anEmptyTableIsOneFileWithItsSchema() throws SQLException {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.useRunHistory((day, job) -> true);

        new PublishJob(config(), List.of(MIX), Optional.empty()).run(run(INCOMPLETE, false, warehouse));

        assertThat(count("select count(*) from '" + folder + "/published/koc_pool_mix/*.parquet'"))
                .isZero();
    }

    @Test
    void aLargeTableIsSplitIntoFiles() throws IOException {
        new PublishJob(config("koc.publish.rows-per-file=1"), List.of(PORTRAITS), Optional.empty())
                .run(run(FIRST, false, ranOnCompleteDays()));

        try (Stream<Path> files = Files.list(folder.resolve("published/portraits"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void theFileSystemSetsTheDefaultLayout() {
        assertThat(PublishLayout.defaultFor("file")).isEqualTo(PublishLayout.LINK);
        assertThat(PublishLayout.defaultFor("hdfs")).isEqualTo(PublishLayout.RENAME);
        assertThat(List.of("s3a", "gs", "abfss", "wasb"))
                .allMatch(scheme -> PublishLayout.defaultFor(scheme) == PublishLayout.POINTER);
        assertThat(PublishSettings.from(config()).layout()).isEmpty();
        assertThat(PublishSettings.from(config("koc.publish.layout=pointer")).layout())
                .contains(PublishLayout.POINTER);
    }

    private Warehouse ranOnCompleteDays() {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.useRunHistory((day, job) -> !day.equals(INCOMPLETE));
        return warehouse;
    }

    private void publish(PublishLayout layout, LocalDate day, boolean force) {
        new PublishJob(
                        config("koc.publish.layout=" + layout.name().toLowerCase(Locale.ROOT)),
                        List.of(PORTRAITS, MIX),
                        Optional.empty())
                .run(run(day, force, ranOnCompleteDays()));
    }

    private Path current(PublishLayout layout) throws IOException {
        if (layout != PublishLayout.POINTER) {
            return folder.resolve("published").toRealPath();
        }
        String pointer = Files.readString(folder.resolve("published/current.json"));
        return folder.resolve("published").resolve(pointer.replaceAll("(?s).*\"folder\" : \"([^\"]+)\".*", "$1"));
    }

    private List<String> runs(PublishLayout layout) throws IOException {
        Path runs = folder.resolve(layout == PublishLayout.POINTER ? "published/runs" : "published-runs");
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.map(Path::getFileName).map(Path::toString).sorted().toList();
        }
    }

    private static long count(String query) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private JobRun run(LocalDate day, boolean force, Warehouse warehouse) {
        return new JobRun(day, null, null, force, warehouse, new Silence() {

            @Override
            public void note(String job, String text) {
                notes.add(text);
            }
        });
    }
}
