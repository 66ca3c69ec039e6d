package koc.economics;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

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
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.text.Texts;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a warehouse with two KOCs, a channel, and a few users, too few for a model of orders. */
class EconomicsJobTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final Texts TEXTS = Texts.of("en");

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private Warehouse warehouse = openWarehouse(Path.of("none"));

    @BeforeEach
    void fillWarehouse() {
        warehouse = openWarehouse(folder);
        write(CleanTables.USERS, """
                arrived    | user_id | role     | registered_at       | county | acquired_via
                2024-06-30 | guide   | guide    | 2023-01-01 00:00:00 | J      |
                2024-06-30 | friend  | consumer | 2023-01-01 00:00:00 | J      |
                2024-06-30 | new     | consumer | 2024-06-01 00:00:00 | J      | koc:guide
                2024-06-30 | old     | consumer | 2023-01-01 00:00:00 | J      |
                2024-06-30 | ad      | consumer | 2024-06-01 00:00:00 | J      | live
                2024-06-30 | quiet   | consumer | 2024-06-01 00:00:00 | J      |
                2024-06-30 | clerk   | employee | 2023-01-01 00:00:00 | J      |
                """);
        write(CleanTables.PRODUCTS, """
                arrived    | product_id | unit_cost
                2024-06-30 | tea        | 6
                2024-06-30 | cake       |
                """);
        write(FeatureTables.USER_DAYS, """
                arrived    | day        | user_id | actions | purchase_lines
                2024-06-30 | 2024-05-01 | old     | 1       | 1
                2024-06-30 | 2024-06-10 | new     | 1       | 1
                2024-06-30 | 2024-06-11 | ad      | 1       | 1
                2024-06-30 | 2024-06-11 | counter | 90      | 90
                2024-06-30 | 2024-06-11 | robot   | 1       | 1
                """);
        write(CleanTables.REJECTS, """
                arrived    | source | file | reason | raw
                2024-06-30 | events | a    | robot  | {"user_id":"robot"}
                """);
        write(FeatureTables.USER_FEATURES, """
                day        | as_of      | user_id | is_likely_joint_account
                2024-06-30 | 2024-06-30 | counter | true
                """);
        write(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend
                2024-06-30 | 2024-05-01 | old     | tea        | 1              | 1     | 10
                2024-06-30 | 2024-06-10 | new     | tea        | 1              | 2     | 20
                2024-06-30 | 2024-06-20 | new     | cake       | 1              | 1     | 10
                2024-06-30 | 2024-06-11 | ad      | tea        | 1              | 1     | 10
                2024-06-30 | 2024-06-11 | counter | tea        | 90             | 90    | 900
                2024-06-30 | 2024-06-11 | robot   | tea        | 1              | 1     | 10
                """);
        write(PortraitTables.USER_PORTRAITS, """
                day        | user_id | portrait_id
                2024-06-30 | new     | p1
                """);
        write(InfluenceTables.PURCHASE_CREDITS, """
                day        | purchase_event_id | touch_event_id | koc_id | user_id | purchased_at        | credited_amount
                2024-06-30 | 1                 | t1             | guide  | old     | 2024-05-01 03:00:00 | 10
                2024-06-30 | 2                 | t2             | guide  | new     | 2024-06-10 03:00:00 | 12
                2024-06-30 | 2                 | t3             | friend | new     | 2024-06-10 03:00:00 | 8
                """);
        write(InfluenceTables.KOC_INFLUENCE, """
                day        | koc_id | portrait_id | influence_lift
                2024-06-30 | guide  | *           | 2
                """);
        write(KocTables.KOC_RANKING, """
                day        | koc_id | koc_type | rank
                2024-06-30 | guide  | guide    | 1
                2024-06-30 | friend | user     | 2
                """);
        write(CleanTables.COSTS, """
                arrived    | day        | koc_id | channel | cost_type | amount
                2024-06-30 | 2024-06-15 | guide  |         | gift      | 3.33
                2024-06-30 | 2024-06-15 | guide  |         | sample    | 1.00
                2024-06-30 | 2024-06-15 | gone   |         | bonus     | 2.50
                2024-06-30 | 2024-06-15 | clerk  |         | training  | 7.00
                2024-06-30 | 2024-06-15 |        | live    | ad        | 100.01
                2024-06-30 | 2024-01-15 | guide  |         | gift      | 77.00
                """);
        write(CommissionTables.COMMISSION_LEDGER, """
                day        | happened_on | kind       | reason     | koc_id | cause_event_id | amount
                2024-06-30 | 2024-06-10  | earned     |            | guide  | 2              | 2.00
                2024-06-30 | 2024-06-12  | taken_back | refund     | guide  | r              | .80
                2024-06-30 | 2024-06-10  | withheld   | not_a_koc  | friend | 2              | 5.00
                2024-06-30 | 2024-06-10  | withheld   | revoked    | friend | 3              | 4.00
                2024-06-30 | 2024-01-10  | withheld   | not_a_koc  | friend | 0              | 3.00
                2024-06-30 | 2024-01-10  | earned     |            | guide  | 0              | 9.99
                """);
        write(CommissionTables.REWARD_GRANTS, """
                day        | koc_id | reward | value
                2024-06-30 | guide  | cup    | 7.00
                """);
        write(CommissionTables.COMPETITION, """
                day        | month      | is_closed | koc_id | prize
                2024-06-30 | 2024-05-01 | true      | guide  | 50.00
                2024-06-30 | 2024-06-01 | false     | guide  | 60.00
                """);
        write(CommissionTables.TEAM_BONUS, """
                day        | month      | is_closed | team_id | bonus
                2024-06-30 | 2024-05-01 | true      | t1      | 9.00
                """);
    }

    @Test
    void commissionIsPartOfTheCostAndRewardsStandBesideIt() {
        run();

        assertThat(lines(EconomicsTables.KOC_ECONOMICS, "koc_id", "commission", "cost", "rewards"))
                .containsExactly(
                        "clerk 0.00 7.00 0.00",
                        "friend 0.00 0.00 0.00",
                        "gone 0.00 2.50 0.00",
                        "guide 1.20 5.53 57.00");
        assertThat(lines(EconomicsTables.ECONOMICS_SUMMARY, "dimension", "name", "commission", "rewards"))
                .contains("all all 1.20 66.00", "unassigned (none) 0.00 9.00", "koc_type guide 1.20 57.00");
    }

    @Test
    void whoIsNoKocYetHasTheCommissionThatTheyWouldHaveEarned() {
        run();

        assertThat(lines(EconomicsTables.KOC_ECONOMICS, "koc_id", "commission_as_koc"))
                .containsExactly("clerk 0.00", "friend 5.00", "gone 0.00", "guide 0.00");
    }

    @Test
    void usersHaveTheirOrdersAndMarginAndStage() {
        run();

        assertThat(lines(
                        EconomicsTables.USER_VALUE, "user_id", "stage", "orders", "margin_to_date", "is_left_censored"))
                .containsExactly(
                        "ad buyer 1 4.00 false",
                        "clerk lead 0 0.00 null",
                        "counter buyer 1 360.00 true",
                        "friend lead 0 0.00 null",
                        "guide lead 0 0.00 null",
                        // 2 x 10 - 2 x 6, and 30% of 10.
                        "new repeat 2 11.00 false",
                        "old dormant 1 4.00 true",
                        "quiet lead 0 0.00 null");
    }

    @Test
    void aNewCustomerIsBroughtByTheKocWithTheLargestCredit() {
        run();

        assertThat(lines(
                        EconomicsTables.KOC_ECONOMICS,
                        "koc_id",
                        "new_customers",
                        "left_censored",
                        "gift",
                        "sample",
                        "bonus",
                        "cost",
                        "cac",
                        "referred_users"))
                .containsExactly(
                        "clerk 0 0 0.00 0.00 0.00 7.00 null 0",
                        "friend 0 0 0.00 0.00 0.00 0.00 null 0",
                        "gone 0 0 0.00 0.00 2.50 2.50 null 0",
                        "guide 1 1 3.33 1.00 0.00 5.53 5.53 1");
        Row guide = warehouse
                .read(EconomicsTables.KOC_ECONOMICS, DAY)
                .where("koc_id = 'guide'")
                .head();
        assertThat(guide.<BigDecimal>getAs("incremental_value").doubleValue())
                .as("half of the value: a lift of 2")
                .isEqualTo(Math.round(
                                100 * guide.<BigDecimal>getAs("customer_value").doubleValue() / 2)
                        / 100.0);
    }

    @Test
    void theCostsOfTheWindowAreCountedOnceAndSumToTheCent() {
        run();

        assertThat(lines(EconomicsTables.ECONOMICS_SUMMARY, "dimension", "name", "cost"))
                .contains(
                        "all all 115.04",
                        "koc_type employee 7.00",
                        "koc_type guide 5.53",
                        "koc_type user 2.50",
                        "unassigned live 100.01",
                        "channel live 100.01");
    }

    @Test
    void whatIsMissingIsSaid() {
        run();

        assertThat(notes)
                .contains(
                        TEXTS.text("economics.model.too-few", 3L, 1L),
                        TEXTS.text("economics.note.no-unit-cost", 1L, 2L, 30.0));
        assertThat(lines(EconomicsTables.VALUE_MODELS, "portrait_id", "model", "buyers", "repeat_buyers"))
                .containsExactly("* cohort_mean 3 1");
        assertThat(warehouse.read(EconomicsTables.VALUE_HOLDOUT, DAY).isEmpty()).isTrue();
    }

    @Test
    void withoutCostsAndOrdersEverybodyIsALead() {
        warehouse.writeAll(CleanTables.COSTS, warehouse.empty(CleanTables.COSTS));
        for (Table table : List.of(
                CommissionTables.COMMISSION_LEDGER,
                CommissionTables.REWARD_GRANTS,
                CommissionTables.COMPETITION,
                CommissionTables.TEAM_BONUS)) {
            warehouse.writeAll(table, warehouse.empty(table));
        }
        warehouse.writeAll(FeatureTables.USER_PRODUCT_DAYS, warehouse.empty(FeatureTables.USER_PRODUCT_DAYS));

        run();

        assertThat(notes).containsExactly(TEXTS.text("economics.note.no-orders"));
        assertThat(warehouse.read(EconomicsTables.ECONOMICS_SUMMARY, DAY).isEmpty())
                .isTrue();
        assertThat(lines(EconomicsTables.USER_VALUE, "stage", "ltv")).containsOnly("activated null", "lead null");
        assertThat(lines(EconomicsTables.KOC_ECONOMICS, "koc_id", "verdict"))
                .containsExactly("friend no_cost", "guide no_cost");
    }

    @Test
    void oneBuyerWhoOrderedOnceHasNoForecastAndThatIsSaid() {
        replace(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend
                2024-06-30 | 2024-06-10 | new     | tea        | 1              | 2     | 20
                """);

        run();

        assertThat(notes).contains(TEXTS.text("economics.model.too-few", 1L, 0L));
        assertThat(lines(EconomicsTables.USER_VALUE, "user_id", "orders", "model", "p_alive", "ltv", "ltv_error"))
                .contains("new 1 cohort_mean null 0.00 0.00");
        assertThat(lines(
                        EconomicsTables.KOC_ECONOMICS,
                        "koc_id",
                        "new_customers",
                        "customer_value",
                        "ltv_to_cac",
                        "ltv_to_cac_low",
                        "verdict"))
                .as("the margin so far is known, the future is not")
                .contains("guide 1 8.00 1.4467 null too_few_to_tell");
    }

    @Test
    void customersOfAProductThatLosesMoneyLoseMoney() {
        replace(CleanTables.PRODUCTS, """
                arrived    | product_id | unit_cost
                2024-06-30 | tea        | 60
                2024-06-30 | cake       | 60
                """);

        run();

        assertThat(lines(EconomicsTables.USER_VALUE, "user_id", "margin_to_date"))
                .contains("new -150.00", "old -50.00");
        assertThat(notes).contains(TEXTS.text("economics.note.negative-value", 4L));
        assertThat(lines(EconomicsTables.KOC_ECONOMICS, "koc_id", "verdict", "payback_days"))
                .contains("guide loses_money null");
    }

    @Test
    void withoutAnyUnitCostTheMarginIsAFractionOfSales() {
        replace(CleanTables.PRODUCTS, """
                arrived    | product_id | unit_cost
                2024-06-30 | tea        |
                2024-06-30 | cake       |
                """);

        run();

        assertThat(notes).contains(TEXTS.text("economics.note.no-unit-cost", 2L, 2L, 30.0));
        assertThat(lines(EconomicsTables.USER_VALUE, "user_id", "margin_to_date"))
                .contains("new 9.00", "old 3.00");
    }

    private void run() {
        new EconomicsJob(DEFAULTS).run(new JobRun(DAY, null, null, false, warehouse, new Silence() {
            @Override
            public void note(String job, String text) {
                notes.add(text);
            }
        }));
    }

    private List<String> lines(Table table, String... columns) {
        return warehouse
                .read(table, DAY)
                .select(Arrays.stream(columns).map(name -> col(name)).toArray(Column[]::new))
                .collectAsList()
                .stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < row.length(); i++) {
                        cells.add(String.valueOf(row.get(i)));
                    }
                    return String.join(" ", cells);
                })
                .sorted()
                .toList();
    }

    /** Writes rows; columns that are required and not named are 0, false, the run date or the text 0. */
    private void write(Table table, String text) {
        warehouse.write(table, DAY, complete(table, text));
    }

    /** Writes rows in place of all others of the table. */
    private void replace(Table table, String text) {
        warehouse.writeAll(table, complete(table, text));
    }

    private static Dataset<Row> complete(Table table, String text) {
        Dataset<Row> named = rows(table, text);
        Column[] complete = Arrays.stream(table.schema().fields())
                .map(field -> (field.nullable()
                                ? col(field.name())
                                : coalesce(
                                        col(field.name()),
                                        lit("0").try_cast(field.dataType()),
                                        lit("2024-06-30").try_cast(field.dataType())))
                        .as(field.name()))
                .toArray(Column[]::new);
        return named.select(complete);
    }
}
