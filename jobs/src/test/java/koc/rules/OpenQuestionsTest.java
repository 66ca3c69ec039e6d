package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest extends SparkTest {
    @Test
    void questionsAreLeftOpenWhenLessThanHalfAreAnswered() {
        Dataset<Row> kocs = rows(KocTables.KOC_RANKING, """
                koc_id | inquiries_90d | answered_inquiries_90d
                few    | 5             | 2
                half   | 4             | 2
                none   | 0             | 0
                """);

        assertThat(kocs.where(OpenQuestions.areMany()).select("koc_id").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("few");
    }
}
