package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class EventTypesTest extends SparkTest {
    private static final Dataset<Row> ALL = rows(CleanTables.EVENTS, """
            event_type
            view
            click
            favorite
            cart
            purchase
            refund
            share
            share_open
            inquiry
            reply
            review
            complaint
            post
            join
            leave
            mute
            attend
            train
            """);

    @Test
    void eachPredicateNamesItsTypes() {
        assertThat(types(EventTypes.isSharing())).containsExactly("post", "share");
        assertThat(types(EventTypes.isConversation())).containsExactly("inquiry", "reply");
        assertThat(types(EventTypes.isInquiry())).containsExactly("inquiry");
        assertThat(types(EventTypes.isReply())).containsExactly("reply");
        assertThat(types(EventTypes.isClick())).containsExactly("cart", "click", "favorite", "share_open");
        assertThat(types(EventTypes.isInterest())).containsExactly("cart", "click", "favorite", "share_open", "view");
        assertThat(types(EventTypes.isPurchase())).containsExactly("purchase");
        assertThat(types(EventTypes.isLeave())).containsExactly("leave");
        assertThat(types(EventTypes.isMute())).containsExactly("mute");
        assertThat(types(EventTypes.isLoss())).containsExactly("leave", "mute");
    }

    @Test
    void onlySharesAndPostsThatNameAProductAreProductShares() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                event_id | event_type | product_id
                share    | share      | tea
                post     | post       | tea
                article  | share      |
                story    | post       |
                view     | view       | tea
                """);

        assertThat(events.where(EventTypes.isProductShare()).collectAsList())
                .extracting(row -> row.getAs("event_id"))
                .containsExactly("share", "post");
    }

    @Test
    void inAReplyTheSharerTurnedToTheUserAndElsewhereTheUserToTheSharer() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                event_type | user_id | sharer_id
                inquiry    | member  | koc
                reply      | koc     | member
                click      | member  | koc
                """);

        assertThat(events.select(EventTypes.engagedUser(), EventTypes.engagingPerson())
                        .collectAsList())
                .extracting(Row::toString)
                .containsOnly("[member,koc]");
    }

    @Test
    void anotherPersonCausedAnEventThatNamesThemAsSharer() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                event_id | user_id | sharer_id
                other    | a       | k
                own      | k       | k
                nobody   | a       |
                """);

        assertThat(events.where(EventTypes.isCausedByAnother())
                        .select("event_id")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("other");
        assertThat(events.where(EventTypes.isCausedByAnother().isNull()).isEmpty())
                .isTrue();
    }

    private static Iterable<String> types(Column condition) {
        return ALL.where(condition).orderBy("event_type").select("event_type").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
