package koc.economics.commission;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import koc.Silence;
import koc.SparkTest;
import koc.run.JobRun;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.TableAccess;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a few order lines, on three run dates over the end of a month. */
class CommissionsJobTest extends SparkTest {
    private static final LocalDate MAY = day("2024-05-31");
    private static final LocalDate EARLY_JUNE = day("2024-06-10");
    private static final LocalDate JUNE = day("2024-06-30");
    private static final LocalDate JULY = day("2024-07-31");
    private static final Texts TEXTS = Texts.of("en");

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private Warehouse warehouse = openWarehouse(Path.of("none"));

    @BeforeEach
    void fillWarehouse() {
        warehouse = openWarehouse(folder);
        write(CleanTables.USERS, MAY, """
                arrived    | user_id | team_id | acquired_via
                2024-05-31 | a       | t1      | koc:b
                2024-05-31 | b       |         |
                """);
        // Margins: tea .6, cake unknown, lamp below 0.
        write(CleanTables.PRODUCTS, MAY, """
                arrived    | product_id | unit_cost
                2024-05-31 | tea        | 4
                2024-05-31 | cake       |
                2024-05-31 | lamp       | 20
                """);
        write(CleanTables.EVENTS, MAY, """
                arrived    | event_id | event_type | day        | user_id | product_id | quantity | amount
                2024-05-31 | p1       | purchase   | 2024-05-10 | u       | tea        | 10       | 100.01
                2024-05-31 | p2       | purchase   | 2024-05-20 | u       | cake       | 1        | 33.33
                2024-05-31 | p3       | purchase   | 2024-05-25 | u       | lamp       | 1        | 10.00
                2024-05-31 | p4       | purchase   | 2024-05-26 | fake    | cake       | 1        | 50.00
                """);
        writeCredits(MAY, "");
        writeKocs(MAY);
    }

    @Test
    void theLedgerHoldsEveryLineAndRefundOnceAndAddsUpByMonth() {
        run(MAY);
        arriveByEarlyJune();
        run(EARLY_JUNE);
        arriveByJune();
        run(JUNE);

        assertThat(lines(ledger(), "purchase_event_id", "koc_id", "kind", "reason", "day", "month", "rate", "amount"))
                .containsExactly(
                        // 12.00 of 100.01 at .12, in halves; a refund of 20.00 on 3 June took back .2 of each.
                        "p1 a earned null 2024-05-31 2024-05-01 0.120000 6.00",
                        "p1 a taken_back refund 2024-06-10 2024-06-01 0.120000 1.20",
                        "p1 b earned null 2024-05-31 2024-05-01 0.120000 6.00",
                        "p1 b taken_back refund 2024-06-10 2024-06-01 0.120000 1.20",
                        "p2 a earned null 2024-05-31 2024-05-01 0.080000 2.67",
                        "p2 a taken_back refund 2024-06-30 2024-06-01 0.080000 2.67",
                        "p3 a earned null 2024-05-31 2024-05-01 0.000000 0.00",
                        "p4 a withheld self_referral 2024-05-31 2024-05-01 0.080000 4.00",
                        // Bought on 28 May, known when May was open. Fraud detection refuses it later.
                        "p5 b earned null 2024-06-10 2024-05-01 0.080000 0.80",
                        "p5 b taken_back collusion_ring 2024-06-30 2024-06-01 0.080000 0.80",
                        // Bought on 29 May, known when May was closed.
                        "p6 b earned null 2024-06-30 2024-06-01 0.080000 1.60",
                        "p6 stranger withheld not_a_koc 2024-06-30 2024-06-01 0.080000 1.60");
        assertThat(lines(
                        warehouse.read(CommissionTables.COMMISSION_STATEMENT, JUNE),
                        "koc_id",
                        "month",
                        "is_closed",
                        "order_lines",
                        "net_sales",
                        "earned",
                        "taken_back",
                        "due",
                        "withheld"))
                .containsExactly(
                        "a 2024-05-01 true 3 93.34 8.67 0.00 8.67 4.00",
                        "a 2024-06-01 false 0 -43.33 0.00 3.87 -3.87 0.00",
                        "b 2024-05-01 true 2 60.00 6.80 0.00 6.80 0.00",
                        "b 2024-06-01 false 1 0.00 1.60 2.00 -0.40 0.00",
                        "stranger 2024-06-01 false 0 0.00 0.00 0.00 0.00 1.60");
        assertThat(lines(
                        warehouse.read(CommissionTables.COMMISSION_MONTHS, JUNE),
                        "month",
                        "is_closed",
                        "kocs",
                        "earned",
                        "taken_back",
                        "due"))
                .containsExactly("2024-05-01 true 2 15.47 0.00 15.47", "2024-06-01 false 3 1.60 5.87 -4.27");
        assertThat(lines(warehouse.read(CommissionTables.TEAM_BONUS, JUNE), "month", "team_id", "bonus_fund", "bonus"))
                .as("1% of 93.34; June's net sales are below 0")
                .containsExactly("2024-05-01 t1 0.93 0.93");
    }

    @Test
    void theRunThatClosesAMonthStillPostsInIt() {
        run(MAY);
        arriveByEarlyJune();
        run(EARLY_JUNE);

        assertThat(monthOf("p5")).containsExactly("2024-05-01");
        assertThat(closedMonths(EARLY_JUNE)).containsExactly("2024-05-01");
    }

    @Test
    void aClosedMonthStaysClosedWhenMonthsCloseLater() {
        run(MAY);
        arriveByEarlyJune();
        run(EARLY_JUNE);
        arriveByJune();
        run(JUNE, "koc.economics.commission.close-days=60");

        assertThat(monthOf("p6")).containsExactly("2024-06-01", "2024-06-01");
        assertThat(closedMonths(JUNE)).containsExactly("2024-05-01");
    }

    @Test
    void aClosedMonthKeepsItsTeams() {
        run(MAY);
        arriveByEarlyJune();
        run(EARLY_JUNE);
        write(CleanTables.USERS, JUNE, """
                arrived    | user_id | team_id
                2024-06-30 | a       | t9
                """);
        arriveByJune();
        run(JUNE);

        assertThat(lines(
                        warehouse.read(CommissionTables.TEAM_BONUS, JUNE),
                        "day",
                        "month",
                        "is_closed",
                        "team_id",
                        "bonus"))
                .containsExactly("2024-06-30 2024-05-01 true t1 0.93");
    }

    @Test
    void anOpenMonthFollowsTheTeams() {
        run(MAY);
        write(CleanTables.USERS, EARLY_JUNE, """
                arrived    | user_id | team_id
                2024-06-10 | a       | t9
                """);
        arriveByEarlyJune();
        run(EARLY_JUNE);

        assertThat(lines(warehouse.read(CommissionTables.TEAM_BONUS, EARLY_JUNE), "month", "team_id", "bonus"))
                .containsExactly("2024-05-01 t9 0.93");
    }

    @Test
    void aMonthThatNoRunClosedIsOpenWhenMonthsCloseEarlier() {
        String late = "koc.economics.commission.close-days=60";
        run(MAY, late);
        arriveByEarlyJune();
        run(EARLY_JUNE, late);
        assertThat(closedMonths(EARLY_JUNE)).isEmpty();
        arriveByJune();
        run(JUNE);

        assertThat(monthOf("p6")).containsExactly("2024-05-01", "2024-05-01");
        assertThat(closedMonths(JUNE)).containsExactly("2024-05-01");
        assertThat(lines(warehouse.read(CommissionTables.REWARD_GRANTS, JUNE), "reward", "koc_id", "month"))
                .as("granted at the close of the month")
                .contains("month's best a 2024-05-01");
    }

    @Test
    void aRunThatIsRepeatedChangesNothing() {
        run(MAY);
        arriveByEarlyJune();
        run(EARLY_JUNE);
        List<String> before = everything();

        run(EARLY_JUNE);

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void anEarlierDateThatIsRunLaterIsNotPaidTwice() {
        arriveByEarlyJune();
        run(EARLY_JUNE);
        run(MAY);

        assertThat(notes).contains(TEXTS.text("commission.note.later-dates", MAY));
        arriveByJune();
        assertThatThrownBy(() -> run(JUNE))
                .hasMessageContaining("order line p1 has rows of 2024-05-31 and of 2024-06-10")
                .hasMessageContaining("koc commissions --date 2024-06-10");

        run(EARLY_JUNE);
        run(JUNE);

        assertThat(lines(ledger().where("kind = 'earned'"), "purchase_event_id", "koc_id", "month"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aRefundThatTwoDatesTakeBackIsRefused() {
        run(MAY);
        write(CleanTables.REFUNDS, EARLY_JUNE, """
                arrived    | refund_event_id | part | purchase_event_id | refunded_on | quantity | amount
                2024-06-10 | r1              | 1    | p1                | 2024-06-03  | 1        | 20.00
                """);
        nothingNewUntilJuly();
        run(JUNE);
        run(EARLY_JUNE);

        assertThatThrownBy(() -> run(JULY))
                .hasMessageContaining("order line p1 has rows of 2024-06-10 and of 2024-06-30")
                .hasMessageContaining("koc commissions --date 2024-06-30");

        run(JUNE);
        run(JULY);

        assertThat(lines(ledger().where("kind = 'taken_back'"), "koc_id", "day", "amount"))
                .containsExactly("a 2024-06-10 1.20", "b 2024-06-10 1.20");
    }

    @Test
    void fraudOfTheSellersOfOneLineMayBeFoundOnDifferentDates() {
        run(MAY);
        nothingNewUntilJuly();
        write(InfluenceTables.PURCHASE_CREDITS, EARLY_JUNE, """
                day        | purchase_event_id | touch_event_id | koc_id | touch_fraction | fraud_factor | fraud_reason
                2024-06-10 | p1                | 1              | a      | .5             | 0            | collusion_ring
                2024-06-10 | p1                | 3              | b      | .5             | 1            |
                """);
        write(InfluenceTables.PURCHASE_CREDITS, JUNE, """
                day        | purchase_event_id | touch_event_id | koc_id | touch_fraction | fraud_factor | fraud_reason
                2024-06-30 | p1                | 1              | a      | .5             | 0            | collusion_ring
                2024-06-30 | p1                | 3              | b      | .5             | 0            | collusion_ring
                """);
        run(EARLY_JUNE);
        run(JUNE);
        run(JULY);

        assertThat(lines(ledger().where("kind = 'taken_back'"), "koc_id", "day", "amount"))
                .containsExactly("a 2024-06-10 6.00", "b 2024-06-30 6.00");
    }

    @Test
    void aRewardThatTwoDatesGrantIsRefused() {
        String reward = "koc.economics.commission.rewards=[{ name = cup, kind = physical, when = total-sales, "
                + "threshold = 100, value = 1 }]";
        run(MAY, reward);
        nothingNewUntilJuly();
        String lower = reward.replace("= 100", "= 50");
        run(JUNE, lower);
        run(EARLY_JUNE, lower);

        assertThatThrownBy(() -> run(JULY, lower))
                .hasMessageContaining("the reward of a has rows of 2024-06-10 and of 2024-06-30");

        run(JUNE, lower);
        run(JULY, lower);
    }

    @Test
    void whatIsMissingOrOddIsSaid() {
        run(MAY);

        assertThat(notes)
                .contains(
                        TEXTS.text("commission.note.no-unit-cost", 2L, 30.0),
                        TEXTS.text("commission.note.negative-margin", 1L),
                        TEXTS.text("commission.note.withheld", new BigDecimal("4.00")),
                        TEXTS.text("commission.note.no-bars", 20));
    }

    @Test
    void aLineOfTwoKocsIsCountedOnce() {
        run(MAY);
        arriveByJune();
        run(JUNE);

        assertThat(notes).contains(TEXTS.text("commission.note.no-unit-cost", 1L, 30.0));
    }

    @Test
    void withoutCreditsNobodyEarns() {
        for (Table table : List.of(InfluenceTables.PURCHASE_CREDITS, CleanTables.EVENTS, CleanTables.USERS)) {
            warehouse.write(table, MAY, warehouse.empty(table));
        }

        run(MAY);

        assertThat(notes).containsExactly(TEXTS.text("commission.note.no-credits"));
        assertThat(lines(warehouse.read(CommissionTables.COMMISSION_MONTHS, MAY), "month", "kocs", "due"))
                .containsExactly("2024-05-01 0 0.00");
    }

    @Test
    void oneUserWhoBuysByTheirOwnCreditEarnsNothing() {
        write(CleanTables.USERS, MAY, """
                arrived    | user_id | team_id
                2024-05-31 | a       | t1
                """);
        write(CleanTables.EVENTS, MAY, """
                arrived    | event_id | event_type | day        | user_id | product_id | quantity | amount
                2024-05-31 | p1       | purchase   | 2024-05-10 | a       | tea        | 10       | 100.01
                """);
        write(InfluenceTables.PURCHASE_CREDITS, MAY, """
                day        | purchase_event_id | touch_event_id | koc_id | touch_fraction | fraud_factor | fraud_reason
                2024-05-31 | p1                | 1              | a      | 1              | 0            | self_referral
                """);
        write(KocTables.KOC_RANKING, MAY, """
                day        | koc_id | rank | level
                2024-05-31 | a      | 1    | gold
                """);

        run(MAY);

        assertThat(lines(
                        warehouse.read(CommissionTables.COMMISSION_STATEMENT, MAY),
                        "koc_id",
                        "net_sales",
                        "due",
                        "withheld"))
                .containsExactly("a 0.00 0.00 12.00");
        assertThat(warehouse.read(CommissionTables.TEAM_BONUS, MAY).isEmpty()).isTrue();
        assertThat(warehouse.read(CommissionTables.COMPETITION, MAY).isEmpty()).isTrue();
    }

    @Test
    void anInviterEarnsOnTopWhenTheSwitchIsOn() {
        run(MAY, "koc.economics.commission.upline.pays=true");

        assertThat(lines(ledger().where("koc_id <> seller_id"), "purchase_event_id", "koc_id", "seller_id", "amount"))
                .contains("p1 b a 0.60", "p2 b a 0.27");
    }

    /** A late purchase in May, which is still open, and a refund in June. */
    private void arriveByEarlyJune() {
        write(CleanTables.EVENTS, EARLY_JUNE, """
                arrived    | event_id | event_type | day        | user_id | product_id | quantity | amount
                2024-06-10 | p5       | purchase   | 2024-05-28 | u       | cake       | 1        | 10.00
                """);
        write(CleanTables.REFUNDS, EARLY_JUNE, """
                arrived    | refund_event_id | part | purchase_event_id | refunded_on | quantity | amount
                2024-06-10 | r1              | 1    | p1                | 2024-06-03  | 1        | 20.00
                """);
        writeCredits(EARLY_JUNE, """
                2024-06-10 | p5 | 7 | b | 1 | 1 |
                """);
        writeKocs(EARLY_JUNE);
    }

    /** A purchase in May, which is closed, a full refund, and proof of fraud. */
    private void arriveByJune() {
        write(CleanTables.EVENTS, JUNE, """
                arrived    | event_id | event_type | day        | user_id | product_id | quantity | amount
                2024-06-30 | p6       | purchase   | 2024-05-29 | u       | cake       | 1        | 40.00
                """);
        write(CleanTables.REFUNDS, JUNE, """
                arrived    | refund_event_id | part | purchase_event_id | refunded_on | quantity | amount
                2024-06-30 | r2              | 1    | p2                | 2024-06-20  | 1        | 33.33
                """);
        writeCredits(JUNE, """
                2024-06-30 | p5 | 7 | b        | 1  | 0 | collusion_ring
                2024-06-30 | p6 | 8 | b        | .5 | 1 |
                2024-06-30 | p6 | 9 | stranger | .5 | 1 |
                """);
        writeKocs(JUNE);
    }

    /** Runs until July know no further purchase or fraud. */
    private void nothingNewUntilJuly() {
        for (LocalDate day : List.of(EARLY_JUNE, JUNE, JULY)) {
            writeCredits(day, "");
            writeKocs(day);
        }
    }

    private void writeCredits(LocalDate day, String more) {
        write(InfluenceTables.PURCHASE_CREDITS, day, """
                day | purchase_event_id | touch_event_id | koc_id | touch_fraction | fraud_factor | fraud_reason
                DAY | p1                | 1              | a      | .25            | 1            |
                DAY | p1                | 2              | a      | .25            | 1            |
                DAY | p1                | 3              | b      | .5             | 1            |
                DAY | p2                | 4              | a      | 1              | 1            |
                DAY | p3                | 5              | a      | 1              | 1            |
                DAY | p4                | 6              | a      | 1              | 0            | self_referral
                """.replace("DAY", day.toString()) + more);
    }

    private void writeKocs(LocalDate day) {
        write(KocTables.KOC_RANKING, day, """
                day | koc_id | rank | level
                DAY | a      | 1    | gold
                DAY | b      | 2    | gold
                """.replace("DAY", day.toString()));
        warehouse.write(KocTables.LEVEL_EVENTS, day, warehouse.empty(KocTables.LEVEL_EVENTS));
    }

    private List<String> monthOf(String line) {
        return lines(ledger().where(col("purchase_event_id").equalTo(line)).where("kind <> 'taken_back'"), "month");
    }

    private List<String> closedMonths(LocalDate day) {
        return lines(warehouse.read(CommissionTables.COMMISSION_MONTHS, day).where("is_closed"), "month");
    }

    private Dataset<Row> ledger() {
        return warehouse.readAll(CommissionTables.COMMISSION_LEDGER);
    }

    private List<String> everything() {
        List<String> all = new ArrayList<>();
        for (Table table : new CommissionsJob(DEFAULTS).writes()) {
            warehouse.readAll(table).collectAsList().forEach(row -> all.add(table + row.mkString(" ")));
        }
        return all.stream().sorted().toList();
    }

    private void run(LocalDate day, String... settings) {
        CommissionsJob job = new CommissionsJob(config(settings));
        Warehouse limited =
                warehouse.limitedTo(new TableAccess(job.name(), day, job.reads(), job.readsPrevious(), job.writes()));
        job.run(new JobRun(day, null, null, false, limited, new Silence() {
            @Override
            public void note(String name, String text) {
                notes.add(text);
            }
        }));
    }

    private static List<String> lines(Dataset<Row> rows, String... columns) {
        return rows.selectExpr(columns).collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }

    /** Writes rows; columns that are required and not named are 0, false, a date or the text 0. */
    private void write(Table table, LocalDate day, String text) {
        Dataset<Row> named = rows(table, text);
        Column[] complete = Arrays.stream(table.schema().fields())
                .map(field -> (field.nullable()
                                ? col(field.name())
                                : coalesce(
                                        col(field.name()),
                                        lit("0").try_cast(field.dataType()),
                                        lit("2024-05-31").try_cast(field.dataType())))
                        .as(field.name()))
                .toArray(Column[]::new);
        warehouse.write(table, day, named.select(complete));
    }
}
