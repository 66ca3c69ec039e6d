package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OrphanEventsTest extends SparkTest {
    @Test
    void anEventIsAnOrphanWhenItsProductIsNotDescribedUpToItsArrival() {
        Dataset<Row> events = RowChecks.check(
                RowChecksTest.landed("""
                event_id   | occurred_at         | user_id | event_type | product_id | content_id
                described  | 2024-03-01T10:00:00 | u       | view       | old        |
                same day   | 2024-03-01T10:00:00 | u       | view       | today      |
                too late   | 2024-03-01T10:00:00 | u       | view       | tomorrow   |
                unknown    | 2024-03-01T10:00:00 | u       | view       | unknown    |
                no product | 2024-03-01T10:00:00 | u       | view       |            | c
                faulty     | noon                | u       | view       | unknown    |
                """),
                Source.EVENTS,
                RowChecksTest.FORMATS.of(Source.EVENTS),
                day("2000-01-01"),
                null);
        Dataset<Row> products = SPARK.sql("""
                SELECT * FROM VALUES
                    ('old', DATE'2024-01-01'), ('today', DATE'2024-03-01'), ('tomorrow', DATE'2024-03-02')
                AS t(product_id, first_arrived)""");

        try (Checkpoints checkpoints = new Checkpoints()) {
            Dataset<Row> checked =
                    OrphanEvents.reject(OrphanEvents.withDescribedProduct(events, products, checkpoints));

            assertThat(checked.select("event_id", Verdict.COLUMN).collectAsList().stream()
                            .map(row -> row.getString(0) + ": " + row.getString(1))
                            .sorted())
                    .containsExactly(
                            "described: null",
                            "faulty: bad_type:occurred_at",
                            "no product: null",
                            "same day: null",
                            "too late: orphan_product:product_id",
                            "unknown: orphan_product:product_id");
        }
    }
}
