package koc.kocs.levels;

import static org.assertj.core.api.Assertions.assertThat;

import koc.kocs.LevelRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LevelMovementTest extends LevelRows {
    @Test
    void peopleMoveByTheirNumbersAndTheirPreviousLevel() {
        assertThat(move(people(PEOPLE)).collectAsList())
                .extracting(row -> row.getAs("koc_id") + ": " + row.getAs("level_change") + " " + row.getAs("level")
                        + " since " + row.getAs("level_since") + " grace " + row.getAs("grace_until"))
                .containsExactlyInAnyOrder(
                        "atThreshold: promotion silver since 2024-06-30 grace null",
                        "belowThreshold: kept bronze since 2024-05-01 grace null",
                        "jumping: promotion gold since 2024-06-30 grace null",
                        "new: promotion trainee since 2024-06-30 grace null",
                        "neverBought: new recruit since 2024-06-30 grace null",
                        "retaining: kept silver since 2024-01-01 grace null",
                        "failing: grace silver since 2024-01-01 grace 2024-07-14",
                        "recent: kept silver since 2024-06-01 grace null",
                        "lastGraceDay: kept silver since 2024-01-01 grace 2024-06-30",
                        "graceOver: demotion bronze since 2024-06-30 grace null",
                        "lostEverything: demotion recruit since 2024-06-30 grace null",
                        "recovering: recovery silver since 2024-01-01 grace null",
                        "externalBronze: revocation revoked since 2024-06-30 grace null",
                        "externalSilver: demotion bronze since 2024-06-30 grace null",
                        "trialOver: grace trainee since 2024-04-01 grace 2024-07-14",
                        "onTrial: kept trainee since 2024-04-02 grace null",
                        "oldTrainee: kept trainee since 2023-04-01 grace null",
                        "returning: promotion trainee since 2024-06-30 grace null",
                        "stillRevoked: kept revoked since 2024-01-03 grace null",
                        "untrained: promotion gold since 2024-06-30 grace null",
                        "guide: promotion trainee since 2024-06-30 grace null");
    }

    @Test
    void onTheFirstDayLevelsAreSetWithoutEvents() {
        Dataset<Row> people = people("""
                koc_id | koc_type | pool_size | own_orders_365d | tenure_days | courses_365d | net_sales_90d | new_customers_90d | active_days_90d
                best   | user     | 10        | 1               | 0           | 3            | 30000         | 15                | 30
                worst  | external | 0         | 0               | 0           | 0            | 0             | 0                 | 0
                """);

        Dataset<Row> moved = new LevelMovement(CRITERIA, DAY).move(people, true);

        assertThat(moved.orderBy("koc_id").collectAsList())
                .extracting(
                        row -> row.getAs("level") + " " + row.getAs("level_change") + " " + row.getAs("level_event"))
                .containsExactly("partner new null", "recruit new null");
    }

    @Test
    void withoutGraceAFailingKocIsDemotedAtOnce() {
        LevelCriteria withoutGrace = new LevelCriteria(LevelSettings.from(config("koc.kocs.levels.grace-days=0")));

        Dataset<Row> moved = new LevelMovement(withoutGrace, DAY)
                .move(people(PEOPLE).where("koc_id IN ('failing', 'trialOver')"), false);

        assertThat(moved.orderBy("koc_id").collectAsList())
                .extracting(row -> row.getAs("level_change") + " " + row.getAs("level"))
                .containsExactly("demotion bronze", "revocation revoked");
    }
}
