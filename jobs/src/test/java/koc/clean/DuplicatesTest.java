package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DuplicatesTest extends SparkTest {
    private static final String EVENTS = """
            event_id | occurred_at         | user_id | event_type | product_id
            single   | 2024-03-01T10:00:00 | u       | view       | p
            twice    | 2024-03-01T10:00:00 | u       | view       | p
            twice    | 2024-03-01T10:00:00 | u       | view       | p
            differs  | 2024-03-01T10:00:00 | u       | view       | p
            differs  | 2024-03-01T11:00:00 | u       | view       | p
            faulty   | noon                | u       | view       | p
            faulty   | noon                | u       | view       | p
            """;
    private static final Dataset<Row> ROWS = Duplicates.withIdentityHash(
            RowChecks.check(
                    RowChecksTest.landed(EVENTS),
                    Source.EVENTS,
                    RowChecksTest.FORMATS.of(Source.EVENTS),
                    day("2000-01-01"),
                    null),
            Source.EVENTS);

    @Test
    void theFirstRowOfAnIdStaysAndTheOthersAreDuplicateOrConflicting() {
        Dataset<Row> noEarlierEvents = rows(CleanTables.EVENTS, "event_id\n");

        assertThat(verdicts(noEarlierEvents))
                .containsExactly(
                        "differs conflicting_id:event_id",
                        "differs null",
                        "faulty bad_type:occurred_at",
                        "faulty bad_type:occurred_at",
                        "single null",
                        "twice duplicate:",
                        "twice null");
    }

    @Test
    void anEventOfAnEarlierArrivalWins() {
        Dataset<Row> earlier = rows(CleanTables.EVENTS, """
                arrived    | event_id | occurred_at         | day        | user_id | event_type | product_id | quantity
                2024-02-01 | single   | 2024-02-01 10:00:00 | 2024-02-01 | u       | view       | p          | 1
                """);

        assertThat(verdicts(earlier)).contains("single conflicting_id:event_id");
    }

    @Test
    void onlyRowsOfRepeatedIdsAreSuspects() {
        Dataset<Row> suspects = Duplicates.findSuspects(ROWS, Source.EVENTS, rows(CleanTables.EVENTS, "event_id\n"));

        assertThat(suspects.count()).isEqualTo(2);
        assertThat(Duplicates.withoutSuspects(ROWS, suspects)
                        .select("event_id")
                        .distinct()
                        .count())
                .isEqualTo(2);
    }

    private static List<String> verdicts(Dataset<Row> earlier) {
        Dataset<Row> suspects = Duplicates.findSuspects(ROWS, Source.EVENTS, earlier);
        return Duplicates.withoutSuspects(ROWS, suspects)
                .unionByName(Duplicates.resolveSuspects(ROWS, Source.EVENTS, suspects, earlier))
                .select("event_id", Verdict.COLUMN)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0) + " " + row.getString(1))
                .sorted()
                .toList();
    }
}
