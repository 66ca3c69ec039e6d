package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ContentSharingTest extends SparkTest {
    @Test
    void theAuthorIsTheFirstUserWhoSharedTheContent() {
        Dataset<Row> sharers = ContentSharing.computeSharers(rows(CleanTables.EVENTS, """
                event_id | occurred_at         | day        | user_id | event_type | content_id | product_id
                e1       | 2024-03-01 08:00:00 | 2024-03-01 | ann     | post       | recipe     | tea
                e2       | 2024-06-01 08:00:00 | 2024-06-01 | bob     | share      | recipe     | milk
                e3       | 2024-06-02 08:00:00 | 2024-06-02 | bob     | share      | recipe     | pad
                e4       | 2024-06-02 09:00:00 | 2024-06-02 | ann     | share      | recipe     | milk
                e5       | 2024-01-01 08:00:00 | 2024-01-01 | eve     | share_open | recipe     | tea
                e6       | 2024-06-02 09:00:00 | 2024-06-02 | ann     | share      |            | tea
                """), day("2024-06-30"));

        assertThat(sharers.columns()).isEqualTo(ContentSharing.SHARERS.schema().fieldNames());
        assertThat(sharers.orderBy("koc_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[recipe,ann,true,tea,2024-03-01,1]", "[recipe,bob,false,milk,2024-06-01,2]");
    }

    @Test
    void theEventIdDecidesBetweenSharesAtTheSameInstant() {
        Dataset<Row> sharers = ContentSharing.computeSharers(rows(CleanTables.EVENTS, """
                event_id | occurred_at         | day        | user_id | event_type | content_id
                e2       | 2024-06-01 08:00:00 | 2024-06-01 | ann     | share      | recipe
                e1       | 2024-06-01 08:00:00 | 2024-06-01 | bob     | share      | recipe
                """), day("2024-06-30"));

        assertThat(sharers.where("is_author").select("koc_id").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("bob");
    }
}
