package koc.kocs.levels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koc.kocs.LevelRows;
import koc.tables.KocTables;
import koc.text.RowSentences;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LevelEventsTest extends LevelRows {
    private static final LevelEvents EVENTS = new LevelEvents(CRITERIA, TEXTS, DAY);

    @Test
    void everyEventSaysWhy() {
        Map<String, String> reasons = EVENTS.explain(move(people(PEOPLE))).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("koc_id"), row -> row.getAs("reason")));

        assertThat(reasons)
                .hasSize(13)
                .containsEntry(
                        "atThreshold",
                        "Rises from trainee to silver. Met: net sales of 2,000.00, 2 new customers, 15 active days, 1 training.")
                .containsEntry("new", "Rises from recruit to trainee. Met: pool members, own orders, active days.")
                .containsEntry(
                        "failing",
                        "Falls short of silver: not enough net sales. Has until 2024-07-14 to reach it again.")
                .containsEntry(
                        "externalBronze", "Revoked from bronze: not enough net sales, new customers, active days.")
                .containsEntry(
                        "trialOver", "Still trainee when the trial ended. Has until 2024-07-14 to reach bronze.");
    }

    @Test
    void theNumbersOfReasonsAreColumns() {
        for (String language : List.of("en", "zh")) {
            LevelEvents events = new LevelEvents(CRITERIA, Texts.of(language), DAY);

            assertThat(RowSentences.faults(events.explain(move(people(PEOPLE))).collectAsList(), List.of(), "reason"))
                    .isEmpty();
        }
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
