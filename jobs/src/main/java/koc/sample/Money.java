package koc.sample;

/** Money in hundredths as text. */
final class Money {
    private Money() {}

    /** 12.05 for 1205. */
    static String text(long cents) {
        long rest = cents % 100;
        return cents / 100 + (rest < 10 ? ".0" : ".") + rest;
    }
}
