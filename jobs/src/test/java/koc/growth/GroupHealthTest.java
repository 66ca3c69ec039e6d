package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Stream;
import koc.rules.KnownHistory;
import koc.rules.OpenTies;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class GroupHealthTest extends GrowthReportTest {
    private static final LocalDate DAY = day("2024-06-30");

    @Test
    void aGroupWhoseMembersRespondIsLively() {
        Row group = health("""
                koc_id | user_id | group_id | since      | until
                k      | a       | g        | 2024-01-01 |
                k      | b       | g        |            |
                k      | k       | g        |            |
                k      | later   | g        | 2024-07-01 |
                k      | before  | g        |            | 2024-05-31
                k      | other   |          |            |
                """, """
                event_id | day        | user_id | event_type | group_id | sharer_id
                1        | 2024-06-01 | k       | share      | g        |
                2        | 2024-06-02 | a       | reply      | g        | k
                3        | 2024-06-03 | a       | post       | g        |
                4        | 2024-06-04 | guest   | share_open | g        | k
                5        | 2024-05-31 | b       | reply      | g        | k
                """).head();

        assertThat(numbers(group))
                .isEqualTo("g k: 3 members, 2 respond, 3 messages, 2 topics, 0 left, 0 muted: lively");
        assertThat(group.<Double>getAs("responder_rate")).isEqualTo(.6667);
        assertThat(group.<Double>getAs("koc_started_rate")).isEqualTo(.5);
        assertThat(group.<Double>getAs("loss_rate")).isZero();
        assertThat(group.<Integer>getAs("window_days")).isEqualTo(20);
        assertThat(group.<String>getAs("reason")).isEqualTo("2 of 3 members respond to others, with 3 messages.");
        assertThat(group.<String>getAs("next_action")).isEqualTo("Let k go on like this.");
    }

    @Test
    void usersWhoLeftOrMutedAreLostWhicheverSourceRecordsIt() {
        Row group = health("""
                koc_id | user_id | group_id | since | until
                k      | stays   | g        |       |
                k      | today   | g        |       | 2024-06-30
                k      | ended   | g        |       | 2024-06-29
                k      | left    | g        |       |
                k      | muted   | g        |       |
                k      | longago | g        |       |
                """, """
                event_id | day        | user_id | event_type | group_id | sharer_id
                1        | 2024-06-10 | left    | leave      |          | k
                2        | 2024-06-10 | muted   | mute       |          | k
                3        | 2024-06-10 | muted   | leave      |          | somebody
                4        | 2024-05-31 | longago | leave      |          | k
                5        | 2024-06-10 | guest   | mute       | g        | k
                """).head();

        assertThat(numbers(group))
                .isEqualTo("g k: 4 members, 0 respond, 0 messages, 0 topics, 2 left, 2 muted: losing");
        assertThat(group.<Double>getAs("loss_rate")).isEqualTo(.6667);
        assertThat(group.isNullAt(group.fieldIndex("koc_started_rate"))).isTrue();
        assertThat(group.<String>getAs("reason")).isEqualTo("2 left and 2 muted; 4 members remain.");
    }

    @Test
    void leavingOrMutingAnotherGroupOfTheKocDoesNotCount() {
        Dataset<Row> groups = health("""
                koc_id | user_id | group_id
                k      | a       | g
                k      | a       | h
                k      | b       | g
                k      | b       | h
                """, """
                event_id | day        | user_id | event_type | group_id | sharer_id
                1        | 2024-06-10 | a       | leave      | h        | k
                2        | 2024-06-10 | b       | mute       | h        | k
                """);

        assertThat(groups.orderBy("group_id")
                        .select("group_id", "members", "leaves", "mutes")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[g,2,0,0]", "[h,1,1,1]");
    }

    @Test
    void aMemberHasLeftIfAllTiesEndedAndTheyDidNotComeBack() {
        Row group = health("""
                koc_id | user_id  | group_id | since      | until
                k      | both     | g        |            | 2024-06-10
                m      | both     | g        |            |
                k      | ended    | g        |            | 2024-06-10
                m      | ended    | g        |            | 2024-06-12
                k      | returned | g        | 2024-01-01 |
                k      | again    | g        | 2024-06-20 |
                k      | present  | g        |            | 2024-06-10
                """, """
                event_id | day        | occurred_at         | user_id  | event_type | group_id | sharer_id
                1        | 2024-06-10 | 2024-06-10 10:00:00 | returned | leave      | g        | k
                2        | 2024-06-10 | 2024-06-10 11:00:00 | returned | join       | g        | k
                3        | 2024-06-10 | 2024-06-10 10:00:00 | again    | leave      | g        | k
                4        | 2024-06-20 | 2024-06-20 10:00:00 | present  | reply      | g        | k
                """).head();

        assertThat(numbers(group)).contains("4 members, 1 respond", "1 left");
    }

    @Test
    void aGroupBelowTheRateIsQuietAndOneWithoutRespondersIsSilent() {
        String ties = "koc_id | user_id | group_id";
        for (int i = 1; i <= 10; i++) {
            ties += "\nk | u" + i + " | ten\nk | u" + i + " | eleven\nk | u" + i + " | none";
        }
        ties += "\nk | u11 | eleven";

        Dataset<Row> groups = health(ties, """
                event_id | day        | user_id | event_type | group_id | sharer_id
                1        | 2024-06-10 | u1      | reply      | ten      | k
                2        | 2024-06-10 | u1      | reply      | eleven   | k
                3        | 2024-06-10 | u1      | join       | none     | k
                """);

        assertThat(groups.orderBy("group_id").select("group_id", "verdict").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[eleven,quiet]", "[none,silent]", "[ten,lively]");
    }

    @Test
    void aGroupWithoutMembersBesidesKocsIsEmptyAndNobodyIsAskedThere() {
        Row group = health("koc_id | user_id | group_id\nk | a |", """
                event_id | day        | user_id | event_type | group_id | sharer_id
                1        | 2024-06-01 | k       | share      | g        |
                """).head();

        assertThat(group.<String>getAs("verdict")).isEqualTo("empty");
        assertThat(group.<String>getAs("reason")).isEqualTo("No members are recorded besides KOCs.");
        assertThat(group.<String>getAs("next_action"))
                .isEqualTo("Record who is in the group, or let its KOC invite members.");
    }

    @Test
    void aGroupWithFewMembersOrMessagesIsNotJudged() {
        String ties = "koc_id | user_id | group_id";
        String events = "event_id | day | user_id | event_type | group_id | sharer_id";
        for (int i = 1; i <= 10; i++) {
            ties += "\nk | u" + i + " | judged\nk | u" + i + " | quiet" + (i < 10 ? "\nk | u" + i + " | small" : "");
            events += "\nj" + i + " | 2024-06-10 | k | post | judged |\ns" + i + " | 2024-06-10 | k | post | small |"
                    + (i < 10 ? "\nq" + i + " | 2024-06-10 | k | post | quiet |" : "");
        }

        Dataset<Row> groups =
                health(ties, events, "koc.growth.groups.min-members=10", "koc.growth.groups.min-messages=10");

        assertThat(text(groups.orderBy("group_id").select("group_id", "members", "messages", "verdict")))
                .containsExactly("[judged,10,10,silent]", "[quiet,10,9,unrated]", "[small,9,10,unrated]");
        Row small = groups.where("group_id = 'small'").head();
        assertThat(small.<String>getAs("reason")).isEqualTo("Too small to judge (9 members, 10 messages).");
        assertThat(small.<String>getAs("next_action")).isEqualTo("k may invite more members.");
    }

    @Test
    void ratesAreShrunkTowardsThoseOfAllGroups() {
        Dataset<Row> groups = health("""
                koc_id | user_id | group_id
                k      | a       | g
                k      | b       | h
                k      | c       | h
                k      | d       | h
                """, """
                event_id | day        | user_id | event_type | group_id | sharer_id
                1        | 2024-06-10 | a       | inquiry    | g        | k
                """, "koc.growth.groups.shrinkage=10");

        // All groups: 1 of 4. (1 + 10 / 4) / 11 and (0 + 10 / 4) / 13.
        assertThat(text(groups.orderBy("group_id").select("group_id", "responder_rate")))
                .containsExactly("[g,0.3182]", "[h,0.1923]");
    }

    @Test
    void aStarterIsNoMemberWithoutATieAndNobodyRespondsToThemselves() {
        Row group = health("""
                koc_id | user_id | group_id
                m      | own     | g
                m      | other   | g
                """, """
                event_id | day        | user_id | event_type | group_id | sharer_id
                1        | 2024-06-01 | m       | post       | g        |
                2        | 2024-06-01 | own     | post       | g        |
                3        | 2024-06-01 | own     | share_open | g        | own
                4        | 2024-06-01 | host    | post       | g        |
                5        | 2024-06-01 | other   | inquiry    | g        | m
                """).head();

        // m has a pool, and so is a KOC although it is not ranked.
        assertThat(numbers(group))
                .isEqualTo("g m: 2 members, 1 respond, 4 messages, 3 topics, 0 left, 0 muted: lively");
        assertThat(group.<Double>getAs("koc_started_rate")).isEqualTo(.3333);
    }

    @Test
    void aKocAboveTheFrequencyCapIsNotToldToPostMore() {
        Dataset<Row> groups = health("""
                koc_id | user_id | group_id
                k      | a       | calm
                loud   | a       | busy
                loud   | b       | shrinking
                loud   | c       | shrinking
                k      | b       | leaving
                k      | c       | leaving
                """, """
                event_id | day        | user_id | event_type | group_id  | sharer_id
                1        | 2024-06-10 | b       | leave      | shrinking | loud
                2        | 2024-06-10 | b       | leave      | leaving   | k
                """);

        assertThat(text(groups.orderBy("group_id").select("group_id", "next_action")))
                .containsExactly(
                        "[busy,Let loud ask a member by name instead of posting more.]",
                        "[calm,Let k start a topic and address a member by name.]",
                        "[leaving,Let k ask those who left or muted why.]",
                        "[shrinking,Ask loud to post less: they post more than members bear.]");
    }

    @Test
    void nobodyIsInvitedWhereMembersAreLost() {
        Dataset<Row> groups = health("""
                koc_id | user_id | group_id
                loud   | a       | shrinking
                loud   | b       | shrinking
                loud   | c       | small
                k      | a       | leaving
                k      | b       | leaving
                k      | c       | calm
                """, """
                event_id | day        | user_id | event_type | group_id  | sharer_id
                1        | 2024-06-10 | b       | leave      | shrinking | loud
                2        | 2024-06-10 | b       | mute       | leaving   | k
                """, "koc.growth.groups.min-members=10");

        assertThat(text(groups.orderBy("group_id").select("group_id", "verdict", "next_action")))
                .containsExactly(
                        "[calm,unrated,k may invite more members.]",
                        "[leaving,unrated,k may ask those who left or muted why.]",
                        "[shrinking,unrated,loud may post less: they post more than members bear.]",
                        "[small,unrated,loud may invite members, after posting less.]");
        assertThat(groups.where("group_id = 'shrinking'").head().<String>getAs("reason"))
                .isEqualTo("1 left and 0 muted; 1 member remains: too few members or messages to judge.");
    }

    @Test
    void aLivelyGroupThatTooManyPostsMakeSmallerIsNotLeftAlone() {
        Row group = health("""
                        koc_id | user_id | group_id
                        loud   | a       | g
                        loud   | b       | g
                        loud   | c       | g
                        """, """
                        event_id | day        | user_id | event_type | group_id | sharer_id
                        1        | 2024-06-10 | a       | reply      | g        | loud
                        2        | 2024-06-10 | b       | leave      | g        | loud
                        """, "koc.growth.groups.loss-rate=0.5").head();

        assertThat(group.<String>getAs("verdict")).isEqualTo("lively");
        assertThat(group.<String>getAs("next_action"))
                .isEqualTo("Ask loud to post less: they post more than members bear.");
    }

    @Test
    void withoutGroupsThereAreNoRows() {
        assertThat(health("koc_id | user_id | group_id\nk | a |", "event_id | user_id | event_type")
                        .count())
                .isZero();
    }

    private static String numbers(Row group) {
        return "%s %s: %d members, %d respond, %d messages, %d topics, %d left, %d muted: %s"
                .formatted(
                        group.getAs("group_id"),
                        group.getAs("koc_id"),
                        group.<Long>getAs("members"),
                        group.<Long>getAs("responders"),
                        group.<Long>getAs("messages"),
                        group.<Long>getAs("topics"),
                        group.<Long>getAs("leaves"),
                        group.<Long>getAs("mutes"),
                        group.getAs("verdict"));
    }

    /** Groups of any size are judged, unless the settings say otherwise. */
    @Test
    void aKocWithTooSmallAPoolForTheRankingIsNamed() {
        Row group = health("koc_id | user_id | group_id\nsmall | a | g", "event_id | day | user_id | event_type")
                .head();

        assertThat(group.<String>getAs("koc_id")).isEqualTo("small");
        assertThat(group.<String>getAs("next_action"))
                .isEqualTo("Let Lili start a topic and address a member by name.");
    }

    private static Dataset<Row> health(String ties, String events, String... settings) {
        String[] keys = Stream.concat(
                        Stream.of(
                                "koc.growth.groups.min-members=0",
                                "koc.growth.groups.min-messages=0",
                                "koc.growth.groups.shrinkage=0"),
                        Stream.of(settings))
                .toArray(String[]::new);
        Dataset<Row> allEvents = rows(CleanTables.EVENTS, events).withColumn("arrived", functions.lit(DAY));
        return new GroupHealth(GrowthSettings.from(config(keys)), new KnownHistory(DAY.minusDays(19), DAY))
                .compute(
                        OpenTies.withLeaves(rows(CleanTables.TIES, ties), allEvents),
                        Engagement.count(allEvents, DAY.minusDays(89), DAY),
                        allEvents,
                        rows(GrowthKocs.KOCS, "koc_id | days_above_cap\nk | 0\nloud | 3"),
                        rows(CleanTables.USERS, "user_id | nickname\nsmall | Lili"));
    }
}
