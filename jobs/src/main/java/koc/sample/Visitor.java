package koc.sample;

/** A user who makes visits: their random stream, active days, taste and order numbers. */
final class Visitor {
    final Chance chance;
    final int user;
    final int portrait;
    final int startDay;
    final int stopDay;
    /** Running sums of the fractions of purchases by category. */
    final double[] taste;

    private int orders;

    Visitor(Chance chance, int user, int portrait, int startDay, int stopDay, double[] taste) {
        this.chance = chance;
        this.user = user;
        this.portrait = portrait;
        this.startDay = startDay;
        this.stopDay = stopDay;
        this.taste = taste;
    }

    /** A new order number. */
    String nextOrder() {
        orders++;
        return "o" + user + "-" + orders;
    }
}
