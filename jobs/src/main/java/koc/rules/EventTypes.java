package koc.rules;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** What types of event mean. Every method needs the column event_type, unless it says otherwise. */
public final class EventTypes {
    private static final Column TYPE = col("event_type");

    private EventTypes() {}

    /** Something was published: a share of a product or content, or a post. The user_id is the one who shares. */
    public static Column isSharing() {
        return TYPE.isin("share", "post");
    }

    /** Somebody spoke to another person: a question or an answer. */
    public static Column isConversation() {
        return TYPE.isin("inquiry", "reply");
    }

    /** Interest beyond a look: the user opened, clicked, saved or put into the cart. */
    public static Column isClick() {
        return TYPE.isin("share_open", "click", "favorite", "cart");
    }

    /** Interest in a product short of asking or buying: a click ({@link #isClick}) or a view. */
    public static Column isInterest() {
        return isClick().or(TYPE.equalTo("view"));
    }

    /** A purchase of one line. */
    public static Column isPurchase() {
        return TYPE.equalTo("purchase");
    }

    /** The user left the KOC's pool or a group. */
    public static Column isLeave() {
        return TYPE.equalTo("leave");
    }

    /** The user muted the KOC or a group. */
    public static Column isMute() {
        return TYPE.equalTo("mute");
    }

    /** The user has had enough: muted the KOC, or left. */
    public static Column isLoss() {
        return isMute().or(isLeave());
    }

    /** Whether another person's share, link or group led to the event; never null. Needs sharer_id and user_id. */
    public static Column isCausedByAnother() {
        return col("sharer_id").isNotNull().and(col("sharer_id").notEqual(col("user_id")));
    }
}
