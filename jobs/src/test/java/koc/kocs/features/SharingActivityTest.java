package koc.kocs.features;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import koc.SparkTest;
import koc.kocs.Columns;
import koc.kocs.score.FrequencyCap;
import koc.kocs.score.FrequencyCaps;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SharingActivityTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final int ANSWER_DAYS = 2;
    private static final FrequencyCaps ONE_POST = new FrequencyCaps(Map.of("user", new FrequencyCap(1, 2)));

    @Test
    void responsesCountUsersADayAndLossesCountUsersOnce() {
        Row koc = total("""
                day        | user_id | event_type | sharer_id | group_id
                2024-06-30 | koc     | share      |           | g
                2024-06-30 | koc     | post       |           |
                2024-06-30 | a       | share_open | koc       |
                2024-06-30 | a       | inquiry    | koc       |
                2024-06-30 | b       | inquiry    | koc       |
                2024-06-30 | koc     | reply      | a         |
                2024-06-30 | koc     | share_open | koc       |
                2024-06-29 | a       | mute       | koc       |
                2024-06-30 | a       | leave      | koc       |
                2024-06-30 | b       | mute       | koc       |
                2024-04-02 | koc     | share      |           |
                2024-04-01 | koc     | share      |           |
                2024-01-01 | koc     | train      |           |
                2024-06-30 | koc     | purchase   | b         |
                """);

        assertThat(koc.<Long>getAs("responses_90d")).isEqualTo(2);
        assertThat(koc.<Long>getAs("inquiries_90d")).isEqualTo(2);
        assertThat(koc.<Long>getAs("replies_90d")).isEqualTo(1);
        assertThat(koc.<Long>getAs("group_shares_90d")).isEqualTo(1);
        assertThat(koc.<Long>getAs("muted_or_left_90d")).isEqualTo(2);
        assertThat(koc.<Long>getAs("left_90d")).isEqualTo(1);
        assertThat(koc.<Long>getAs("courses_365d")).isEqualTo(1);
        assertThat(koc.<Long>getAs("active_days_30d")).isEqualTo(1);
        assertThat(koc.<Long>getAs("active_days_90d")).isEqualTo(2);
        assertThat(koc.<Long>getAs("posting_days_90d")).isEqualTo(2);
        assertThat(koc.<Long>getAs("days_above_cap")).isEqualTo(1);
    }

    @Test
    void anInquiryIsAnsweredByAReplyToTheSameUserInTime() {
        Row koc = total("""
                day        | user_id | event_type | sharer_id
                2024-06-10 | a       | inquiry    | koc
                2024-06-12 | koc     | reply      | a
                2024-06-10 | b       | inquiry    | koc
                2024-06-13 | koc     | reply      | b
                2024-06-10 | c       | inquiry    | koc
                2024-06-09 | koc     | reply      | c
                2024-06-20 | koc     | reply      | d
                2024-06-20 | e       | inquiry    | other
                2024-06-20 | koc     | reply      | e
                """);

        assertThat(koc.<Long>getAs("inquiries_90d")).isEqualTo(3);
        assertThat(koc.<Long>getAs("answered_inquiries_90d")).isEqualTo(1);
        assertThat(koc.<Long>getAs("replies_90d")).isEqualTo(5);
    }

    @Test
    void rowsHaveTheDeclaredColumnsAndTypes() {
        Dataset<Row> daily = SharingActivity.countByDay(rows(CleanTables.EVENTS, "user_id\n"), DAY, ANSWER_DAYS);

        assertThat(Columns.of(daily)).isEqualTo(Columns.of(SharingActivity.DAILY));
    }

    private static Row total(String events) {
        Dataset<Row> daily = SharingActivity.countByDay(rows(CleanTables.EVENTS, events), DAY, ANSWER_DAYS);
        return SharingActivity.sumByPerson(daily.withColumn("koc_type", lit("user")), DAY, ONE_POST)
                .where("koc_id = 'koc'")
                .head();
    }
}
