package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelsCommandTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @TempDir
    static Path folder;

    private static Path warehouse = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeRankingOfThreeKocs() {
        warehouse = folder.resolve("warehouse");
        Dataset<Row> ranking =
                rows(KocTables.KOC_RANKING, """
                        koc_id | koc_type | rank | pool_size | own_orders_365d | net_sales_90d | new_customers_90d | active_days_90d | level
                        up     | user     | 1    | 10        | 1               | 450           | 1                 | 8               | trainee
                        down   | user     | 2    | 10        | 1               | 500           | 0                 | 8               | bronze
                        same   | user     | 3    | 10        | 1               | 5000          | 5                 | 50              | silver
                        """).na().fill(0).na().fill(false);
        for (LocalDate day : new LocalDate[] {LocalDate.parse("2024-05-30"), LocalDate.parse("2024-05-31"), DAY}) {
            openWarehouse(warehouse)
                    .write(
                            KocTables.KOC_RANKING,
                            day,
                            ranking.selectExpr(KocTables.KOC_RANKING.columnNames().stream()
                                    .map(name -> switch (name) {
                                        case "day", "level_since" -> "DATE'" + day + "' AS " + name;
                                        case "level_change",
                                                "levels_version",
                                                "kol_stage",
                                                "readiness",
                                                "reasons",
                                                "next_action",
                                                "next_step" -> "'-' AS " + name;
                                        default -> name;
                                    })
                                    .toArray(String[]::new)));
        }
    }

    @Test
    void theReplayListsKocsWhoWouldMoveAndChangesNoFile() throws IOException {
        Path proposal = proposal("koc.kocs.levels { version = lower, retention-fraction = 1, bronze.net-sales = 400 }");
        Map<String, String> before = files();

        int exitCode = execute(proposal);

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(files()).isEqualTo(before);
        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "  would rise       1  trainee -> bronze",
                        "up (user, trainee): trainee -> bronze: 450.00 of 400.00 net sales, 1 of 1 new customer, 8 of 8"
                                + " active days",
                        "nothing was written");
        assertThat(out.toString()).startsWith("levels of 2024-06-30 under thresholds lower (");
    }

    @Test
    void pastMonthsAreReplayedTooAndTheCsvHasEveryKocAndDate() throws IOException {
        Path csv = folder.resolve("levels.csv");
        Path proposal = proposal("koc.kocs.levels { version = lower, retention-fraction = 1, bronze.net-sales = 400 }");

        int exitCode = execute(
                "levels",
                "--replay",
                proposal.toString(),
                "--warehouse",
                warehouse.toString(),
                "--date",
                DAY.toString(),
                "--months",
                "2",
                "--csv",
                csv.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("levels of")))
                .as("the last run date of May, and the run date")
                .extracting(line -> line.substring(10, 20))
                .containsExactly("2024-05-31", "2024-06-30");
        assertThat(Files.readAllLines(csv))
                .containsExactly(
                        "day,koc_id,koc_type,level,under_current,under_proposed,direction,steps,why",
                        "2024-05-31,up,user,trainee,trainee,bronze,rise,1,\"450.00 of 400.00 net sales, 1 of 1 new customer,"
                                + " 8 of 8 active days\"",
                        "2024-06-30,up,user,trainee,trainee,bronze,rise,1,\"450.00 of 400.00 net sales, 1 of 1 new customer,"
                                + " 8 of 8 active days\"");
    }

    @Test
    void theExampleOfTheGuideIsAProposal() {
        assertThat(execute(Path.of("../conf/examples/levels.conf")))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).startsWith("levels of 2024-06-30 under thresholds easier gold");
    }

    @Test
    void equalThresholdsMoveNobody() throws IOException {
        assertThat(execute(proposal("koc.kocs.levels.version = same"))).isZero();

        assertThat(out.toString()).contains("no KOC would rise or fall");
    }

    @Test
    void aWrongKeyOrAKeyOfAnotherSectionIsNamed() throws IOException {
        assertThat(execute(proposal("koc.kocs.levels.bronze.net-sales = many"))).isEqualTo(2);
        assertThat(execute(proposal("koc.kocs.levels.bronz.net-sales = 1"))).isEqualTo(2);
        assertThat(execute(proposal("koc.currency = EUR"))).isEqualTo(2);
        assertThat(execute(folder.resolve("missing.conf"))).isEqualTo(2);

        assertThat(err.toString())
                .contains("koc.kocs.levels.bronze.net-sales: found many")
                .contains("unknown key 'koc.kocs.levels.bronz'")
                .contains("koc.currency; only keys of koc.kocs.levels have an effect there")
                .contains("missing.conf: no such file");
    }

    @Test
    void aDayWithoutARankingIsNamedWithTheJobThatWritesIt() throws IOException {
        Path proposal = proposal("koc.kocs.levels.version = x");

        int exitCode = execute(
                "levels", "--replay", proposal.toString(), "--warehouse", warehouse.toString(), "--date", "2024-01-01");

        assertThat(exitCode).isEqualTo(3);
        assertThat(err.toString()).contains("table koc_ranking, 2024-01-01", "koc kocs --date 2024-01-01");
    }

    @Test
    void aWarehouseOfAnotherFormatIsRefused() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("_koc_warehouse.json"), "{\"format\": 99}");

        int exitCode = execute(
                "levels",
                "--replay",
                proposal("koc.kocs.levels.version = x").toString(),
                "--warehouse",
                other.toString(),
                "--date",
                DAY.toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("it has format 99", "rebuild it");
    }

    private int execute(Path proposal) {
        return execute(
                "levels",
                "--replay",
                proposal.toString(),
                "--warehouse",
                warehouse.toString(),
                "--date",
                DAY.toString());
    }

    private int execute(String... arguments) {
        return new Koc(TestJobs.with(run -> {}), new PrintWriter(out), new PrintWriter(err), false).execute(arguments);
    }

    private static Path proposal(String text) throws IOException {
        return Files.writeString(folder.resolve("proposal.conf"), text);
    }

    private static Map<String, String> files() throws IOException {
        try (Stream<Path> files = Files.walk(warehouse)) {
            Map<String, String> found = new TreeMap<>();
            files.filter(Files::isRegularFile).forEach(file -> found.put(file.toString(), fingerprint(file)));
            return found;
        }
    }

    private static String fingerprint(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
