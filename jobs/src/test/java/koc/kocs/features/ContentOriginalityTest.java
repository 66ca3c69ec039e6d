package koc.kocs.features;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.Frame;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ContentOriginalityTest extends SparkTest {
    private static final Frame CONTENT_SHARING = Frame.named("content_sharing")
            .columns("content_id STRING, koc_id STRING, is_author BOOLEAN, shares_90d BIGINT");

    @Test
    void sharesOfContentThatThePersonSharedFirstAreOriginal() {
        Dataset<Row> sharing = rows(CONTENT_SHARING, """
                content_id | koc_id | is_author | shares_90d
                original   | koc    | true      | 3
                copied     | koc    | false     | 1
                longAgo    | koc    | true      | 0
                copied     | other  | true      | 0
                """);

        assertThat(ContentOriginality.count(sharing).collectAsList())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("content_shares_90d") + " "
                        + row.getAs("original_shares_90d"))
                .containsExactly("koc 4 3");
    }
}
