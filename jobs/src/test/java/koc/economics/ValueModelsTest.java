package koc.economics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ValueModelsTest extends SparkTest {
    private static final Dataset<Row> HISTORIES = rows(ValueModels.HISTORIES, """
            user_id | portrait_id | is_left_censored | repeats | recency_days | age_days | margin | repeat_margin
            ann     | p1          | false            | 2       | 20           | 34       | 30     | 20
            bea     | p1          | false            | 2       | 20           | 34       | 30     | 20
            cid     | p1          | false            | 2       | 22           | 37       | 30     | 20
            dan     | p2          | false            | 2       | 22           | 37       | 30     | 20
            eve     | p1          | false            | 1       | 22           | 37       | 30     | 10
            """);

    @Test
    void customersWithTheSameHistoryAreOneEntry() {
        assertThat(group(1))
                .containsExactly(
                        "p1 1.0 22.0 37.0 1.0", "p1 2.0 20.0 34.0 2.0", "p1 2.0 22.0 37.0 1.0", "p2 2.0 22.0 37.0 1.0");
    }

    @Test
    void customersOfTheSameWeeksAreOneEntryWithTheirMeanTimes() {
        assertThat(group(7))
                .containsExactly(
                        "p1 1.0 22.0 37.0 1.0", "p1 2.0 " + (20 + 20 + 22) / 3.0 + " 35.0 3.0", "p2 2.0 22.0 37.0 1.0");
    }

    private static List<String> group(int days) {
        return ValueModels.group(HISTORIES, days).collectAsList().stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
