package koc.economics.commission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.KocTables;
import koc.text.RowSentences;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The bonus fund of the teams, the competition and the rewards of a few months. */
class MonthlyPayoutsTest extends SparkTest {
    /** The run that closes May. */
    private static final Periods PERIODS = new Periods(day("2024-06-30"), day("2024-05-01"), 5);

    @Test
    void theBestTeamsDivideTheCappedPoolInProportionToTheCent() {
        Dataset<Row> statements = rows(CommissionTables.COMMISSION_STATEMENT, """
                koc_id | month      | net_sales
                a1     | 2024-05-01 | 6000.00
                a2     | 2024-05-01 | 4000.00
                b1     | 2024-05-01 | 10000.00
                c1     | 2024-05-01 | 10000.00
                d1     | 2024-05-01 | 9000.00
                e1     | 2024-05-01 | -5.00
                alone  | 2024-05-01 | 99999.00
                b1     | 2024-06-01 | 100.00
                """);
        Dataset<Row> users = rows(CleanTables.USERS, """
                user_id | team_id
                a1      | a
                a2      | a
                b1      | b
                c1      | c
                d1      | d
                e1      | e
                alone   |
                """);

        assertThat(lines(
                        TeamBonus.compute(statements, users, new CommissionSettings.Team(.01, 100, 3), PERIODS),
                        "month",
                        "is_closed",
                        "team_id",
                        "kocs",
                        "rank",
                        "bonus_fund",
                        "bonus"))
                .containsExactly(
                        "2024-05-01 true a 2 1 100.00 33.34",
                        "2024-05-01 true b 1 2 100.00 33.33",
                        "2024-05-01 true c 1 3 100.00 33.33",
                        "2024-05-01 true d 1 4 100.00 0.00",
                        "2024-06-01 false b 1 1 1.00 1.00");
    }

    @Test
    void theBarsAreQuantilesOfWholeEarlierMonths() {
        StringBuilder earlier = new StringBuilder("koc_id | month | net_sales\n");
        for (int i = 1; i <= 10; i++) {
            earlier.append("k%d | 2024-03-01 | 9999\nk%d | 2024-04-01 | %d\n".formatted(i, i, 100 * i));
        }
        Dataset<Row> sales = Competition.sales(rows(CommissionTables.COMMISSION_STATEMENT, earlier + """
                k1  | 2024-05-01 | 729.99
                k2  | 2024-05-01 | 730
                k3  | 2024-05-01 | 2000
                k4  | 2024-05-01 | -1
                """));
        CompetitionBars bars = new CompetitionBars(
                new CommissionSettings.Competition(
                        3,
                        10,
                        List.of(
                                new CommissionSettings.Tier("silver", .3, 50),
                                new CommissionSettings.Tier("gold", .1, 500))),
                PERIODS);
        Dataset<Row> ofMonths = bars.compute(sales, day("2024-04-01"));

        assertThat(lines(
                        bars.countReached(ofMonths, sales),
                        "month",
                        "tier",
                        "bar",
                        "koc_months",
                        "kocs",
                        "reached",
                        "reached_rate"))
                .as("March is not known in whole")
                .containsExactly("2024-05-01 gold 910.00 10 3 1 0.3333", "2024-05-01 silver 730.00 10 3 2 0.6667");
        assertThat(lines(
                        Competition.compute(sales, ofMonths, PERIODS).where("month = '2024-05-01'"),
                        "rank",
                        "koc_id",
                        "tier",
                        "prize",
                        "next_tier",
                        "missing_net_sales"))
                .containsExactly(
                        "1 k3 gold 500.00 null null", "2 k2 silver 50.00 gold 180.00", "3 k1 null 0.00 silver 0.01");
    }

    @Test
    void rewardsAreGrantedOnceAndThoseOfAMonthWhenItCloses() {
        RewardGrants.Inputs inputs = new RewardGrants.Inputs(
                rows(CommissionTables.COMMISSION_STATEMENT, """
                        koc_id | month      | net_sales
                        a      | 2024-05-01 | 2000
                        a      | 2024-06-01 | 9000
                        b      | 2024-05-01 | 1999.99
                        b      | 2024-06-01 | 9000
                        c      | 2024-05-01 | 50000
                        """),
                rows(KocTables.KOC_RANKING, """
                        koc_id | rank | level
                        a      | 1    | silver
                        b      | 2    | bronze
                        c      | 3    | revoked
                        """),
                rows(KocTables.LEVEL_EVENTS, """
                        koc_id | event     | from_level | to_level
                        a      | promotion | trainee    | silver
                        b      | promotion | bronze     | silver
                        c      | grace     | bronze     | bronze
                        """));
        List<RewardRule> rules = List.of(
                new RewardRule("kit", "physical", "level", "bronze", 80),
                new RewardRule("star", "virtual", "month-sales", "2000", 0),
                new RewardRule("11000", "achievement", "total-sales", "10999.99", 100),
                new RewardRule("best", "special", "rank", "1", 200));
        Dataset<Row> granted = rows(CommissionTables.REWARD_GRANTS, """
                day        | reward | koc_id | month
                2024-04-30 | 11000  | a      | 2024-04-01
                2024-04-30 | best   | a      | 2024-04-01
                """);

        for (String language : List.of("en", "zh")) {
            List<Row> grants = new RewardGrants(PERIODS, Texts.of(language))
                    .grant(rules, inputs, granted, granted.limit(0))
                    .collectAsList();
            assertThat(RowSentences.faults(grants, List.of(), "reason")).isEmpty();
        }
        assertThat(lines(
                        new RewardGrants(PERIODS, Texts.of("en")).grant(rules, inputs, granted, granted.limit(0)),
                        "reward",
                        "koc_id",
                        "month",
                        "value",
                        "reason"))
                .containsExactly(
                        "11000 b 2024-06-01 100.00 Net sales of 10,999.99 since the ledger began.",
                        "best a 2024-05-01 200.00 Rank 1 when the month closed.",
                        "kit a 2024-06-01 80.00 Promoted to silver.",
                        "star a 2024-05-01 0.00 Net sales of 2,000.00 in the month.");
    }

    private static List<String> lines(Dataset<Row> rows, String... columns) {
        return rows.selectExpr(columns).collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }
}
