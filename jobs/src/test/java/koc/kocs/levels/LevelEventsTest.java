package koc.kocs.levels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import koc.kocs.LevelRows;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LevelEventsTest extends LevelRows {
    private static final LevelEvents EVENTS = new LevelEvents(CRITERIA, TEXTS, DAY);

    @Test
    void everyEventSaysWhyWithItsNumbers() {
        Map<String, String> reasons = EVENTS.explain(move(people(PEOPLE))).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("koc_id"), row -> row.getAs("reason")));

        assertThat(reasons)
                .hasSize(13)
                .containsEntry(
                        "atThreshold",
                        "rises from trainee to silver: net sales 2,000.00 of 2,000.00, new customers 2 of 2, active days 15"
                                + " of 15, trainings 1 of 1; window of 90 days, thresholds 2024-1")
                .containsEntry(
                        "new",
                        "rises from recruit to trainee: members of the pool 10 of 10, own orders 1 of 1, active days 3 of 3;"
                                + " window of 90 days, thresholds 2024-1")
                .containsEntry(
                        "failing",
                        "fails silver: net sales 1,599.99 of 1,600.00; has until 2024-07-14 to reach it again; window of 90"
                                + " days, thresholds 2024-1")
                .containsEntry(
                        "externalBronze",
                        "revoked as bronze: net sales 0.00 of 400.00, new customers 0 of 1, active days 0 of 7; grace ended"
                                + " on 2024-06-29; window of 90 days, thresholds 2024-1")
                .containsEntry(
                        "trialOver",
                        "fails trainee: not bronze after a trial of 90 days; has until 2024-07-14 to reach it again");
    }

    @Test
    void onlyTheStartOfAGracePeriodHasAnEndDate() {
        Dataset<Row> events = EVENTS.explain(
                move(people(PEOPLE).where("koc_id IN ('failing', 'graceOver', 'lastGraceDay', 'recovering')")));

        assertThat(events.orderBy("koc_id").collectAsList())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("event") + " " + row.getAs("grace_until"))
                .containsExactly("failing grace 2024-07-14", "graceOver demotion null", "recovering recovery null");
    }

    @Test
    void rowsHaveTheColumnsOfTheTable() {
        assertThat(EVENTS.explain(move(people("koc_id\n"))).columns())
                .containsExactly(KocTables.LEVEL_EVENTS.columnNames().toArray(String[]::new));
    }
}
