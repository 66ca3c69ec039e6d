package koc.growth;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.EventTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** How users responded to each KOC: replies, clicks, leaves and mutes. */
public final class Engagement {
    /**
     * One row per KOC and user who responded to the KOC, left or muted it in the window. {@code replies} includes
     * inquiries; {@code clicks} includes opens, favorites and carts; {@code engaged_days} are the distinct days with
     * a reply or click. {@code left_on}, {@code muted_on} and {@code pool_muted_on} are the last such day, null if
     * there is none; a mute without a group mutes the whole pool.
     */
    public static final StructType SCHEMA = StructType.fromDDL("""
            koc_id STRING, user_id STRING, replies LONG, clicks LONG, engaged_days ARRAY<DATE>, left_on DATE,
            muted_on DATE, pool_muted_on DATE""");

    private Engagement() {}

    /** Events from {@code first} to {@code day} -> one row per KOC and user ({@link #SCHEMA}). */
    public static Dataset<Row> count(Dataset<Row> events, LocalDate first, LocalDate day) {
        Column isReply = EventTypes.isConversation();
        Column isClick = EventTypes.isClick();
        Column isMute = EventTypes.isMute();
        Column isEngaged = isReply.or(isClick);
        return keepWindow(events, first, day)
                .where(EventTypes.isCausedByAnother().and(isEngaged.or(EventTypes.isLoss())))
                .groupBy(col("sharer_id").as("koc_id"), col("user_id"))
                .agg(
                        count_if(isReply).as("replies"),
                        count_if(isClick).as("clicks"),
                        collect_set(when(isEngaged, col("day"))).as("engaged_days"),
                        max(when(EventTypes.isLeave(), col("day"))).as("left_on"),
                        max(when(isMute, col("day"))).as("muted_on"),
                        max(when(isMute.and(col("group_id").isNull()), col("day")))
                                .as("pool_muted_on"))
                .to(SCHEMA);
    }

    /**
     * The rows whose {@code day} lies in the window. A row never arrives before its day, so the filter on {@code
     * arrived} skips older files.
     */
    public static Dataset<Row> keepWindow(Dataset<Row> rows, LocalDate first, LocalDate day) {
        return rows.where(
                col("arrived").geq(lit(first)).and(coalesce(col("day").between(lit(first), lit(day)), lit(false))));
    }
}
