package koc.sample;

/** Formats money in hundredths as text. */
final class Money {
    private Money() {}

    /** Example: 12.05 for 1205. */
    static String text(long cents) {
        long hundredths = cents % 100;
        return cents / 100 + (hundredths < 10 ? ".0" : ".") + hundredths;
    }
}
