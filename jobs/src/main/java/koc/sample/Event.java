package koc.sample;

/** One event while it is being made up; numbers stand for ids, -1 and the empty text for nothing. */
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

    /** Seconds since the first day of history began. */
    long moment() {
        return moment;
    }

    int day() {
        return (int) Math.floorDiv(moment, 86_400L);
    }

    Event of(int changed) {
        product = changed;
        return this;
    }

    Event through(String changed) {
        channel = changed;
        return this;
    }

    Event causedBy(int changed) {
        sharer = changed;
        return this;
    }

    Event about(String changed) {
        content = changed;
        return this;
    }

    Event in(int changed) {
        group = changed;
        return this;
    }

    Event stars(int changed) {
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
