package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.junit.jupiter.api.Test;

class DayWindowTest extends SparkTest {
    @Test
    void aWindowIncludesItsLastDayAndHasTheGivenLength() {
        assertThat(DayWindow.first(day("2024-06-30"), 30)).isEqualTo("2024-06-01");
        assertThat(DayWindow.first(day("2024-06-30"), 1)).isEqualTo("2024-06-30");
        assertThat(rows(CleanTables.EVENTS, """
                day
                2024-05-31
                2024-06-01
                2024-06-30
                2024-07-01
                """)
                        .where(DayWindow.includes(col("day"), day("2024-06-30"), 30))
                        .orderBy("day")
                        .select("day")
                        .collectAsList())
                .extracting(row -> row.getDate(0).toString())
                .containsExactly("2024-06-01", "2024-06-30");
    }
}
