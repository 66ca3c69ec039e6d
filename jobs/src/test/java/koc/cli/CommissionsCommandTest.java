package koc.cli;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.KocTables;
import koc.warehouse.Table;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The replay of other rules over a ledger with a shared line, a refund, a withheld line and later fraud. */
class CommissionsCommandTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final LocalDate JULY = day("2024-07-31");

    @TempDir
    static Path folder;

    private static Path warehouse = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeLedger() {
        warehouse = folder.resolve("warehouse");
        write(CommissionTables.COMMISSION_LEDGER, """
                day        | month      | kind       | reason         | purchase_event_id | cause_event_id | koc_id | seller_id | credit_fraction | line_amount | refunded_amount | sales | margin_rate | rate | amount
                2024-06-30 | 2024-05-01 | earned     |                | p1                | p1             | a      | a         | .5              | 100.01      | 0               | 50.01 | .6          | .12  | 6.00
                2024-06-30 | 2024-05-01 | earned     |                | p1                | p1             | b      | b         | .5              | 100.01      | 0               | 50.00 | .6          | .12  | 6.00
                2024-06-30 | 2024-06-01 | taken_back | refund         | p1                | r1             | a      | a         | .5              | 100.01      | 20.00           | 10.00 | .6          | .12  | 1.20
                2024-06-30 | 2024-06-01 | taken_back | refund         | p1                | r1             | b      | b         | .5              | 100.01      | 20.00           | 10.00 | .6          | .12  | 1.20
                2024-06-30 | 2024-05-01 | withheld   | self_referral  | p4                | p4             | a      | a         | 1               | 50.00       | 0               | 50.00 | .3          | .08  | 4.00
                2024-06-30 | 2024-05-01 | earned     |                | p5                | p5             | b      | b         | 1               | 10.00       | 0               | 10.00 | .3          | .08  | .80
                2024-06-30 | 2024-06-01 | taken_back | collusion_ring | p5                | p5             | b      | b         | 1               | 10.00       | 0               | 10.00 | .3          | .08  | .80
                """);
        write(CommissionTables.TEAM_BONUS, """
                day        | month      | team_id | bonus
                2024-06-30 | 2024-05-01 | t1      | .50
                """);
        write(CleanTables.USERS, """
                arrived    | user_id | team_id
                2024-06-30 | a       | t1
                """);
        writeJuly();
    }

    /** A month later: c, whom d invited, has won a prize of 20. */
    private static void writeJuly() {
        write(CommissionTables.COMMISSION_LEDGER, JULY, """
                day        | month      | kind   | purchase_event_id | cause_event_id | koc_id | seller_id | credit_fraction | line_amount | sales  | margin_rate | rate | amount
                2024-07-31 | 2024-06-01 | earned | q1                | q1             | c      | c         | 1               | 100.00      | 100.00 | .6          | .12  | 12.00
                2024-07-31 | 2024-07-01 | earned | q2                | q2             | c      | c         | 1               | 120.00      | 120.00 | .6          | .12  | 14.40
                2024-07-31 | 2024-07-01 | earned | q3                | q3             | d      | d         | 1               | 80.00       | 80.00  | .6          | .12  | 9.60
                """);
        write(CommissionTables.COMPETITION, JULY, """
                day        | month      | koc_id | prize
                2024-07-31 | 2024-07-01 | c      | 20.00
                """);
        write(CleanTables.USERS, JULY, """
                arrived    | user_id | acquired_via
                2024-07-31 | c       | koc:d
                """);
        write(KocTables.KOC_RANKING, JULY, """
                day        | koc_id | rank | level
                2024-07-31 | c      | 1    | gold
                2024-07-31 | d      | 2    | gold
                """);
    }

    private static void write(Table table, String text) {
        write(table, DAY, text);
    }

    /** Writes rows; columns that are required and not named are 0, false, a date or the text 0. */
    private static void write(Table table, LocalDate day, String text) {
        Column[] complete = Arrays.stream(table.schema().fields())
                .map(field -> (field.nullable()
                                ? col(field.name())
                                : coalesce(
                                        col(field.name()),
                                        lit("0").try_cast(field.dataType()),
                                        lit("2024-05-28").try_cast(field.dataType())))
                        .as(field.name()))
                .toArray(Column[]::new);
        openWarehouse(warehouse).write(table, day, rows(table, text).select(complete));
    }

    @Test
    void theRulesInForceGiveTheLedgerItself() throws IOException {
        assertThat(replay("close-days = 5")).as(err.toString()).isZero();

        assertThat(table())
                .containsExactly(
                        "month KOCs net sales due proposed difference",
                        "2024-05 2 110.01 12.80 12.80 +0.00",
                        "2024-06 2 -30.00 -3.20 -3.20 +0.00",
                        "all 2 80.01 9.60 9.60 +0.00",
                        "prizes due 0.00 proposed 0.00",
                        "team bonus due 0.50 proposed 0.50",
                        "KOC net sales due proposed difference",
                        "a 40.01 4.80 4.80 +0.00",
                        "b 40.00 4.80 4.80 +0.00",
                        "nothing was written in the warehouse");
    }

    @Test
    void otherRulesAreAppliedFromTheirDayAndTheCsvHasEveryKocAndMonth() throws IOException {
        Path csv = folder.resolve("replay.csv");
        List<Path> before = files();

        int exitCode = replay("""
                rules = [
                  { version = first, from = "2024-01-01", min-margin-left = 0, best-sellers = [],
                    margin-bands = [{ min-margin = 0, rate = 0.06 }] }
                  { version = later, from = "2024-06-01", min-margin-left = 0, best-sellers = [],
                    margin-bands = [{ min-margin = 0, rate = 0.5 }] }]
                team.fund-rate = 0.1
                """, "--csv", csv.toString(), "--top", "1");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("commission under first, later (");
        assertThat(table())
                .contains(
                        "all 2 80.01 9.60 4.80 -4.80",
                        "team bonus due 0.50 proposed 5.00",
                        "a 40.01 4.80 2.40 -2.40",
                        "and 1 more; --top lists more of them, --csv all");
        assertThat(Files.readString(csv)).isEqualTo("""
                koc_id,month,net_sales,due,proposed,difference,prize,proposed_prize
                a,2024-05-01,50.01,6.00,3.00,-3.00,0.00,0.00
                a,2024-06-01,-10.00,-1.20,-0.60,0.60,0.00,0.00
                b,2024-05-01,60.00,6.80,3.60,-3.20,0.00,0.00
                b,2024-06-01,-20.00,-2.00,-1.20,0.80,0.00,0.00
                """);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void prizesAndInvitersAreThoseOfTheProposal() throws IOException {
        Path csv = folder.resolve("july.csv");

        int exitCode = replayOf(JULY, """
                upline { pays = true, rate = 0.1 }
                competition { min-koc-months = 1, tiers = [{ name = best, reachable-by = 0.5, prize = 30 }] }
                """, "--csv", csv.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(table()).as("the bar of July is June's 100").contains("prizes due 20.00 proposed 30.00");
        assertThat(Files.readAllLines(csv))
                .contains(
                        "c,2024-06-01,100.00,12.00,12.00,0.00,0.00,0.00",
                        "c,2024-07-01,120.00,14.40,14.40,0.00,20.00,30.00",
                        "d,2024-06-01,0.00,0.00,1.20,1.20,0.00,0.00",
                        "d,2024-07-01,80.00,9.60,11.04,1.44,0.00,0.00");
    }

    @Test
    void aWrongProposalOrADayWithoutALedgerIsNamed() throws IOException {
        assertThat(replay("rules = []")).isEqualTo(2);
        assertThat(execute(
                        "commissions",
                        "--replay",
                        proposal("close-days = 5").toString(),
                        "--warehouse",
                        warehouse.toString(),
                        "--date",
                        "2024-01-01"))
                .isEqualTo(3);
        assertThat(replay(
                        "close-days = 5", "--csv", folder.resolve("none/x.csv").toString()))
                .isEqualTo(2);

        assertThat(err.toString())
                .contains("koc.economics.commission.rules: found []")
                .contains("table commission_ledger, 2024-01-01", "koc commissions --date 2024-01-01")
                .contains("x.csv: cannot be written");
    }

    private List<String> table() {
        return out.toString()
                .lines()
                .skip(1)
                .map(line -> line.strip().replaceAll(" +", " "))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void theExampleOfTheGuideIsAProposal() {
        int exitCode = execute(
                "commissions",
                "--replay",
                "../conf/examples/commission.conf",
                "--warehouse",
                warehouse.toString(),
                "--date",
                DAY.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("commission under more for high margins (");
    }

    private int replay(String settings, String... more) throws IOException {
        return replayOf(DAY, settings, more);
    }

    private int replayOf(LocalDate day, String settings, String... more) throws IOException {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "commissions",
                                "--replay",
                                proposal(settings).toString(),
                                "--warehouse",
                                warehouse.toString(),
                                "--date",
                                day.toString()),
                        Stream.of(more))
                .toList();
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return new Koc(Jobs.all(), new PrintWriter(out), new PrintWriter(err), false).execute(arguments);
    }

    private static Path proposal(String settings) throws IOException {
        return Files.writeString(folder.resolve("proposal.conf"), "koc.economics.commission { " + settings + " }");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(warehouse)) {
            return files.sorted().toList();
        }
    }
}
