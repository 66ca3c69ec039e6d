package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import koc.SparkTest;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TieHistoryTest extends SparkTest {
    private static final Dataset<Row> EVENTS = rows(CleanTables.EVENTS, """
            occurred_at         | day        | user_id | event_type | sharer_id
            2024-01-02 10:00:00 | 2024-01-02 | ann     | share_open | k
            2024-01-05 10:00:00 | 2024-01-05 | bob     | leave      | k
            2024-01-06 10:00:00 | 2024-01-06 | bob     | share_open | NULL
            2024-01-06 10:00:00 | 2024-01-06 | buyer   | purchase   |
            2024-01-06 10:00:00 | 2024-01-06 | bob     | share_open | buyer
            2024-01-06 10:00:00 | 2024-01-06 | robot   | purchase   |
            2024-01-06 10:00:00 | 2024-01-06 | bob     | share_open | robot
            """);

    @TempDir
    Path folder;

    @Test
    void recordedTiesEndWhenTheUserLeaves() {
        Warehouse warehouse = withUser("k");
        warehouse.write(CleanTables.TIES, day("2024-01-01"), rows(CleanTables.TIES, """
                arrived    | koc_id | user_id | tie_type | since      | group_id | scene
                2024-01-01 | k      | bob     | friend   | 2024-01-01 |          | coupon
                2024-01-01 | k      | bob     | group    | 2024-01-06 | g        | community
                2024-01-01 | nobody | bob     | friend   | 2024-01-01 |          | coupon
                """));

        try (Checkpoints checkpoints = new Checkpoints()) {
            TieHistory history = TieHistory.read(warehouse, day("2024-01-10"), EVENTS, checkpoints);

            assertThat(history.isInferred()).isFalse();
            assertThat(history.ties()
                            .orderBy("tie_type")
                            .select("tie_type", "since", "until")
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactly("[friend,2024-01-01,2024-01-04]", "[group,2024-01-06,null]");
            assertThat(history.spans().columns())
                    .containsExactlyInAnyOrder(OpenTies.TIE_SPANS.schema().fieldNames());
            assertThat(history.spans()
                            .select("koc_id", "user_id", "since", "until", "scene")
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactly("[k,bob,2024-01-01,9999-12-31,coupon]");
        }
    }

    @Test
    void withoutRecordedTiesTheSpansAreInferredFromEvents() {
        try (Checkpoints checkpoints = new Checkpoints()) {
            TieHistory history = TieHistory.read(withUser("k"), day("2024-01-10"), EVENTS, checkpoints);

            assertThat(history.isInferred()).isTrue();
            assertThat(history.ties().isEmpty()).isTrue();
            assertThat(history.spans().columns())
                    .containsExactlyInAnyOrder(OpenTies.TIE_SPANS.schema().fieldNames());
            assertThat(history.spans()
                            .select("koc_id", "user_id", "tie_types", "since")
                            .orderBy("koc_id")
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactly("[buyer,bob,inferred,2024-01-06]", "[k,ann,inferred,2024-01-02]");
        }
    }

    private Warehouse withUser(String user) {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.write(CleanTables.USERS, day("2024-01-01"), rows(CleanTables.USERS, """
                arrived    | user_id | role     | marketing_opt_out
                2024-01-01 | %s      | consumer | false
                """.formatted(user)));
        warehouse.write(CleanTables.REJECTS, day("2024-01-01"), rows(CleanTables.REJECTS, """
                arrived    | source | file | reason | raw
                2024-01-01 | events | a    | robot  | {"user_id":"robot"}
                """));
        return warehouse;
    }
}
