package koc.influence.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.influence.InfluenceInputs;
import koc.influence.InfluencePeriod;
import koc.rules.OpenTies;
import koc.spark.Checkpoints;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ExposureInputsTest extends SparkTest {
    private static final LocalDate DAY = day("2024-03-30");

    @Test
    void aShareOfTheWeekBeforeThePeriodExposesButIsNotMeasured() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                event_id | occurred_at         | day        | user_id | event_type | product_id | amount | quantity
                older    | 2023-12-20 10:00:00 | 2023-12-20 | koc     | share      | tea        |        | 1
                before   | 2023-12-28 10:00:00 | 2023-12-28 | koc     | share      | tea        |        | 1
                buy      | 2024-01-02 10:00:00 | 2024-01-02 | member  | purchase   | tea        | 5      | 1
                """);
        InfluenceInputs inputs = new InfluenceInputs(
                events,
                rows(CleanTables.USERS, "user_id\nmember"),
                rows(CleanTables.PRODUCTS, "product_id | category\ntea | drinks")
                        .select("product_id", "category"),
                rows(CleanTables.REFUNDS, "refund_event_id\nnone"),
                OpenTies.computeSpans(rows(CleanTables.TIES, "koc_id | user_id | tie_type\nkoc | member | friend")),
                false);

        try (Checkpoints checkpoints = new Checkpoints()) {
            ExposureInputs exposure = ExposureInputs.select(inputs, InfluencePeriod.endingOn(DAY, 90), 7, checkpoints);

            assertThat(exposure.shares().collectAsList())
                    .extracting(row -> row.getAs("share_id"))
                    .containsExactly("before");
            assertThat(exposure.exposedPurchases().count()).isEqualTo(1);
            assertThat(exposure.hasShares()).isFalse();
        }
        assertThat(inputs.eventsSince(day("2023-12-28")).count()).isEqualTo(2);
    }
}
