package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenTiesTest extends SparkTest {
    @Test
    void aPoolIsTheDistinctUsersWithAnOpenTie() {
        Dataset<Row> pools = OpenTies.selectPools(
                OpenTies.computeSpans(OpenTies.withLeaves(rows(CleanTables.TIES, """
                koc_id | user_id   | tie_type | since      | until
                k      | always    | friend   |            |
                k      | always    | group    |            |
                k      | k         | friend   |            |
                k      | today     | friend   | 2024-01-10 | 2024-01-10
                k      | ended     | friend   | 2024-01-01 | 2024-01-09
                k      | coming    | friend   | 2024-01-11 |
                k      | left      | friend   |            |
                k      | leftnow   | friend   |            |
                k      | leavesold | friend   |            |
                """), rows(CleanTables.EVENTS, """
                day        | user_id   | event_type | sharer_id
                2024-01-05 | left      | leave      | k
                2024-01-10 | leftnow   | leave      | k
                2024-01-05 | always    | mute       | k
                2024-01-05 | leavesold | leave      | other
                """))),
                day("2024-01-10"));

        assertThat(pools.orderBy("user_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[k,always]", "[k,leavesold]", "[k,today]");
    }

    @Test
    void aLeaveEndsATieButNotALaterOne() {
        Dataset<Row> spans =
                OpenTies.computeSpans(OpenTies.withLeaves(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since      | until
                k      | stays   | friend   | 2024-01-01 |
                k      | stays   | group    | 2024-01-05 |
                k      | leaves  | friend   | 2024-01-01 |
                k      | returns | friend   | 2024-01-09 |
                k      | ended   | friend   | 2024-01-01 | 2024-01-03
                k      | k       | friend   | 2024-01-01 |
                """), rows(CleanTables.EVENTS, """
                day        | user_id | event_type | sharer_id
                2024-01-07 | leaves  | leave      | k
                2024-01-07 | returns | leave      | k
                2024-01-07 | ended   | leave      | k
                2024-01-07 | stays   | leave      |
                """)));

        assertThat(spans.orderBy("user_id")
                        .select("user_id", "tie_types", "since", "until", "is_inferred")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[ended,friend,2024-01-01,2024-01-03,false]",
                        "[leaves,friend,2024-01-01,2024-01-06,false]",
                        "[returns,friend,2024-01-09,9999-12-31,false]",
                        "[stays,friend;group,2024-01-01,9999-12-31,false]");
    }

    @Test
    void aLeaveOfAGroupKeepsTheTiesOfOtherGroups() {
        Dataset<Row> ties = OpenTies.withLeaves(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since      | until      | group_id
                k      | one     | group    | 2024-01-01 |            | g
                k      | two     | group    | 2024-01-01 |            | g
                k      | two     | friend   | 2024-01-01 |            |
                k      | other   | group    |            |            | h
                k      | twice   | group    |            |            | g
                k      | all     | group    |            | 2024-01-09 | h
                """), rows(CleanTables.EVENTS, """
                day        | user_id | event_type | sharer_id | group_id
                2024-01-07 | one     | leave      | k         | g
                2024-01-07 | two     | leave      | k         | g
                2024-01-07 | other   | leave      | k         | g
                2024-01-07 | twice   | leave      | k         | g
                2024-01-09 | twice   | leave      | k         | g
                2024-01-07 | all     | leave      | k         |
                """));

        assertThat(ties.orderBy("user_id", "tie_type")
                        .select("user_id", "tie_type", "until")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[all,group,2024-01-06]",
                        "[one,group,2024-01-06]",
                        "[other,group,null]",
                        "[twice,group,2024-01-06]",
                        "[two,friend,2024-01-06]",
                        "[two,group,2024-01-06]");
    }

    @Test
    void aSpanHasTheSceneOfItsFirstTie() {
        Dataset<Row> spans = OpenTies.computeSpans(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since      | scene
                k      | a       | friend   | 2024-01-05 | coupon
                k      | a       | group    | 2024-01-02 | order
                k      | b       | friend   | 2024-01-05 | coupon
                k      | b       | group    |            |
                """));

        assertThat(spans.orderBy("user_id").select("user_id", "since", "scene").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,2024-01-02,order]", "[b,1900-01-01,null]");
    }

    @Test
    void withoutTiesThePoolIsEveryUserWhoCameThroughAShareAndHasNotLeft() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                occurred_at         | day        | user_id | event_type | sharer_id
                2024-01-02 10:00:00 | 2024-01-02 | a       | share_open | k
                2024-01-05 10:00:00 | 2024-01-05 | a       | purchase   | k
                2024-01-02 10:00:00 | 2024-01-02 | b       | share_open | k
                2024-01-06 10:00:00 | 2024-01-06 | b       | leave      | k
                2024-01-06 10:00:00 | 2024-01-06 | c       | leave      | k
                2024-01-06 10:00:00 | 2024-01-06 | k       | purchase   | k
                """);

        List<Row> spans = OpenTies.inferSpans(events, day("2024-01-10"))
                .orderBy("user_id")
                .collectAsList();

        assertThat(spans)
                .extracting(Row::toString)
                .containsExactly(
                        "[k,a,inferred,2024-01-02,9999-12-31,null,true]",
                        "[k,b,inferred,2024-01-02,2024-01-05,null,true]");
        assertThat(OpenTies.selectPools(OpenTies.inferSpans(events, day("2024-01-10")), day("2024-01-10"))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[k,a]");
    }

    @Test
    void aReplyPutsTheOneWhoAskedIntoThePoolOfTheOneWhoAnswered() {
        assertThat(OpenTies.inferSpans(rows(CleanTables.EVENTS, """
                        occurred_at         | day        | user_id | event_type | sharer_id
                        2024-01-02 10:00:00 | 2024-01-02 | koc     | reply      | asker
                        """), day("2024-01-10"))
                        .select("koc_id", "user_id")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[koc,asker]");
    }

    @Test
    void anInferredMemberIsReachableFromTheDayAfterTheFirstContact() {
        Dataset<Row> inferred = OpenTies.inferSpans(rows(CleanTables.EVENTS, """
                occurred_at         | day        | user_id | event_type | sharer_id
                2024-01-02 10:00:00 | 2024-01-02 | a       | share_open | k
                """), day("2024-01-10"));
        Dataset<Row> recorded = OpenTies.computeSpans(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since
                k      | b       | friend   | 2024-01-02
                """));

        assertThat(OpenTies.startAfterFirstContact(recorded.unionByName(inferred))
                        .orderBy("user_id")
                        .select("user_id", "since")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,2024-01-03]", "[b,2024-01-02]");
    }

    @Test
    void aTieWasOpenBetweenTwoDaysIfItsDaysOverlapThem() {
        Dataset<Row> ties = rows(CleanTables.TIES, """
                user_id | since      | until
                always  |            |
                ended   | 2024-01-01 | 2024-01-04
                lastday |            | 2024-01-05
                within  | 2024-01-06 | 2024-01-07
                begun   | 2024-01-10 |
                coming  | 2024-01-11 |
                """);

        assertThat(ties.where(OpenTies.wasOpenBetween(day("2024-01-05"), day("2024-01-10")))
                        .orderBy("user_id")
                        .select(col("user_id"), OpenTies.hasEndedBefore(day("2024-01-07")))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[always,false]", "[begun,false]", "[lastday,true]", "[within,false]");
    }

    @Test
    void aTieWithoutSinceHasNoFirstDay() {
        Dataset<Row> spans = OpenTies.computeSpans(rows(CleanTables.TIES, """
                koc_id | user_id | tie_type | since
                k      | a       | friend   |
                k      | b       | friend   | 2024-01-02
                """));

        assertThat(spans.orderBy("user_id").select(OpenTies.startedOn()).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[null]", "[2024-01-02]");
    }

    @Test
    void poolsComeFromEventsWhenNoTieIsRecorded(@TempDir Path folder) {
        Warehouse warehouse = openWarehouse(folder);
        LocalDate today = day("2024-01-10");
        warehouse.write(CleanTables.USERS, today, rows(CleanTables.USERS, """
                arrived    | user_id | role     | marketing_opt_out
                2024-01-10 | m       | consumer | false
                """));
        warehouse.write(CleanTables.EVENTS, today, rows(CleanTables.EVENTS, """
                event_id | occurred_at         | arrived    | day        | user_id | event_type | sharer_id | quantity
                e        | 2024-01-02 10:00:00 | 2024-01-10 | 2024-01-02 | a       | share_open | k         | 1
                f        | 2024-01-02 10:00:00 | 2024-01-10 | 2024-01-02 | k       | purchase   |           | 1
                g        | 2024-01-02 10:00:00 | 2024-01-10 | 2024-01-02 | a       | share_open | NULL      | 1
                """));

        assertThat(OpenTies.areRecorded(warehouse, today)).isFalse();
        assertThat(OpenTies.computePools(warehouse, today).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[k,a]");

        warehouse.write(CleanTables.TIES, today, rows(CleanTables.TIES, """
                arrived    | koc_id | user_id | tie_type
                2024-01-10 | m      | b       | friend
                """));

        assertThat(OpenTies.computePools(warehouse, today).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[m,b]");
    }
}
