package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Finds who shared which content, and who published it first. */
public final class ContentSharing {
    /** The users who shared a content. */
    public static final Frame SHARERS = Frame.named("sharers")
            .grain("one row per content and user who shared or posted it")
            .columns("""
                    content_id      STRING  NOT NULL COMMENT 'Content that was shared',
                    koc_id          STRING  NOT NULL COMMENT 'User who shared it',
                    is_author       BOOLEAN NOT NULL COMMENT 'Whether this user was the first to share it',
                    product_id      STRING  COMMENT 'Product of the first share by this user, if any',
                    first_shared_on DATE    NOT NULL COMMENT 'Day of the first share by this user',
                    shares_90d      BIGINT  NOT NULL COMMENT 'Shares of the content by this user in 90 days'""");

    private ContentSharing() {}

    /**
     * Events to {@link #SHARERS}. Of two users who shared a content at the same instant, the smaller event_id decides who is
     * the author.
     *
     * @param events all events up to the day
     */
    public static Dataset<Row> computeSharers(Dataset<Row> events, LocalDate day) {
        Column isRecent = DayWindow.includes(col("day"), day, 90);
        WindowSpec content =
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
                        col("first").equalTo(min("first").over(content)).as("is_author"),
                        col("first.product_id").as("product_id"),
                        col("first.day").as("first_shared_on"),
                        col("shares_90d"));
    }
}
