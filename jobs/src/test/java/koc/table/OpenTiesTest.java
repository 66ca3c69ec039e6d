package koc.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OpenTiesTest extends SparkTest {
    @Test
    void aPoolIsTheDistinctUsersOfTiesThatAreOpenOnTheDay() {
        Dataset<Row> pools = OpenTies.on(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since      | until
                k      | always  | friend   |            |
                k      | always  | group    |            |
                k      | k       | friend   |            |
                k      | today   | friend   | 2024-01-10 | 2024-01-10
                k      | ended   | friend   | 2024-01-01 | 2024-01-09
                k      | coming  | friend   | 2024-01-11 |
                """), day("2024-01-10"));

        assertThat(pools.orderBy("user_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[k,always]", "[k,today]");
    }

    @Test
    void aLeaveEndsATieUnlessALaterOneBegan() {
        Dataset<Row> spans = OpenTies.spans(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since      | until
                k      | stays   | friend   | 2024-01-01 |
                k      | stays   | group    | 2024-01-05 |
                k      | leaves  | friend   | 2024-01-01 |
                k      | returns | friend   | 2024-01-09 |
                k      | ended   | friend   | 2024-01-01 | 2024-01-03
                k      | k       | friend   | 2024-01-01 |
                """), rows(CleanTables.EVENTS, """
                day        | user_id | sharer_id
                2024-01-07 | leaves  | k
                2024-01-07 | returns | k
                2024-01-07 | ended   | k
                2024-01-07 | stays   |
                """));

        assertThat(spans.orderBy("user_id")
                        .select("user_id", "tie_types", "since", "until", "is_inferred")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[ended,friend,2024-01-01,2024-01-03,false]",
                        "[leaves,friend,2024-01-01,2024-01-07,false]",
                        "[returns,friend,2024-01-09,9999-12-31,false]",
                        "[stays,friend;group,2024-01-01,9999-12-31,false]");
    }

    @Test
    void withoutTiesThosewhoCameThroughAShareAreThePoolUntilTheyLeave() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                occurred_at         | day        | user_id | event_type | sharer_id
                2024-01-02 10:00:00 | 2024-01-02 | a       | share_open | k
                2024-01-05 10:00:00 | 2024-01-05 | a       | purchase   | k
                2024-01-02 10:00:00 | 2024-01-02 | b       | share_open | k
                2024-01-06 10:00:00 | 2024-01-06 | b       | leave      | k
                2024-01-06 10:00:00 | 2024-01-06 | c       | leave      | k
                2024-01-06 10:00:00 | 2024-01-06 | k       | purchase   | k
                """);

        List<Row> spans = OpenTies.inferredSpans(events, day("2024-01-10"))
                .orderBy("user_id")
                .collectAsList();

        assertThat(spans)
                .extracting(Row::toString)
                .containsExactly(
                        "[k,a,inferred,2024-01-02,9999-12-31,true]", "[k,b,inferred,2024-01-02,2024-01-06,true]");
        assertThat(OpenTies.inferred(events, day("2024-01-10")).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[k,a]");
    }
}
