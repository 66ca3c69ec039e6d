package koc.kocs.features;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.kocs.score.FrequencyCaps;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.tables.Frame;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Counts what people share and answer each day, and how others respond to it. */
public final class SharingActivity {
    /** What a person did on a day, and what others did because of them. */
    public static final Frame DAILY = Frame.named("daily_activity")
            .grain("one row per person and day with activity")
            .columns("""
                    koc_id       STRING NOT NULL COMMENT 'User id',
                    day          DATE NOT NULL COMMENT 'Day of the events',
                    posts        BIGINT NOT NULL COMMENT 'Shares and posts',
                    group_posts  BIGINT NOT NULL COMMENT 'Of these, in chat groups',
                    answers      BIGINT NOT NULL COMMENT 'Replies to others',
                    courses      BIGINT NOT NULL COMMENT 'Trainings',
                    responses    BIGINT NOT NULL COMMENT 'Users who opened a share or asked',
                    inquiries    BIGINT NOT NULL COMMENT 'Inquiries received',
                    answered     BIGINT NOT NULL COMMENT 'Of these, answered in time',
                    lost_users   ARRAY<STRING> NOT NULL COMMENT 'Ids of users who muted the person or left the pool',
                    left_users   ARRAY<STRING> NOT NULL COMMENT 'Of these, ids of users who left'""");

    private SharingActivity() {}

    /**
     * Event grain -> {@link #DAILY}.
     *
     * @param events events that arrived in 365 days. Trainings count for 365 days, all other events for 90 days.
     * @param answerDays days after an inquiry, by default 2, within which a reply to the same user answers it
     */
    public static Dataset<Row> countByDay(Dataset<Row> events, LocalDate day, int answerDays) {
        Column repliesInTime = sum("answers")
                .over(Window.partitionBy("koc_id", "other_user")
                        .orderBy(unix_date(col("day")))
                        .rangeBetween(0, answerDays));
        return splitByPerson(events, day)
                // A user who opens ten times a day responds once.
                .groupBy("koc_id", "day", "other_user")
                .agg(
                        count_if(col("is_post")).as("posts"),
                        count_if(col("is_group_post")).as("group_posts"),
                        count_if(col("is_answer")).as("answers"),
                        count_if(col("is_course")).as("courses"),
                        count_if(col("is_response")).as("responses"),
                        count_if(col("is_inquiry")).as("inquiries"),
                        bool_or(col("is_loss")).as("is_loss"),
                        bool_or(col("is_leave")).as("is_leave"))
                .withColumn(
                        "answered", when(repliesInTime.gt(0), col("inquiries")).otherwise(0L))
                .groupBy("koc_id", "day")
                .agg(
                        sum("posts").as("posts"),
                        sum("group_posts").as("group_posts"),
                        sum("answers").as("answers"),
                        sum("courses").as("courses"),
                        count_if(col("responses").gt(0)).as("responses"),
                        sum("inquiries").as("inquiries"),
                        sum("answered").as("answered"),
                        // At most as many as the pool has members.
                        collect_list(when(col("is_loss"), col("other_user"))).as("lost_users"),
                        collect_list(when(col("is_leave"), col("other_user"))).as("left_users"));
    }

    /** Event grain -> one row per event and person that it counts for: the actor, and the sharer who caused it. */
    private static Dataset<Row> splitByPerson(Dataset<Row> events, LocalDate day) {
        Column isTraining = col("event_type").equalTo("train");
        Column isRelevant =
                EventTypes.isSharing().or(isResponse()).or(EventTypes.isReply()).or(EventTypes.isLoss());
        Column isCounted = col("is_post")
                .or(col("is_answer"))
                .or(col("is_course"))
                .or(col("is_response"))
                .or(col("is_loss"));
        Column isNotSelf = col("other_user").isNull().or(col("other_user").notEqual(col("koc_id")));
        return events.where(
                        includes(day, 365).and(isTraining.or(includes(day, 90).and(isRelevant))))
                .select(
                        col("day"),
                        explode(array(activityOfActor(), activityOfSharer())).as("activity"))
                .select("day", "activity.*")
                .where(col("koc_id").isNotNull().and(isNotSelf).and(isCounted));
    }

    private static Column activityOfActor() {
        Column isReply = EventTypes.isReply();
        return struct(
                col("user_id").as("koc_id"),
                when(isReply, col("sharer_id")).as("other_user"),
                EventTypes.isSharing().as("is_post"),
                EventTypes.isSharing().and(col("group_id").isNotNull()).as("is_group_post"),
                isReply.and(EventTypes.isCausedByAnother()).as("is_answer"),
                col("event_type").equalTo("train").as("is_course"),
                lit(false).as("is_response"),
                lit(false).as("is_inquiry"),
                lit(false).as("is_loss"),
                lit(false).as("is_leave"));
    }

    private static Column activityOfSharer() {
        return struct(
                col("sharer_id").as("koc_id"),
                col("user_id").as("other_user"),
                lit(false).as("is_post"),
                lit(false).as("is_group_post"),
                lit(false).as("is_answer"),
                lit(false).as("is_course"),
                isResponse().as("is_response"),
                col("event_type").equalTo("inquiry").as("is_inquiry"),
                EventTypes.isLoss().as("is_loss"),
                EventTypes.isLeave().as("is_leave"));
    }

    private static Column isResponse() {
        return col("event_type").equalTo("share_open").or(EventTypes.isInquiry());
    }

    /**
     * {@link #DAILY} -> one row per person: the sums over 30, 90 and 365 days. A user who mutes and later leaves is
     * lost once.
     *
     * @param daily with koc_type
     */
    public static Dataset<Row> sumByPerson(Dataset<Row> daily, LocalDate day, FrequencyCaps frequencyCaps) {
        Column isActive = col("posts").plus(col("answers")).gt(0);
        return daily.groupBy("koc_id")
                .agg(
                        count_if(isActive.and(includes(day, 30))).as("active_days_30d"),
                        count_if(isActive.and(includes(day, 90))).as("active_days_90d"),
                        count_if(frequencyCaps.isExceededBy(col("posts"))).as("days_above_cap"),
                        count_if(col("posts").gt(0)).as("posting_days_90d"),
                        sum("group_posts").as("group_shares_90d"),
                        sum("answers").as("replies_90d"),
                        sum("courses").as("courses_365d"),
                        sum("responses").as("responses_90d"),
                        sum("inquiries").as("inquiries_90d"),
                        sum("answered").as("answered_inquiries_90d"),
                        countDistinctUsers("lost_users").as("muted_or_left_90d"),
                        countDistinctUsers("left_users").as("left_90d"));
    }

    private static Column countDistinctUsers(String ids) {
        return size(array_distinct(flatten(collect_list(col(ids))))).cast("long");
    }

    private static Column includes(LocalDate day, int days) {
        return DayWindow.includes(col("day"), day, days);
    }
}
