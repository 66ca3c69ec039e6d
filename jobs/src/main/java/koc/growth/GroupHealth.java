package koc.growth;

import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import koc.rules.DayWindow;
import koc.rules.EventTypes;
import koc.rules.KnownHistory;
import koc.rules.OpenTies;
import koc.statistics.Fractions;
import koc.text.ShortName;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** How active each chat group is: how many members respond, who starts the topics, and how many leave. */
public final class GroupHealth {
    private static final String[] MEMBER = {"group_id", "user_id"};

    private final GrowthSettings settings;
    private final Texts texts;
    private final LocalDate day;
    private final LocalDate first;
    /** Days of the window that the records cover. */
    private final int windowDays;

    public GroupHealth(GrowthSettings settings, KnownHistory history) {
        this.settings = settings;
        this.texts = Texts.of(settings.language());
        this.day = history.last();
        this.windowDays = history.coveredDays(settings.groups().windowDays());
        this.first = DayWindow.first(day, settings.groups().windowDays());
    }

    /**
     * The rows of group_health: one row per group that has an event in the window, or a tie that was open on a day of
     * it.
     *
     * <p>A member is a user with an open tie of the group, or with an event in it, who has not left and is no KOC.
     * Whoever starts topics there without a tie is no member, even if they respond to others too. A user has left
     * when all their ties of the group ended or they left it in the window, unless a later event in the group shows
     * that they came back. A response to oneself is none.
     *
     * <p>Rates are shrunk towards those of all groups: (responders + k p) / (members + k), with k = {@code shrinkage}
     * and p the rate of all groups. Worked: 0 of 10 members, p = .3 and k = 10 give 3 / 20 = .15. The verdict is
     * the first that applies:
     *
     * <ol>
     *   <li>empty: no members, and nobody left or muted the group
     *   <li>unrated: fewer than {@code minMembers} members or {@code minMessages} messages
     *   <li>losing: loss_rate is at least {@code lossRate}, and somebody was lost
     *   <li>silent: no member responds
     *   <li>quiet: responder_rate is below {@code quietRate}
     *   <li>lively: all others
     * </ol>
     *
     * @param ties one row per tie, as {@link koc.rules.OpenTies#withLeaves} returns them
     * @param engagement {@link Engagement#ENGAGEMENT}
     * @param kocs {@link GrowthKocs#KOCS}
     * @param users user_id, nickname: the KOC of a group may have too small a pool for a row in kocs
     */
    public Dataset<Row> compute(
            Dataset<Row> ties, Dataset<Row> engagement, Dataset<Row> events, Dataset<Row> kocs, Dataset<Row> users) {
        Dataset<Row> kocIds = kocs.select("koc_id")
                .union(ties.select("koc_id"))
                .distinct()
                .select(col("koc_id").as("user_id"), lit(true).as("has_pool"));
        Column isUntiedStarter = col("koc_id").isNull().and(isTrue(col("topics").gt(0)));
        Dataset<Row> people = selectTiedUsers(ties, engagement)
                .join(selectActiveUsers(events), MEMBER, "full_outer")
                .join(kocIds, new String[] {"user_id"}, "left")
                .withColumn("is_koc", isTrue(col("has_pool")))
                .withColumn("has_left", hasLeft())
                .withColumn("has_muted", isTrue(col("has_muted_pool")).or(isTrue(col("has_muted_group"))))
                .withColumn("is_counted", not(col("is_koc")).and(not(isUntiedStarter)));
        Column isAboveCap = coalesce(col("days_above_cap").gt(0), lit(false));
        return countByGroup(people)
                .join(kocs.select("koc_id", "days_above_cap"), new String[] {"koc_id"}, "left")
                .join(users.select(col("user_id").as("koc_id"), col("nickname")), new String[] {"koc_id"}, "left")
                .withColumn("is_above_cap", isAboveCap)
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
                        col("is_above_cap"),
                        lit(windowDays).as("window_days"),
                        col("verdict"),
                        reason().as("reason"),
                        nextAction().as("next_action"));
    }

    private Dataset<Row> countByGroup(Dataset<Row> people) {
        Column isCounted = col("is_counted");
        Column isMember = isCounted.and(not(col("has_left")));
        return people.groupBy("group_id")
                .agg(
                        mode(col("koc_id"), true).as("koc_id"),
                        count_if(isMember).as("members"),
                        count_if(isMember.and(col("responses").gt(0))).as("responders"),
                        coalesce(sum("messages"), lit(0L)).as("messages"),
                        coalesce(sum("topics"), lit(0L)).as("topics"),
                        coalesce(sum(when(col("is_koc"), col("topics"))), lit(0L))
                                .as("koc_topics"),
                        count_if(isCounted.and(col("has_left"))).as("leaves"),
                        count_if(isCounted.and(col("has_muted"))).as("mutes"),
                        count_if(isCounted.and(col("has_left").or(col("has_muted"))))
                                .as("lost_users"),
                        count_if(isCounted).as("present_and_past_members"))
                .withColumn("responder_rate", shrink("responders", "members"))
                .withColumn("koc_started_rate", round(try_divide(col("koc_topics"), col("topics")), 4))
                .withColumn("loss_rate", shrink("lost_users", "present_and_past_members"))
                .withColumn("verdict", judge());
    }

    /** A fraction, shrunk towards that of all groups; null without a case. */
    private Column shrink(String cases, String all) {
        WindowSpec ofAllGroups =
                Window.partitionBy().rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
        Column overall = Fractions.ratio(sum(cases).over(ofAllGroups), sum(all).over(ofAllGroups));
        Column shrunk = Fractions.shrink(
                col(cases), col(all), overall, settings.groups().shrinkage());
        return when(col(all).gt(0), round(shrunk, 4));
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
        Column isAnswer = EventTypes.isConversation().or(col("event_type").isin("review", "complaint"));
        Column isToOneself = isTrue(col("sharer_id").equalTo(col("user_id")));
        Column isResponse = isAnswer.or(EventTypes.isInterest())
                .or(col("event_type").isin("purchase", "attend"))
                .and(not(isToOneself));
        Column isLeave = EventTypes.isLeave();
        Column isPresence = not(EventTypes.isLoss());
        return Engagement.keepWindow(events, first, day)
                .where("group_id IS NOT NULL")
                .groupBy(MEMBER[0], MEMBER[1])
                .agg(
                        count_if(isTopic.or(isAnswer)).as("messages"),
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

    private Column judge() {
        GrowthSettings.Groups groups = settings.groups();
        return when(col("members").equalTo(0).and(col("lost_users").equalTo(0)), "empty")
                .when(col("members").lt(groups.minMembers()).or(col("messages").lt(groups.minMessages())), "unrated")
                .when(
                        col("loss_rate")
                                .geq(groups.lossRate())
                                .and(col("lost_users").gt(0)),
                        "losing")
                .when(col("responders").equalTo(0), "silent")
                .when(col("responder_rate").lt(groups.quietRate()), "quiet")
                .otherwise("lively");
    }

    /** The verdict with the numbers behind it. */
    private Column reason() {
        Column verdict = col("verdict");
        Column members = col("members");
        return when(verdict.equalTo("empty"), texts.pattern("growth.group.empty"))
                .when(
                        verdict.equalTo("unrated").and(hasLost()),
                        texts.column("growth.group.unrated.losing", col("leaves"), col("mutes"), members))
                .when(verdict.equalTo("unrated"), texts.column("growth.group.unrated", members, col("messages")))
                .when(
                        verdict.equalTo("losing"),
                        texts.column("growth.group.losing", col("leaves"), col("mutes"), members))
                .when(verdict.equalTo("silent"), texts.column("growth.group.silent", members))
                .when(verdict.equalTo("quiet"), texts.column("growth.group.quiet", col("responders"), members))
                .otherwise(texts.column("growth.group.lively", col("responders"), members, col("messages")));
    }

    /**
     * What the KOC of the group does next. A KOC above the frequency cap is never asked to post more, nor one below it to post
     * less. Before anybody is invited, those who were lost count: where the KOC posts too much, they post less first, and
     * elsewhere they ask why. What is too small to judge gets a proposal and no order.
     */
    private Column nextAction() {
        Column verdict = col("verdict");
        Column koc = coalesce(
                ShortName.of(col("nickname")), ShortName.of(col("koc_id")), lit(texts.pattern("growth.group.its-koc")));
        Column hasFewMembers = col("members").lt(settings.groups().minMembers());
        Column step = when(verdict.notEqual("unrated"), verdict)
                .when(hasLost(), "unrated.losing")
                .when(hasFewMembers, "few-members")
                .otherwise("few-messages");
        Column action = when(verdict.equalTo("empty"), texts.column("growth.group.action.empty", koc))
                .when(
                        hasLost().and(col("is_above_cap")).and(verdict.notEqual("unrated")),
                        texts.column("growth.group.action.losing.above-cap", koc))
                .when(verdict.equalTo("lively"), texts.column("growth.group.action.lively", koc));
        for (String one : List.of("losing", "unrated.losing", "silent", "quiet", "few-members", "few-messages")) {
            action = action.when(
                    step.equalTo(one),
                    when(col("is_above_cap"), texts.column("growth.group.action." + one + ".above-cap", koc))
                            .otherwise(texts.column("growth.group.action." + one, koc)));
        }
        return action;
    }

    private static Column hasLost() {
        return col("leaves").plus(col("mutes")).gt(0);
    }

    private static Column isTrue(Column condition) {
        return coalesce(condition, lit(false));
    }
}
