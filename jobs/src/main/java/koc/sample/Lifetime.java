package koc.sample;

/**
 * The orders of one user and what drives them.
 *
 * @param moments moments of the orders, seconds since the first day of history; the first may be before it
 * @param cents margins of these orders, in hundredths
 * @param weeklyRate orders a week while they order
 * @param stopProbability probability that an order is their last
 * @param meanMargin mean margin of their orders, in money
 * @param isAlive whether they will order again after the last day
 * @param koc number of the KOC who brought them, -1 for none
 * @param isInvited whether they also registered through this KOC
 */
@SuppressWarnings("ArrayRecordComponent")
record Lifetime(
        long[] moments,
        long[] cents,
        double weeklyRate,
        double stopProbability,
        double meanMargin,
        boolean isAlive,
        int koc,
        boolean isInvited) {
    private static final int HORIZON_DAYS = 365;
    private static final int STEP_DAYS = 30;
    private static final double DAYS_IN_WEEK = 7;
    private static final double YEARLY_DISCOUNT = 1.1;

    /** A user who never orders. */
    static final Lifetime NONE = new Lifetime(new long[0], new long[0], 0, 0, 0, false, -1, false);

    /** Whether the history has an order. */
    boolean isCustomer() {
        return days() > 0;
    }

    /** Day of the first order ever; negative when it is before the history. */
    int firstDay() {
        return day(moments[0]);
    }

    /** Days of the history with an order. */
    int days() {
        int days = 0;
        int last = -1;
        for (long moment : moments) {
            int day = day(moment);
            days += day > last ? 1 : 0;
            last = Math.max(last, day);
        }
        return days;
    }

    /** Margin of the orders of the history, in hundredths. */
    long centsToDate() {
        long sum = 0;
        for (int i = 0; i < moments.length; i++) {
            sum += moments[i] >= 0 ? cents[i] : 0;
        }
        return sum;
    }

    /**
     * The true lifetime value: what the user will earn on average in the 365 days after the last day, at their own rate,
     * probability to stop and margin, with a discount of 10% a year from the middle of each 30 days. A user with the rate l
     * and the probability to stop p orders (1 - e^(-l p t)) / p times in t weeks. A user who has stopped earns nothing.
     */
    double value() {
        if (!isAlive) {
            return 0;
        }
        double orders = 0;
        for (int from = 0; from < HORIZON_DAYS; from += STEP_DAYS) {
            int to = Math.min(from + STEP_DAYS, HORIZON_DAYS);
            double discount = StrictMath.pow(YEARLY_DISCOUNT, -(from + to) / 2.0 / HORIZON_DAYS);
            orders += (ordersUntil(to) - ordersUntil(from)) * discount;
        }
        return orders * meanMargin;
    }

    private double ordersUntil(int days) {
        return -StrictMath.expm1(-weeklyRate * stopProbability * days / DAYS_IN_WEEK) / stopProbability;
    }

    private static int day(long moment) {
        return (int) Math.floorDiv(moment, Behaviour.DAY);
    }
}
