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

/** What users did because of a KOC: who answers whom, and who has had enough. */
final class Talk {
    private static final Column IS_REPLY = EventTypes.isConversation();
    private static final Column IS_CLICK = EventTypes.isClick();
    private static final Column IS_LEAVING = EventTypes.isLeave();
    private static final Column IS_MUTING = EventTypes.isMute();

    private Talk() {}

    /**
     * Events in, one row per KOC and user out who did something because of the KOC in the days from {@code first} on.
     *
     * @return koc_id, user_id, replies (replies and inquiries), clicks (clicks, opens, favorites, carts), engaged_days
     *     (distinct days with either; at most the window's), left_on, muted_on (last day, null if never), and
     *     muted_pool_on (the same of mutes that name no group)
     */
    static Dataset<Row> of(Dataset<Row> events, LocalDate first, LocalDate day) {
        Column isEngaged = IS_REPLY.or(IS_CLICK);
        return inWindow(events, first, day)
                .where(EventTypes.isCausedByAnother().and(isEngaged.or(EventTypes.isLoss())))
                .groupBy(col("sharer_id").as("koc_id"), col("user_id"))
                .agg(
                        count_if(IS_REPLY).as("replies"),
                        count_if(IS_CLICK).as("clicks"),
                        collect_set(when(isEngaged, col("day"))).as("engaged_days"),
                        max(when(IS_LEAVING, col("day"))).as("left_on"),
                        max(when(IS_MUTING, col("day"))).as("muted_on"),
                        max(when(IS_MUTING.and(col("group_id").isNull()), col("day")))
                                .as("muted_pool_on"));
    }

    /** Events of these days; none arrives before its day, so that earlier arrivals are not even read. */
    static Dataset<Row> inWindow(Dataset<Row> rows, LocalDate first, LocalDate day) {
        return rows.where(
                col("arrived").geq(lit(first)).and(coalesce(col("day").between(lit(first), lit(day)), lit(false))));
    }
}
