package koc.economics.value;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How the orders and the margin of a group of customers are forecast.
 *
 * @param orders the model of orders, in weeks; null when it could not be fitted
 * @param weeklyOrders mean repeat orders a week, the forecast without a model of orders
 * @param margins the model of the margin of an order; null when it could not be fitted
 * @param meanMargin mean margin of an order, the forecast without a model of margins
 */
public record ValueModel(
        @Nullable BgNbd orders,
        double weeklyOrders,
        @Nullable GammaGamma margins,
        double meanMargin) implements Serializable {
    /** Steps in which future orders are discounted, in days. */
    private static final int STEP_DAYS = 30;

    private static final double DAYS_IN_WEEK = 7;
    private static final double DAYS_IN_YEAR = 365;
    /** Squared deviation of a forecast without a model, relative to the square of the forecast. */
    private static final double WITHOUT_MODEL = 1;

    /** The probability that a customer will order again; null without a model of orders. */
    public @Nullable Double aliveProbability(double repeats, double recencyWeeks, double ageWeeks) {
        return orders == null ? null : orders.aliveProbability(repeats, recencyWeeks, ageWeeks);
    }

    /** The expected orders of a customer in the next days. */
    public double expectedOrders(double days, double repeats, double recencyWeeks, double ageWeeks) {
        double weeks = days / DAYS_IN_WEEK;
        return orders == null ? weeklyOrders * weeks : orders.expectedOrders(weeks, repeats, recencyWeeks, ageWeeks);
    }

    /**
     * The expected orders of the next days, each divided by (1 + rate) to the power of the years until the middle of
     * its step of 30 days. Worked: one order in each of two steps at 10% a year is 1 / 1.1^(15/365) + 1 / 1.1^(45/365)
     * = 1.9844.
     */
    public double discountedOrders(
            int horizonDays, double yearlyRate, double repeats, double recencyWeeks, double ageWeeks) {
        double total = 0;
        double before = 0;
        for (int from = 0; from < horizonDays; from += STEP_DAYS) {
            int to = Math.min(from + STEP_DAYS, horizonDays);
            double until = expectedOrders(to, repeats, recencyWeeks, ageWeeks);
            total += (until - before) / Math.pow(1 + yearlyRate, (from + to) / 2.0 / DAYS_IN_YEAR);
            before = until;
        }
        return total;
    }

    /**
     * How unsure the expected orders of a customer are: the variance of their true number over its square, as in
     * {@link BgNbd#squaredVariation}. Without a model of orders it is 1: the deviation is as large as the forecast.
     */
    public double ordersVariation(double days, double repeats, double recencyWeeks, double ageWeeks) {
        return orders == null
                ? WITHOUT_MODEL
                : orders.squaredVariation(days / DAYS_IN_WEEK, repeats, recencyWeeks, ageWeeks);
    }

    /** How unsure {@link #expectedMargin} is, in the same way. */
    public double marginVariation(double repeats, double mean) {
        boolean isOwnMean = repeats > 0 && mean <= 0;
        return margins == null || isOwnMean || Double.isInfinite(margins.mean())
                ? WITHOUT_MODEL
                : margins.squaredVariation(repeats);
    }

    /**
     * The expected margin of an order of a customer. A mean that is not positive is outside of the model: such a
     * customer's own mean is the forecast.
     *
     * @param repeats repeat orders
     * @param mean their mean margin
     */
    public double expectedMargin(double repeats, double mean) {
        if (repeats > 0 && mean <= 0) {
            return mean;
        }
        return margins == null || Double.isInfinite(margins.mean()) ? meanMargin : margins.expectedValue(repeats, mean);
    }
}
