package koc.sample;

/**
 * The users with their planted portrait, region, activity and role. Arrays by user number keep memory small. The fractions are
 * assumptions, not estimates.
 */
final class Population {
    /** Fraction of users with one to three actions. */
    static final double NEWCOMER_FRACTION = .1;

    /** Deviation of the logarithm of activity: the ninth decile is six times the first. */
    private static final double ACTIVITY_DEVIATION = .7;
    /** Fraction of a user's activity that does not depend on the length of their history. */
    private static final double CONSTANT_ACTIVITY = .3;

    private static final double ACTIVITY_BY_DAYS = .7;
    /** Fraction of users who leave before the last day, and of users who come after the first day. */
    private static final double CHURN_RATE = .15;

    private static final double LATE_START_FRACTION = .2;
    /** The second fraction, and the part of the history in which they come, if lifetimes are planted. */
    private static final double LATE_START_WITH_LIFETIMES = .7;

    private static final double LATEST_START_WITH_LIFETIMES = .9;
    /** Factor on the activity of KOCs, and the smallest activity before it is applied. */
    private static final double KOC_ACTIVITY = 1.8;

    private static final double MIN_KOC_ACTIVITY = .6;
    /** How close a user's taste is to that of the portrait: the concentration of a Dirichlet distribution. */
    private static final double TASTE_CONCENTRATION = 50;

    /** Number of circles of friends, each with many members, and of the categories that each circle prefers. */
    private static final int CIRCLES = 12;

    private static final int CIRCLE_CATEGORIES = 3;

    private final GeneratorOptions options;
    private final Catalogue catalogue;
    private final byte[] portraits;
    private final byte[] regions;
    private final boolean[] newcomers;
    private final short[] startDays;
    private final short[] stopDays;
    private final double[] activities;
    private final int[] quotas;
    /** The quotas when the rates were fixed. */
    private int[] fixedQuotas = {};
    /** The KOC number of a user, -1 for all others. */
    private final int[] kocNumbers;

    private final int[] kocUsers;

    private Population(GeneratorOptions options, Catalogue catalogue) {
        this.options = options;
        this.catalogue = catalogue;
        int users = options.users();
        portraits = new byte[users];
        regions = new byte[users];
        newcomers = new boolean[users];
        startDays = new short[users];
        stopDays = new short[users];
        activities = new double[users];
        quotas = new int[users];
        kocNumbers = new int[users];
        kocUsers = new int[options.kocs()];
        double[] userFractions = Chance.cumulated(PlantedPortrait.ALL.stream()
                .mapToDouble(PlantedPortrait::userFraction)
                .toArray());
        int days = options.days();
        boolean hasLifetimes = options.plants().lifetimes();
        double lateStart = hasLifetimes ? LATE_START_WITH_LIFETIMES : LATE_START_FRACTION;
        int latestStart = hasLifetimes ? (int) (days * LATEST_START_WITH_LIFETIMES) : days * 2 / 3;
        for (int user = 0; user < users; user++) {
            Chance chance = Chance.of(options.seed(), Roles.POPULATION, user);
            portraits[user] = (byte) chance.drawIndex(userFractions);
            regions[user] = (byte) chance.drawIndex(Region.CUMULATED);
            newcomers[user] = chance.happens(NEWCOMER_FRACTION) && !hasLifetimes;
            kocNumbers[user] = -1;
            int start = chance.happens(lateStart) ? chance.below(Math.max(1, latestStart)) : 0;
            int stop = chance.happens(CHURN_RATE) ? start + Math.max(7, chance.below(days - start)) : days - 1;
            if (newcomers[user]) {
                start = days - 1 - chance.below(Math.min(45, days));
                stop = days - 1;
                quotas[user] = chance.whole(1, 3);
            }
            startDays[user] = (short) start;
            stopDays[user] = (short) Math.min(days - 1, stop);
            activities[user] = chance.logNormal(ACTIVITY_DEVIATION)
                    * PlantedPortrait.ALL.get(portraits[user]).frequency()
                    * (CONSTANT_ACTIVITY + ACTIVITY_BY_DAYS * activeDays(user) / days);
        }
        chooseKocs();
    }

    static Population of(GeneratorOptions options, Catalogue catalogue) {
        return new Population(options, catalogue);
    }

    /** Chooses KOCs evenly over the user numbers, and makes them active from the first day to the last. */
    private void chooseKocs() {
        Chance chance = Chance.of(options.seed(), Roles.POOL, -1);
        int stride = options.kocs() == 0 ? 1 : options.users() / options.kocs();
        for (int koc = 0; koc < kocUsers.length; koc++) {
            int user = koc * stride + chance.below(stride);
            kocUsers[koc] = user;
            kocNumbers[user] = koc;
            newcomers[user] = false;
            startDays[user] = 0;
            stopDays[user] = (short) (options.days() - 1);
            activities[user] = Math.max(MIN_KOC_ACTIVITY, activities[user]) * KOC_ACTIVITY;
        }
    }

    /**
     * Assigns quotas of events to users, with exactly this sum: a few events to newcomers, the others by activity.
     */
    void assignQuotas(long events) {
        long left = events;
        int regulars = 0;
        double total = 0;
        for (int user = 0; user < quotas.length; user++) {
            if (newcomers[user]) {
                left -= quotas[user];
            } else {
                regulars++;
                total += activities[user];
            }
        }
        int minQuota = (int) Math.max(0, Math.min(5, left / Math.max(1, regulars)));
        double remaining = Math.max(0, left - (long) minQuota * regulars);
        double sum = 0;
        for (int user = 0; user < quotas.length; user++) {
            if (!newcomers[user]) {
                long before = (long) Math.floor(remaining * sum / total + .5);
                sum += activities[user];
                quotas[user] = minQuota + (int) ((long) Math.floor(remaining * sum / total + .5) - before);
            }
        }
    }

    /** Fixes how many events per day users have on their own, from the current quotas. Later quotas do not change it. */
    void fixRates() {
        fixedQuotas = quotas.clone();
    }

    /** Events per day that the user has on their own, as fixed by {@link #fixRates}. */
    double fixedRate(int user) {
        return (double) fixedQuotas[user] / activeDays(user);
    }

    int size() {
        return portraits.length;
    }

    int portrait(int user) {
        return portraits[user];
    }

    PlantedPortrait planted(int user) {
        return PlantedPortrait.ALL.get(portraits[user]);
    }

    int regionNumber(int user) {
        return regions[user];
    }

    Region region(int user) {
        return Region.ALL.get(regions[user]);
    }

    boolean isNewcomer(int user) {
        return newcomers[user];
    }

    int startDay(int user) {
        return startDays[user];
    }

    int stopDay(int user) {
        return stopDays[user];
    }

    int activeDays(int user) {
        return stopDays[user] - startDays[user] + 1;
    }

    boolean isActiveOn(int user, int day) {
        return startDays[user] <= day && day <= stopDays[user];
    }

    int quota(int user) {
        return quotas[user];
    }

    /** How active the user is, relative to others. */
    double activity(int user) {
        return activities[user];
    }

    int kocNumber(int user) {
        return kocNumbers[user];
    }

    int kocs() {
        return kocUsers.length;
    }

    int kocUser(int koc) {
        return kocUsers[koc];
    }

    /** The circle of friends of the user, who have similar taste; circles cut across portraits. */
    int circle(int user) {
        return Chance.of(options.seed(), Roles.CIRCLE, user).below(CIRCLES);
    }

    /** Whether users share a hidden taste with their circle. */
    boolean hasCircles() {
        return options.plants().hiddenTaste() > 0 || options.plants().world().tasteDimensions() > 0;
    }

    /** How often a circle buys in a category, relative to the portraits of its users. */
    double circlePreference(int circle, int category) {
        if (!hasCircles()) {
            return 1;
        }
        Chance chance = Chance.of(options.seed(), Roles.CIRCLE, -1L - circle);
        for (int i = 0; i < CIRCLE_CATEGORIES; i++) {
            if (chance.below(PlantedCategory.ALL.size()) == category) {
                return 1 + options.plants().hiddenTaste();
            }
        }
        return 1;
    }

    /** The user's fractions of purchases by category: those of the portrait and the circle, with noise. */
    double[] taste(int user) {
        double[] centre = catalogue.categoryFractions(portraits[user]);
        Chance chance = Chance.of(options.seed(), Roles.TASTE, user);
        double[] taste = new double[centre.length];
        int circle = circle(user);
        double total = 0;
        for (int i = 0; i < taste.length; i++) {
            taste[i] = chance.gamma(TASTE_CONCENTRATION * centre[i]) * circlePreference(circle, i);
            total += taste[i];
        }
        for (int i = 0; i < taste.length; i++) {
            taste[i] /= total;
        }
        return taste;
    }
}
