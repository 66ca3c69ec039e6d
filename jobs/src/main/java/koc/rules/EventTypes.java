package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Classifies events by their type. Methods need the column event_type, and others where they say so. */
public final class EventTypes {
    private static final Column TYPE = col("event_type");

    private EventTypes() {}

    /** The user shared a product or content, or posted. */
    public static Column isSharing() {
        return TYPE.isin("share", "post");
    }

    /**
     * The user shared a product: a share or a post that names it. The one definition of a product post. Needs
     * product_id.
     */
    public static Column isProductShare() {
        return isSharing().and(col("product_id").isNotNull());
    }

    /** The user asked or answered another person. */
    public static Column isConversation() {
        return isInquiry().or(isReply());
    }

    /** The user asked another person, who is the sharer. */
    public static Column isInquiry() {
        return TYPE.equalTo("inquiry");
    }

    /** The user answered another person, who is the sharer and asked before. */
    public static Column isReply() {
        return TYPE.equalTo("reply");
    }

    /** The user opened, clicked, saved or put into the cart: more interest than a view. */
    public static Column isClick() {
        return TYPE.isin("share_open", "click", "favorite", "cart");
    }

    /** The user viewed, or clicked ({@link #isClick}). */
    public static Column isInterest() {
        return isClick().or(TYPE.equalTo("view"));
    }

    /** The user bought; one event is one order line. */
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

    /** The user muted or left: the KOC can no longer reach them. */
    public static Column isLoss() {
        return isMute().or(isLeave());
    }

    /**
     * The person who turned to another: in a reply the sharer, who asked; in all other events the user. Needs sharer_id
     * and user_id.
     */
    public static Column engagedUser() {
        return when(isReply(), col("sharer_id")).otherwise(col("user_id"));
    }

    /**
     * The person to whom {@link #engagedUser} turned: in a reply the user, who answered; in all other events the
     * sharer. Needs sharer_id and user_id.
     */
    public static Column engagingPerson() {
        return when(isReply(), col("user_id")).otherwise(col("sharer_id"));
    }

    /** Whether the share, link or group of another person led to the event; never null. Needs sharer_id and user_id. */
    public static Column isCausedByAnother() {
        return col("sharer_id").isNotNull().and(col("sharer_id").notEqual(col("user_id")));
    }
}
