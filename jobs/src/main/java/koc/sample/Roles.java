package koc.sample;

/** The roles of random streams ({@link Chance#of}). Draws in one role do not affect draws in another. */
final class Roles {
    static final int PRODUCT = 1;
    static final int POPULATION = 2;
    static final int USER = 3;
    static final int TASTE = 4;
    static final int POOL = 5;
    static final int SHARING = 6;
    static final int SOCIAL = 7;
    static final int ORGANIC = 8;
    static final int PILOT = 9;
    static final int ARRIVAL = 10;
    static final int DIRT = 11;
    static final int COST = 12;
    static final int CIRCLE = 13;
    static final int FAKE = 14;
    static final int LIFETIME = 15;
    static final int LIFETIME_EVENTS = 16;
    static final int LIFETIME_COST = 17;
    static final int PRODUCT_TASTE = 18;
    static final int USER_TASTE = 19;
    static final int CIRCLE_TASTE = 20;
    static final int VOGUE = 21;
    static final int POOL_SHARING = 22;

    private Roles() {}
}
