package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import koc.SparkTest;
import koc.tables.InfluenceTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentCreditsTest extends SparkTest {
    @Test
    void onlyPurchasesOfTheLast90DaysCount(@TempDir Path folder) {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.write(InfluenceTables.PURCHASE_CREDITS, day("2024-06-30"), credits("""
                purchase_event_id | purchased_at
                91-days           | 2024-04-01 12:00:00
                90-days           | 2024-04-02 12:00:00
                1-day             | 2024-06-30 12:00:00
                """));

        Dataset<Row> recent = RecentCredits.readLast90Days(warehouse, day("2024-06-30"));

        assertThat(recent.orderBy("purchase_event_id")
                        .select("purchase_event_id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("1-day", "90-days");
    }

    /** Credits of one KOC for these purchases. */
    private static Dataset<Row> credits(String text) {
        return rows(InfluenceTables.PURCHASE_CREDITS, text)
                .withColumn("day", functions.lit(day("2024-06-30")))
                .withColumn("touch_event_id", functions.lit("touch"))
                .withColumn("koc_id", functions.lit("k"))
                .withColumn("user_id", functions.lit("a"))
                .withColumn("product_id", functions.lit("tea"))
                .withColumn("category", functions.lit("drinks"))
                .withColumn("touch_type", functions.lit("share"))
                .withColumn("touched_at", functions.col("purchased_at"))
                .withColumn("touch_fraction", functions.lit(1.0))
                .withColumn("fraud_factor", functions.lit(1.0))
                .withColumn("credited_fraction", functions.lit(1.0))
                .withColumn("credited_amount", functions.lit("10.00").cast("decimal(18,2)"));
    }
}
