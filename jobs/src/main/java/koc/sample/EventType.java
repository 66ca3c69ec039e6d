package koc.sample;

import java.util.Locale;

/** The types of generated events. */
enum EventType {
    VIEW,
    CLICK,
    FAVORITE,
    CART,
    PURCHASE,
    REFUND,
    SHARE,
    SHARE_OPEN,
    INQUIRY,
    REPLY,
    REVIEW,
    COMPLAINT,
    POST,
    JOIN,
    LEAVE,
    MUTE,
    ATTEND,
    TRAIN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in the landing folder. */
    String word() {
        return word;
    }
}
