package koc.economics.value;

import java.io.Serializable;

/**
 * The Gamma-Gamma model of the value of an order (Fader and Hardie 2013, "The Gamma-Gamma model of monetary value").
 * The values of a customer's orders follow a Gamma distribution (shape p, rate nu); nu differs between customers by a
 * Gamma distribution (shape q, rate v). The value of an order must not depend on how often the customer orders.
 *
 * @param p shape of the values of one customer's orders
 * @param q shape of the rates
 * @param v rate parameter of the rates, in units of money
 */
public record GammaGamma(double p, double q, double v) implements Serializable {
    static final int PARAMETERS = 3;

    /** Mean value of an order over all customers, p v / (q - 1); infinite when q is at most 1. */
    public double mean() {
        return q > 1 ? p * v / (q - 1) : Double.POSITIVE_INFINITY;
    }

    /**
     * The expected value of an order of a customer with this mean over this number of orders: p (v + x m) / (p x + q -
     * 1). Worked, with p 6.25, q 3.74, v 15.44: one order of 22.35 gives 26.27 and two orders of that mean give 24.66.
     *
     * @param orders number of orders in the mean; 0 gives {@link #mean}
     */
    public double expectedValue(double orders, double mean) {
        return orders > 0 ? p * (v + orders * mean) / (p * orders + q - 1) : mean();
    }

    /**
     * How unsure {@link #expectedValue} is: the variance of the customer's true mean over the square of its
     * expectation, 1 / (p x + q - 2), and at most 1. Worked, with q 3.74: 1 / 1.74 = .575 without repeat orders.
     */
    public double squaredVariation(double orders) {
        return 1 / Math.max(1, p * orders + q - 2);
    }
}
