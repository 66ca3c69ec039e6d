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
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How users turned to each KOC: inquiries, clicks, leaves and mutes; and how often the KOC replied. */
public final class Engagement {
    /**
     * What happened between a KOC and a user in the window. In a reply the user is the one who asked, and the KOC the
     * one who answered ({@link EventTypes#engagedUser}).
     */
    public static final Frame ENGAGEMENT = Frame.named("engagement")
            .grain("one row per KOC and user who turned to the KOC, left or muted it in the window")
            .columns("""
                    koc_id        STRING COMMENT 'The KOC',
                    user_id       STRING COMMENT 'The user',
                    inquiries     BIGINT COMMENT 'Questions of the user to the KOC',
                    replies       BIGINT COMMENT 'Answers of the KOC to the user',
                    clicks        BIGINT COMMENT 'Clicks, opens, favorites and carts of the user because of the KOC',
                    engaged_days  ARRAY<DATE> COMMENT 'Distinct days with any of these',
                    left_on       DATE COMMENT 'Last day on which the user left; null if they did not',
                    muted_on      DATE COMMENT 'Last day on which the user muted the KOC or a group',
                    pool_muted_on DATE COMMENT 'The same without mutes of single groups'""");

    private Engagement() {}

    /** Events from {@code first} to {@code day} -> one row per KOC and user ({@link #ENGAGEMENT}). */
    public static Dataset<Row> count(Dataset<Row> events, LocalDate first, LocalDate day) {
        Column isClick = EventTypes.isClick();
        Column isMute = EventTypes.isMute();
        // An answer counts as engagement of the user who asked.
        Column isEngaged = EventTypes.isConversation().or(isClick);
        return keepWindow(events, first, day)
                .where(EventTypes.isCausedByAnother().and(isEngaged.or(EventTypes.isLoss())))
                .groupBy(
                        EventTypes.engagingPerson().as("koc_id"),
                        EventTypes.engagedUser().as("user_id"))
                .agg(
                        count_if(EventTypes.isInquiry()).as("inquiries"),
                        count_if(EventTypes.isReply()).as("replies"),
                        count_if(isClick).as("clicks"),
                        collect_set(when(isEngaged, col("day"))).as("engaged_days"),
                        max(when(EventTypes.isLeave(), col("day"))).as("left_on"),
                        max(when(isMute, col("day"))).as("muted_on"),
                        max(when(isMute.and(col("group_id").isNull()), col("day")))
                                .as("pool_muted_on"))
                .to(ENGAGEMENT.schema());
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
