package koc.growth;

import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.rules.OpenTies;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How active each chat group is: how many members respond, who starts the topics, and how many leave. */
public final class GroupHealth {
    private static final String[] MEMBER = {"group_id", "user_id"};

    private final GrowthSettings settings;
    private final LocalDate day;
    private final LocalDate first;

    public GroupHealth(GrowthSettings settings, LocalDate day) {
        this.settings = settings;
        this.day = day;
        this.first = DayWindow.first(day, settings.groups().windowDays());
    }

    /**
     * The rows of group_health: one row per group that has an event in the window, or a tie that was open on a day of
     * it.
     *
     * <p>A member is a user with an open tie of the group, or with an event in it, who has not left and is no KOC. A
     * user has left when all their ties of the group ended or they left it in the window, unless a later event in the
     * group shows that they came back. The state is the first that applies:
     *
     * <ol>
     *   <li>losing: loss_rate is at least {@code lossRate}
     *   <li>empty: no members, and nobody left or muted the group
     *   <li>silent: no member responds
     *   <li>quiet: responder_rate is below {@code quietRate}
     *   <li>lively: all others
     * </ol>
     *
     * @param ties one row per tie, as {@link koc.rules.OpenTies#withLeaves} returns them
     * @param engagement {@link Engagement#SCHEMA}
     * @param kocs {@link GrowthKocs#SCHEMA}
     */
    public Dataset<Row> compute(Dataset<Row> ties, Dataset<Row> engagement, Dataset<Row> events, Dataset<Row> kocs) {
        Dataset<Row> people = selectTiedUsers(ties, engagement)
                .join(selectActiveUsers(events), MEMBER, "full_outer")
                .join(
                        kocs.select(col("koc_id").as("user_id"), lit(true).as("is_ranked")),
                        new String[] {"user_id"},
                        "left")
                .withColumn("is_koc", isTrue(col("is_ranked")))
                .withColumn("has_left", hasLeft())
                .withColumn("has_muted", isTrue(col("has_muted_pool")).or(isTrue(col("has_muted_group"))))
                .withColumn("is_member", not(col("is_koc")).and(not(col("has_left"))))
                .withColumn("is_lost", not(col("is_koc")).and(col("has_left").or(col("has_muted"))));
        return countByGroup(people)
                .select(
                        lit(day).as("day"),
                        col("group_id"),
                        col("koc_id"),
                        col("members"),
                        col("responders"),
                        col("responder_rate"),
                        col("messages"),
                        col("topics"),
                        col("koc_started_rate"),
                        col("leaves"),
                        col("mutes"),
                        col("loss_rate"),
                        col("state"),
                        explainState().as("verdict"));
    }

    private Dataset<Row> countByGroup(Dataset<Row> people) {
        Column isKoc = col("is_koc");
        return people.groupBy("group_id")
                .agg(
                        mode(col("koc_id"), true).as("koc_id"),
                        count_if(col("is_member")).as("members"),
                        count_if(col("is_member").and(col("responses").gt(0))).as("responders"),
                        coalesce(sum("messages"), lit(0L)).as("messages"),
                        coalesce(sum("topics"), lit(0L)).as("topics"),
                        coalesce(sum(when(isKoc, col("topics"))), lit(0L)).as("koc_topics"),
                        count_if(not(isKoc).and(col("has_left"))).as("leaves"),
                        count_if(not(isKoc).and(col("has_muted"))).as("mutes"),
                        count_if(col("is_lost")).as("lost_users"),
                        count_if(not(isKoc)).as("present_and_past_members"))
                .withColumn("responder_rate", try_divide(col("responders"), col("members")))
                .withColumn("koc_started_rate", try_divide(col("koc_topics"), col("topics")))
                .withColumn("loss_rate", try_divide(col("lost_users"), col("present_and_past_members")))
                .withColumn("state", classifyState());
    }

    /** Ties of groups that were open on a day of the window -> one row per group and user. */
    private Dataset<Row> selectTiedUsers(Dataset<Row> ties, Dataset<Row> engagement) {
        String[] tie = {"koc_id", "user_id"};
        return ties.where(col("group_id").isNotNull().and(OpenTies.wasOpenBetween(first, day)))
                .join(engagement.select("koc_id", "user_id", "pool_muted_on"), tie, "left")
                .groupBy(MEMBER[0], MEMBER[1])
                .agg(
                        min("koc_id").as("koc_id"),
                        max("since").as("last_since"),
                        // Null while one of the ties is open.
                        when(bool_and(OpenTies.hasEndedBefore(day)), max("until"))
                                .as("ended_on"),
                        bool_or(isTrue(col("pool_muted_on").geq(lit(first)))).as("has_muted_pool"));
    }

    /** Events in groups in the window -> one row per group and user. */
    private Dataset<Row> selectActiveUsers(Dataset<Row> events) {
        Column isTopic = EventTypes.isSharing();
        Column isMessage =
                isTopic.or(EventTypes.isConversation()).or(col("event_type").isin("review", "complaint"));
        Column isResponse =
                isMessage.or(EventTypes.isInterest()).or(col("event_type").isin("purchase", "attend"));
        Column isLeave = EventTypes.isLeave();
        Column isPresence = not(EventTypes.isLoss());
        return Engagement.keepWindow(events, first, day)
                .where("group_id IS NOT NULL")
                .groupBy(MEMBER[0], MEMBER[1])
                .agg(
                        count_if(isMessage).as("messages"),
                        count_if(isTopic).as("topics"),
                        count_if(isResponse).as("responses"),
                        max(when(isLeave, col("occurred_at"))).as("left_at"),
                        max(when(isLeave, col("day"))).as("left_on"),
                        max(when(isPresence, col("occurred_at"))).as("last_present_at"),
                        max(when(isPresence, col("day"))).as("last_present_on"),
                        bool_or(EventTypes.isMute()).as("has_muted_group"));
    }

    private static Column hasLeft() {
        Column leftOrEnded = col("left_at").isNotNull().or(col("ended_on").isNotNull());
        Column hasReturned = isTrue(col("last_present_at").gt(col("left_at")))
                // A tie ends on the day before the leave, so events on the next day may precede it.
                .or(isTrue(col("last_present_on").gt(date_add(col("ended_on"), 1))))
                .or(col("ended_on").isNull().and(isTrue(col("last_since").gt(col("left_on")))));
        return leftOrEnded.and(not(hasReturned));
    }

    private static Column isTrue(Column condition) {
        return coalesce(condition, lit(false));
    }

    private Column classifyState() {
        GrowthSettings.Groups groups = settings.groups();
        return when(
                        col("loss_rate")
                                .geq(groups.lossRate())
                                .and(col("lost_users").gt(0)),
                        "losing")
                .when(col("members").equalTo(0), "empty")
                .when(col("responders").equalTo(0), "silent")
                .when(col("responder_rate").lt(groups.quietRate()), "quiet")
                .otherwise("lively");
    }

    private Column explainState() {
        Texts texts = Texts.of(settings.language());
        Column windowDays = lit(settings.groups().windowDays());
        Column facts =
                texts.column("growth.group.facts", col("responders"), col("members"), windowDays, col("messages"));
        Column topics = when(col("topics").equalTo(0), texts.pattern("growth.group.no-topics"))
                .otherwise(texts.column(
                        "growth.group.topics",
                        col("topics"),
                        col("koc_started_rate").multiply(100)));
        Column losses = when(col("lost_users").gt(0), texts.column("growth.group.losses", col("leaves"), col("mutes")));
        Column advice = when(col("state").equalTo("losing"), texts.pattern("growth.group.losing"))
                .when(col("state").equalTo("silent"), texts.pattern("growth.group.silent"))
                .when(col("state").equalTo("quiet"), texts.pattern("growth.group.quiet"))
                .otherwise(texts.pattern("growth.group.lively"));
        Column empty = texts.column("growth.group.empty", col("messages"), windowDays);
        return when(col("state").equalTo("empty"), empty)
                .otherwise(concat_ws(texts.pattern("growth.between"), advice, facts, topics, losses));
    }
}
