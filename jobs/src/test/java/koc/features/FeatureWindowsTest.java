package koc.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FeatureWindowsTest extends SparkTest {
    private static final Dataset<Row> DAYS = rows(FeatureTables.USER_DAYS, """
            day        | user_id | orders
            2023-07-01 | ann     | 1
            2023-07-02 | ann     | 2
            2024-06-01 | ann     | 4
            2024-06-02 | ann     | 8
            2024-06-30 | ann     | 16
            2024-07-01 | ann     | 32
            """);

    @Test
    void aWindowEndsOnTheDateAndHasItsNumberOfDays() {
        // 365 days up to 30 June 2024 begin on 2 July 2023 in a leap year; 30 days begin on 1 June, 29 on 2 June.
        Dataset<Row> year = FeatureWindows.lastYear(DAYS, List.of(day("2024-06-30")));

        Row sums = year.agg(
                        FeatureWindows.sumOfLast(365, col("orders")),
                        FeatureWindows.sumOfLast(30, col("orders")),
                        FeatureWindows.sumOfLast(29, col("orders")))
                .head();

        assertThat(sums.toString()).isEqualTo("[30,28,24]");
    }

    @Test
    void aDayCountsForEveryDateWhoseWindowContainsIt() {
        Dataset<Row> year = FeatureWindows.lastYear(DAYS, List.of(day("2024-06-01"), day("2024-07-01")));

        assertThat(year.groupBy("as_of")
                        .count()
                        .orderBy("as_of")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[2024-06-01,3], [2024-07-01,4]]");
    }

    @Test
    void aDayWithSeveralRowsCountsOnce() {
        Dataset<Row> year = FeatureWindows.lastYear(DAYS.union(DAYS), List.of(day("2024-06-30")));

        Row days = year.agg(
                        FeatureWindows.countDays(col("orders").gt(0)),
                        FeatureWindows.countDays(col("orders").gt(4)),
                        FeatureWindows.countDays(col("orders").gt(99)))
                .head();

        assertThat(days.toString()).isEqualTo("[4,2,0]");
    }

    @Test
    void everyDayOfTheYearCounts() {
        Dataset<Row> days = SPARK.sql("SELECT DATE'2024-07-01' - CAST(id AS INT) AS day FROM range(400)");

        Dataset<Row> year = FeatureWindows.lastYear(days, List.of(day("2024-06-30")));

        assertThat(year.agg(FeatureWindows.countDays(lit(true))).head().getLong(0))
                .isEqualTo(365);
    }
}
