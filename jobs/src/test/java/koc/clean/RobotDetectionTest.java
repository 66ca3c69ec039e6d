package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RobotDetectionTest extends SparkTest {
    private static final String HEADER =
            "event_id | occurred_at | user_id | event_type | product_id | order_id | unit_price\n";

    @Test
    void viewsAndClicksOfAUserAboveTheLimitAreRejectedAndOtherEventsStay() {
        assertThat(rejected(2, """
                a | 2024-03-01T10:00:00 | robot | view     | p |   |
                b | 2024-03-01T10:20:00 | robot | click    | p |   |
                c | 2024-03-01T10:40:00 | robot | share    | p |   |
                d | 2024-03-01T18:00:00 | robot | view     | p |   |
                e | 2024-03-01T10:00:00 | human | view     | p |   |
                f | 2024-03-01T10:10:00 | human | view     | p |   |
                """)).containsExactly("a", "b", "d");
    }

    @Test
    void actionsInDifferentHoursAreNotAddedUp() {
        assertThat(rejected(2, """
                a | 2024-03-01T10:00:00 | human | view | p |   |
                b | 2024-03-01T10:59:00 | human | view | p |   |
                c | 2024-03-01T11:00:00 | human | view | p |   |
                """)).isEmpty();
    }

    @Test
    void allLinesOfAnOrderAreOneAction() {
        assertThat(rejected(2, """
                a | 2024-03-01T10:00:00 | human | purchase | p | order | 1
                b | 2024-03-01T10:00:00 | human | purchase | q | order | 1
                c | 2024-03-01T10:00:00 | human | purchase | r | order | 1
                d | 2024-03-01T10:00:00 | human | view     | p |       |
                """)).isEmpty();
    }

    private static List<String> rejected(int actionsPerHour, String events) {
        Dataset<Row> rows = RowChecks.check(
                RowChecksTest.landed(HEADER + events),
                Source.EVENTS,
                RowChecksTest.FORMATS.of(Source.EVENTS),
                day("2000-01-01"),
                null);
        Dataset<Row> busyBuckets = RobotDetection.findBusyBuckets(rows, actionsPerHour);
        Dataset<Row> robotDays = RobotDetection.findRobotDays(rows, busyBuckets, actionsPerHour);
        return RobotDetection.reject(rows, robotDays)
                .where(Verdict.COLUMN + " = 'robot:user_id'")
                .select("event_id")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }
}
