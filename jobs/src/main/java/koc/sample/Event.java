package koc.sample;

/** A generated event. Users, products and groups are numbers; -1 and the empty text mean no value. */
final class Event {
    final long moment;
    final int user;
    final EventType type;
    int product = -1;
    String order = "";
    int quantity;
    long cents = -1;
    int sharer = -1;
    String channel = "";
    String content = "";
    int group = -1;
    int rating;

    Event(long moment, int user, EventType type) {
        this.moment = moment;
        this.user = user;
        this.type = type;
    }

    /** Seconds since the start of the first day of history. */
    long moment() {
        return moment;
    }

    int day() {
        return (int) Math.floorDiv(moment, 86_400L);
    }

    Event product(int changed) {
        product = changed;
        return this;
    }

    Event channel(String changed) {
        channel = changed;
        return this;
    }

    Event sharer(int changed) {
        sharer = changed;
        return this;
    }

    Event content(String changed) {
        content = changed;
        return this;
    }

    Event group(int changed) {
        group = changed;
        return this;
    }

    Event rating(int changed) {
        rating = changed;
        return this;
    }

    Event bought(String changedOrder, int changedQuantity, long changedCents) {
        order = changedOrder;
        quantity = changedQuantity;
        cents = changedCents;
        return this;
    }
}
