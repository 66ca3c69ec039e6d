package koc.influence;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.influence.exposure.PurchaseExposure;
import koc.tables.CleanTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class InfluencePeriodTest extends SparkTest {
    private static final InfluencePeriod PERIOD = InfluencePeriod.endingOn(day("2024-03-30"), 90);

    @Test
    void ninetyDaysIncludeTheRunDate() {
        assertThat(PERIOD.from()).isEqualTo(day("2024-01-01"));
        assertThat(PERIOD.days()).isEqualTo(90);
    }

    @Test
    void momentsCountDaysFromTheFirstDayWithAFraction() {
        Row row = rows(CleanTables.EVENTS, """
                        event_id | day        | occurred_at
                        e        | 2024-01-03 | 2024-01-03 06:00:00
                        """)
                .select(PERIOD.dayOffset(col("day")), PERIOD.moment())
                .head();

        assertThat(row.getInt(0)).isEqualTo(2);
        assertThat(row.getDouble(1)).isEqualTo(2.25);
    }

    @Test
    void daysBeforeThePeriodAreNotIncluded() {
        assertThat(rows(PurchaseExposure.PURCHASES, """
                        event_id | day_offset
                        before   | -1
                        first    | 0
                        """)
                        .where(InfluencePeriod.isInPeriod())
                        .collectAsList())
                .extracting(row -> row.getAs("event_id"))
                .containsExactly("first");
    }
}
