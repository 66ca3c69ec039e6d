package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_date;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KnownHistoryTest extends SparkTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-03-03");
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void theHistoryBeginsWithTheFirstRecordAndLaterDaysAreNotRead() {
        Dataset<Row> days = rows(FeatureTables.USER_DAYS, """
                user_id | day
                a       | 2024-05-01
                b       | 2024-03-03
                a       | 2024-07-01
                """);

        assertThat(KnownHistory.read(days, DAY)).isEqualTo(new KnownHistory(FIRST, DAY));
        assertThat(KnownHistory.read(days.limit(0), DAY)).isEqualTo(new KnownHistory(DAY, DAY));
    }

    @Test
    void aWindowLongerThanTheRecordsHoldsTheirDays() {
        KnownHistory history = new KnownHistory(FIRST, DAY);

        assertThat(history.coveredDays(365)).isEqualTo(120);
        assertThat(history.coveredDays(90)).isEqualTo(90);
        assertThat(history.days()).isEqualTo(120);

        Dataset<Row> ends = rows(FeatureTables.USER_DAYS, """
                day
                2024-03-02
                2024-03-12
                2024-06-30
                """);
        assertThat(ends.select(history.coveredDays(90, col("day"))).collectAsList())
                .extracting(row -> row.getInt(0))
                .containsExactly(0, 10, 90);
    }

    @Test
    void aFirstPurchaseIsTheFirstEverOnlyOfUsersWhoseWholeHistoryIsKnown() {
        Dataset<Row> users = rows(CleanTables.USERS, """
                user_id    | registered_at       | greeting
                within     | 2024-04-02 10:00:00 | 2024-05-05
                first day  | 2024-03-03 10:00:00 | 2024-05-05
                before     | 2024-03-02 10:00:00 | 2024-05-05
                long ago   | 2024-03-02 10:00:00 | 2025-03-03
                unknown    |                     | 2025-03-02
                quiet year |                     | 2025-03-03
                never      | 2024-04-02 10:00:00 |
                """);
        KnownHistory history = new KnownHistory(FIRST, DAY);

        assertThat(users.where(history.isFirstEver(to_date(col("greeting")), to_date(col("registered_at"))))
                        .select("user_id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("within", "first day", "quiet year");
    }
}
