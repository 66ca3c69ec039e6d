package koc.kocs.features;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PoolFeedbackTest extends SparkTest {
    @Test
    void feedbackOfMembersIsSummedForGuidesOnly() {
        Dataset<Row> ties = rows(InfluenceTables.TIE_STRENGTHS, """
                koc_id | user_id
                guide  | a
                guide  | b
                guide  | silent
                user   | a
                """);
        Dataset<Row> candidates = rows(KocCandidates.CANDIDATES, """
                koc_id | koc_type
                guide  | guide
                user   | user
                """);
        Dataset<Row> histories = rows(PurchaseHistories.HISTORIES, """
                user_id | purchase_lines_90d | reviews_90d | rating_sum_90d | complaints_90d
                a       | 2                  | 1           | 4              | 0
                b       | 3                  | 0           | 0              | 1
                silent  | 0                  | 0           | 0              | 0
                """);

        assertThat(PoolFeedback.sumByGuide(ties, candidates, histories).collectAsList())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("pool_lines") + " " + row.getAs("pool_reviews")
                        + " " + row.getAs("pool_rating_sum") + " " + row.getAs("pool_complaints"))
                .containsExactly("guide 5 1 4 1");
    }
}
