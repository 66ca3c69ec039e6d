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
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.rules.OpenTies;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether chat groups live: who answers, who starts the topics, who leaves. */
final class GroupHealth {
    private static final String[] MEMBER = {"group_id", "user_id"};

    private GroupHealth() {}

    /**
     * The rows of group_health: one row per group with a tie that is open or ended in the window, or with an event in it.
     *
     * <p>A member is somebody with an open tie of the group, or seen in it, who has not left and is no KOC (owner of a pool).
     * Left has whoever has only ties that ended, or left the group in the window, and was not seen in it since. State, the
     * first that holds: losing (loss_rate at or above {@code lossRate}), empty (nobody but KOCs is known in it and nobody was
     * lost), silent (nobody responds), quiet (responder_rate below {@code quietRate}), lively.
     *
     * @param ties one row per tie: koc_id, user_id, group_id, since, until (as {@link koc.rules.OpenTies#withLeaves} has it)
     * @param talk as {@link Talk#of} returns it: who muted whom
     * @param kocs koc_id
     */
    static Dataset<Row> rows(
            Dataset<Row> ties,
            Dataset<Row> talk,
            Dataset<Row> events,
            Dataset<Row> kocs,
            GrowthSettings settings,
            LocalDate day) {
        LocalDate first = DayWindow.first(day, settings.groups().windowDays());
        Dataset<Row> members = tied(ties, talk, first, day)
                .join(seen(events, first, day), MEMBER, "full_outer")
                .join(
                        kocs.select(col("koc_id").as("user_id"), lit(true).as("is_pool_owner")),
                        new String[] {"user_id"},
                        "left")
                .withColumn("is_koc", isTrue(col("is_pool_owner")))
                .withColumn("has_left", hasLeft())
                .withColumn("has_muted", isTrue(col("tie_muted")).or(isTrue(col("seen_muted"))))
                .withColumn("is_member", not(col("is_koc")).and(not(col("has_left"))))
                .withColumn("is_lost", not(col("is_koc")).and(col("has_left").or(col("has_muted"))));
        Dataset<Row> groups = members.groupBy("group_id")
                .agg(
                        mode(col("koc_id"), true).as("koc_id"),
                        count_if(col("is_member")).as("members"),
                        count_if(col("is_member").and(col("responses").gt(0))).as("responders"),
                        coalesce(sum("messages"), lit(0L)).as("messages"),
                        coalesce(sum("topics"), lit(0L)).as("topics"),
                        coalesce(sum(when(col("is_koc"), col("topics"))), lit(0L))
                                .as("koc_topics"),
                        count_if(not(col("is_koc")).and(col("has_left"))).as("leaves"),
                        count_if(not(col("is_koc")).and(col("has_muted"))).as("mutes"),
                        count_if(col("is_lost")).as("lost"),
                        count_if(not(col("is_koc"))).as("ever_members"))
                .withColumn("responder_rate", Funnel.share(col("responders"), col("members")))
                .withColumn("koc_started_rate", Funnel.share(col("koc_topics"), col("topics")))
                .withColumn("loss_rate", Funnel.share(col("lost"), col("ever_members")))
                .withColumn("state", state(settings.groups()));
        return groups.select(
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
                verdict(settings).as("verdict"));
    }

    /** Ties of groups that are open, or ended in the window: one row per group and user. */
    private static Dataset<Row> tied(Dataset<Row> ties, Dataset<Row> talk, LocalDate first, LocalDate day) {
        return ties.where(col("group_id").isNotNull().and(OpenTies.wasOpenBetween(first, day)))
                .join(talk.select("koc_id", "user_id", "muted_pool_on"), new String[] {"koc_id", "user_id"}, "left")
                .groupBy(MEMBER[0], MEMBER[1])
                .agg(
                        min("koc_id").as("koc_id"),
                        max("since").as("last_since"),
                        // Null as long as one is open.
                        when(bool_and(OpenTies.hasEndedBefore(day)), max("until"))
                                .as("ended_on"),
                        bool_or(isTrue(col("muted_pool_on").geq(lit(first)))).as("tie_muted"));
    }

    /** Events of groups in the window: one row per group and user. */
    private static Dataset<Row> seen(Dataset<Row> events, LocalDate first, LocalDate day) {
        Column isTopic = EventTypes.isSharing();
        Column isMessage =
                isTopic.or(EventTypes.isConversation()).or(col("event_type").isin("review", "complaint"));
        Column isSignOfLife =
                isMessage.or(EventTypes.isInterest()).or(col("event_type").isin("purchase", "attend"));
        Column isLeaving = EventTypes.isLeave();
        Column isMuting = EventTypes.isMute();
        return Talk.inWindow(events, first, day)
                .where("group_id IS NOT NULL")
                .groupBy(MEMBER[0], MEMBER[1])
                .agg(
                        count_if(isMessage).as("messages"),
                        count_if(isTopic).as("topics"),
                        count_if(isSignOfLife).as("responses"),
                        max(when(isLeaving, col("occurred_at"))).as("left_at"),
                        max(when(isLeaving, col("day"))).as("left_on"),
                        max(when(not(EventTypes.isLoss()), col("occurred_at"))).as("came_at"),
                        max(when(not(EventTypes.isLoss()), col("day"))).as("came_on"),
                        bool_or(isMuting).as("seen_muted"));
    }

    private static Column hasLeft() {
        Column isGone = col("left_at").isNotNull().or(col("ended_on").isNotNull());
        Column isBack = isTrue(col("came_at").gt(col("left_at")))
                // Who leaves on a day was in up to the day before.
                .or(isTrue(col("came_on").gt(date_add(col("ended_on"), 1))))
                .or(col("ended_on").isNull().and(isTrue(col("last_since").gt(col("left_on")))));
        return isGone.and(not(isBack));
    }

    private static Column isTrue(Column condition) {
        return coalesce(condition, lit(false));
    }

    private static Column state(GrowthSettings.Groups settings) {
        return when(col("loss_rate").geq(settings.lossRate()).and(col("lost").gt(0)), "losing")
                .when(col("members").equalTo(0), "empty")
                .when(col("responders").equalTo(0), "silent")
                .when(col("responder_rate").lt(settings.quietRate()), "quiet")
                .otherwise("lively");
    }

    private static Column verdict(GrowthSettings settings) {
        Texts texts = Texts.of(settings.language());
        Column facts = texts.column(
                "growth.group.facts",
                col("responders"),
                col("members"),
                lit(settings.groups().windowDays()),
                col("messages"));
        Column topics = when(col("topics").equalTo(0), texts.pattern("growth.group.no-topics"))
                .otherwise(texts.column(
                        "growth.group.topics",
                        col("topics"),
                        col("koc_started_rate").multiply(100)));
        Column losses = when(col("lost").gt(0), texts.column("growth.group.losses", col("leaves"), col("mutes")));
        Column advice = when(col("state").equalTo("losing"), texts.pattern("growth.group.losing"))
                .when(col("state").equalTo("silent"), texts.pattern("growth.group.silent"))
                .when(col("state").equalTo("quiet"), texts.pattern("growth.group.quiet"))
                .otherwise(texts.pattern("growth.group.lively"));
        Column empty = texts.column(
                "growth.group.empty", col("messages"), lit(settings.groups().windowDays()));
        return when(col("state").equalTo("empty"), empty)
                .otherwise(concat_ws(texts.pattern("growth.between"), advice, facts, topics, losses));
    }
}
