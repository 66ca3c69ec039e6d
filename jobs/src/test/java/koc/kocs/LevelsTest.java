package koc.kocs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koc.SparkTest;
import koc.tables.KocTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LevelsTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final Levels LEVELS = Levels.of(LevelSettings.from(DEFAULTS));
    private static final Texts TEXTS = Texts.of("en");

    /** Thresholds: bronze 500, 1, 8, 0; silver 2000, 2, 15, 1; gold 8000, 5, 25, 2. */
    private static final String FACTS = """
            koc_id      | koc_type | pool_size | own_orders_365d | tenure_days | courses_365d | net_sales_90d | new_customers_90d | active_days_90d | level   | level_since | grace_until
            atBar       | user     | 10        | 1               | 0           | 1            | 2000          | 2                 | 15              | trainee | 2024-05-01  |
            belowBar    | user     | 10        | 1               | 0           | 1            | 1999.99       | 2                 | 15              | bronze  | 2024-05-01  |
            jumps       | user     | 10        | 1               | 0           | 2            | 8000          | 5                 | 25              | recruit | 2024-05-01  |
            appears     | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 3               |         |             |
            neverBought | user     | 10        | 0               | 0           | 3            | 90000         | 50                | 80              |         |             |
            keeps       | user     | 10        | 1               | 0           | 1            | 1600          | 2                 | 12              | silver  | 2024-01-01  |
            slips       | user     | 10        | 1               | 0           | 1            | 1599.99       | 2                 | 12              | silver  | 2024-01-01  |
            fresh       | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 0               | silver  | 2024-06-01  |
            lastDay     | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 0               | silver  | 2024-01-01  | 2024-06-30
            falls       | user     | 10        | 1               | 0           | 0            | 600           | 1                 | 9               | silver  | 2024-01-01  | 2024-06-29
            fallsDeep   | user     | 1         | 0               | 0           | 0            | 0             | 0                 | 0               | silver  | 2024-01-01  | 2024-06-29
            recovers    | user     | 10        | 1               | 0           | 1            | 1700          | 2                 | 15              | silver  | 2024-01-01  | 2024-07-05
            revoked     | external | 10        | 2               | 90          | 0            | 0             | 0                 | 0               | bronze  | 2024-01-01  | 2024-06-29
            onlyFalls   | external | 10        | 2               | 90          | 0            | 600           | 1                 | 9               | silver  | 2024-01-01  | 2024-06-29
            trialOver   | external | 10        | 2               | 90          | 0            | 0             | 0                 | 5               | trainee | 2024-04-01  |
            onTrial     | external | 10        | 2               | 90          | 0            | 0             | 0                 | 5               | trainee | 2024-04-02  |
            oldTrainee  | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 3               | trainee | 2023-04-01  |
            returns     | external | 10        | 2               | 30          | 3            | 90000         | 50                | 80              | revoked | 2024-01-02  |
            staysOut    | external | 10        | 2               | 30          | 3            | 90000         | 50                | 80              | revoked | 2024-01-03  |
            untrained   | user     | 10        | 1               | 0           |              | 8000          | 5                 | 25              | bronze  | 2024-01-01  |
            guide       | guide    | 1         | 0               | 0           | 0            | 0             | 0                 | 0               |         |             |
            """;

    @Test
    void eachKocMovesAsItsNumbersAndItsPastSay() {
        List<Row> moved =
                LEVELS.move(facts(FACTS), DAY, false).orderBy("koc_id").collectAsList();

        Map<String, String> found = new TreeMap<>();
        moved.forEach(row -> found.put(
                row.getAs("koc_id"),
                row.getAs("level_change") + " " + row.getAs("level") + " " + row.getAs("level_since") + " "
                        + row.getAs("grace_until")));
        Map<String, String> expected = new TreeMap<>();
        expected.put("atBar", "promotion silver 2024-06-30 null");
        expected.put("belowBar", "kept bronze 2024-05-01 null");
        expected.put("jumps", "promotion gold 2024-06-30 null");
        expected.put("appears", "promotion trainee 2024-06-30 null");
        expected.put("neverBought", "new recruit 2024-06-30 null");
        expected.put("keeps", "kept silver 2024-01-01 null");
        expected.put("slips", "grace silver 2024-01-01 2024-07-14");
        expected.put("fresh", "kept silver 2024-06-01 null");
        expected.put("lastDay", "kept silver 2024-01-01 2024-06-30");
        expected.put("falls", "demotion bronze 2024-06-30 null");
        expected.put("fallsDeep", "demotion recruit 2024-06-30 null");
        expected.put("recovers", "recovery silver 2024-01-01 null");
        expected.put("revoked", "revocation revoked 2024-06-30 null");
        expected.put("onlyFalls", "demotion bronze 2024-06-30 null");
        expected.put("trialOver", "grace trainee 2024-04-01 2024-07-14");
        expected.put("onTrial", "kept trainee 2024-04-02 null");
        expected.put("oldTrainee", "kept trainee 2023-04-01 null");
        expected.put("returns", "promotion trainee 2024-06-30 null");
        expected.put("staysOut", "kept revoked 2024-01-03 null");
        expected.put("untrained", "promotion gold 2024-06-30 null");
        expected.put("guide", "promotion trainee 2024-06-30 null");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void everyEventSaysWhyWithItsNumbers() {
        Map<String, String> reasons = new TreeMap<>();
        LevelEvents.rows(LEVELS.move(facts(FACTS), DAY, false), LEVELS, DAY, TEXTS)
                .collectAsList()
                .forEach(row -> reasons.put(row.getAs("koc_id"), row.getAs("reason")));

        assertThat(reasons)
                .hasSize(13)
                .containsEntry(
                        "atBar",
                        "rises from trainee to silver: net sales 2,000.00 of 2,000.00, new customers 2 of 2, active days 15"
                                + " of 15, trainings 1 of 1; window of 90 days, thresholds 2024-1")
                .containsEntry(
                        "appears",
                        "rises from recruit to trainee: members of the pool 10 of 10, own orders 1 of 1, active days 3 of 3;"
                                + " window of 90 days, thresholds 2024-1")
                .containsEntry(
                        "slips",
                        "fails silver: net sales 1,599.99 of 1,600.00; has until 2024-07-14 to reach it again; window of 90"
                                + " days, thresholds 2024-1")
                .containsEntry(
                        "revoked",
                        "revoked as bronze: net sales 0.00 of 400.00, new customers 0 of 1, active days 0 of 7; grace ended"
                                + " on 2024-06-29; window of 90 days, thresholds 2024-1")
                .containsEntry(
                        "trialOver",
                        "fails trainee: not bronze after a trial of 90 days; has until 2024-07-14 to reach it again");
    }

    @Test
    void onTheFirstDayLevelsAreSetAndNothingHasHappened() {
        Dataset<Row> moved = LEVELS.move(facts("""
                        koc_id | koc_type | pool_size | own_orders_365d | tenure_days | courses_365d | net_sales_90d | new_customers_90d | active_days_90d
                        best   | user     | 10        | 1               | 0           | 3            | 30000         | 15                | 30
                        worst  | external | 0         | 0               | 0           | 0            | 0             | 0                 | 0
                        """), DAY, true);

        assertThat(moved.orderBy("koc_id").collectAsList())
                .extracting(row -> row.getAs("level") + " " + row.getAs("level_change"))
                .containsExactly("partner new", "recruit new");
        assertThat(LevelEvents.rows(moved, LEVELS, DAY, TEXTS).isEmpty()).isTrue();
    }

    @Test
    void withoutGraceAKocFallsAtOnce() {
        Levels levels = Levels.of(LevelSettings.from(config("koc.kocs.levels.grace-days=0")));

        Dataset<Row> moved = levels.move(facts(FACTS).where("koc_id IN ('slips', 'trialOver')"), DAY, false);

        assertThat(moved.orderBy("koc_id").collectAsList())
                .extracting(row -> row.getAs("level_change") + " " + row.getAs("level"))
                .containsExactly("demotion bronze", "revocation revoked");
    }

    @Test
    void thePipelineSaysWhatTheNextStateNeedsAndHowLongEachTook() {
        Dataset<Row> previous = rows(KocTables.KOC_LIFECYCLE, """
                day        | koc_id | koc_type | state   | since      | days_in_state | first_sale_on
                2024-06-01 | atBar  | user     | trainee | 2024-05-01 | 31            | 2024-03-03
                2024-06-01 | keeps  | user     | silver  | 2024-01-01 | 152           |
                """);
        Dataset<Row> people = LEVELS.move(facts(FACTS), DAY, false)
                .where("koc_id IN ('atBar', 'keeps', 'neverBought', 'staysOut')")
                .selectExpr(
                        "*",
                        "IF(koc_id = 'neverBought', NULL, DATE'2024-02-01') AS first_purchase_on",
                        "DATE'2024-02-11' AS first_share_on",
                        "IF(koc_id = 'atBar', DATE'2024-06-15', NULL) AS first_credit_on");

        List<Row> found = KocLifecycle.rows(people, previous, LEVELS, DAY, TEXTS)
                .orderBy("koc_id")
                .collectAsList();

        assertThat(found)
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("state") + " " + row.getAs("since") + " "
                        + row.getAs("days_in_state") + " after " + row.getAs("days_in_previous_state") + " as "
                        + row.getAs("previous_state") + " next " + row.getAs("next_state") + ": "
                        + row.getAs("missing"))
                .containsExactly(
                        "atBar silver 2024-06-30 0 after 60 as trainee next gold: net sales 2,000.00 of 8,000.00, new customers 2"
                                + " of 5, active days 15 of 25, trainings 1 of 2",
                        "keeps silver 2024-01-01 181 after null as null next gold: net sales 1,600.00 of 8,000.00, new customers"
                                + " 2 of 5, active days 12 of 25, trainings 1 of 2",
                        "neverBought recruit 2024-02-11 140 after null as null next trainee: own orders 0 of 1",
                        "staysOut revoked 2024-01-03 179 after null as null next trainee: may begin again from 2024-07-01");
        assertThat(found)
                .extracting(row ->
                        row.getAs("journey") + " " + row.getAs("first_sale_on") + " " + row.getAs("days_to_share")
                                + " " + row.getAs("days_to_sale") + " " + row.getAs("progress") + " "
                                + row.getAs("recruitment_passed"))
                .containsExactly(
                        "distributor 2024-03-03 10 21 0.25 true",
                        "spreader null 10 null 0.2 true",
                        "spreader null null null 0.0 false",
                        "spreader null 10 null 1.0 true");
        assertThat(found.get(2).<String>getAs("recruitment_reason"))
                .isEqualTo(
                        "does not pass recruitment; members of the pool 10 of 10, own orders 0 of 1, active days 80 of 3");
    }

    @Test
    void aReplayFindsWhoWouldRiseOrFallAndSaysWhy() {
        LevelReplay replay = new LevelReplay(
                DEFAULTS,
                config(
                        "koc.kocs.levels.version=stricter",
                        "koc.kocs.levels.bronze.new-customers=2",
                        "koc.kocs.levels.silver.net-sales=1500",
                        "koc.kocs.levels.silver.courses=0"));
        Dataset<Row> ranking = rows(KocTables.KOC_RANKING, """
                koc_id  | koc_type | pool_size | own_orders_365d | tenure_days | courses_365d | net_sales_90d | new_customers_90d | active_days_90d | level
                up      | user     | 10        | 1               | 0           | 0            | 1500          | 2                 | 15              | bronze
                down    | user     | 10        | 1               | 0           | 0            | 900           | 1                 | 15              | bronze
                out     | external | 10        | 2               | 30          | 0            | 900           | 1                 | 15              | bronze
                same    | user     | 10        | 1               | 0           | 0            | 1499          | 2                 | 15              | bronze
                failing | user     | 10        | 1               | 0           | 0            | 0             | 0                 | 15              | silver
                """);

        assertThat(replay.of(ranking).orderBy("koc_id").collectAsList())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("direction") + " " + row.getAs("under_current")
                        + " -> " + row.getAs("under_proposed") + ": " + row.getAs("why"))
                .containsExactly(
                        "down fall bronze -> trainee: new customers 1 of 2",
                        "out fall bronze -> revoked: new customers 1 of 2",
                        "up rise bronze -> silver: net sales 1,500.00 of 1,500.00, new customers 2 of 2, active days 15 of"
                                + " 15");
        assertThat(replay.of(ranking.limit(0)).isEmpty()).isTrue();
    }

    private static Dataset<Row> facts(String text) {
        return rows(KocTables.KOC_RANKING, text)
                .withColumn("previous_level", col("level"))
                .withColumn("previous_since", col("level_since"))
                .withColumn("previous_grace_until", col("grace_until"))
                .drop("level", "level_since", "grace_until", "level_change");
    }
}
