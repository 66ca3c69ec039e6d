package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Who shared which content, and who published it first. */
public final class ContentSharing {
    private ContentSharing() {}

    /**
     * Who shared what: events in, one row per content_id and user who shared or posted it out.
     *
     * @param events all events up to the day
     * @return content_id, koc_id, is_author (the first who ever shared it), product_id and first_shared_on (of its own first
     *     share), shares_90d
     */
    public static Dataset<Row> computeSharers(Dataset<Row> events, LocalDate day) {
        Column isRecent = DayWindow.includes(col("day"), day, 90);
        WindowSpec ofContent =
                Window.partitionBy("content_id").rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        return events.where(EventTypes.isSharing().and(col("content_id").isNotNull()))
                .groupBy(col("content_id"), col("user_id").as("koc_id"))
                .agg(
                        min(struct("occurred_at", "event_id", "day", "product_id"))
                                .as("first"),
                        count_if(isRecent).as("shares_90d"))
                .select(
                        col("content_id"),
                        col("koc_id"),
                        col("first").equalTo(min("first").over(ofContent)).as("is_author"),
                        col("first.product_id").as("product_id"),
                        col("first.day").as("first_shared_on"),
                        col("shares_90d"));
    }
}
