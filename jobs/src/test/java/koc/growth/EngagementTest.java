package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class EngagementTest extends GrowthReportTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final LocalDate FIRST = day("2024-06-01");

    @Test
    void inquiriesRepliesClicksAndEngagedDaysAreCountedPerKocAndUser() {
        Dataset<Row> engagement = engagement("""
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-10 | k       | reply      | a
                2        | 2024-06-10 | a       | inquiry    | k
                3        | 2024-06-11 | a       | click      | k
                4        | 2024-06-12 | a       | view       | k
                5        | 2024-06-12 | a       | favorite   | m
                6        | 2024-06-12 | k       | click      | k
                7        | 2024-06-12 | a       | click      |
                """);

        assertThat(text(engagement.selectExpr(
                        "koc_id",
                        "user_id",
                        "inquiries",
                        "replies",
                        "clicks",
                        "array_join(array_sort(CAST(engaged_days AS ARRAY<STRING>)), ' ')")))
                .containsExactly("[k,a,1,1,1,2024-06-10 2024-06-11]", "[m,a,0,0,1,2024-06-12]");
    }

    @Test
    void inAReplyTheUserIsTheOneWhoAsked() {
        assertThat(text(engagement("""
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-06-10 | koc     | reply      | asker
                """).select("koc_id", "user_id", "replies"))).containsExactly("[koc,asker,1]");
    }

    @Test
    void onlyAMuteWithoutAGroupMutesThePool() {
        Dataset<Row> engagement = engagement("""
                event_id | day        | user_id | event_type | sharer_id | group_id
                1        | 2024-06-10 | a       | mute       | k         |
                2        | 2024-06-11 | a       | mute       | k         | g
                3        | 2024-06-12 | b       | leave      | k         | g
                """);

        assertThat(text(engagement.select("user_id", "left_on", "muted_on", "pool_muted_on")))
                .containsExactly("[a,null,2024-06-11,2024-06-10]", "[b,2024-06-12,null,null]");
    }

    @Test
    void eventsOutsideTheWindowDoNotCount() {
        assertThat(text(engagement("""
                event_id | day        | user_id | event_type | sharer_id
                1        | 2024-05-31 | a       | click      | k
                2        | 2024-06-01 | b       | click      | k
                3        | 2024-06-30 | c       | click      | k
                4        | 2024-07-01 | d       | click      | k
                5        |            | e       | click      | k
                """).select("user_id"))).containsExactly("[b]", "[c]");
    }

    private static Dataset<Row> engagement(String events) {
        return Engagement.count(rows(CleanTables.EVENTS, events).withColumn("arrived", functions.lit(DAY)), FIRST, DAY)
                .orderBy("koc_id", "user_id");
    }
}
