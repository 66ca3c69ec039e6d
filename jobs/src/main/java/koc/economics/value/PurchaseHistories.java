package koc.economics.value;

import java.util.Arrays;

/**
 * Purchase histories, grouped: customers with the same history are one entry. Times are in one unit of the caller's
 * choice, such as weeks.
 *
 * @param repeats number of repeat orders, x: orders after the first one
 * @param recency time from the first order to the last one, t_x; 0 without repeat orders
 * @param age time from the first order to the end of the observation, T
 * @param customers number of customers with this history
 */
@SuppressWarnings("ArrayRecordComponent")
public record PurchaseHistories(double[] repeats, double[] recency, double[] age, double[] customers) {
    public PurchaseHistories {
        if (repeats.length != recency.length || repeats.length != age.length || repeats.length != customers.length) {
            throw new IllegalArgumentException("the columns differ in length");
        }
    }

    /** Number of different histories. */
    public int size() {
        return repeats.length;
    }

    /** Number of customers. */
    public double totalCustomers() {
        double total = 0;
        for (double count : customers) {
            total += count;
        }
        return total;
    }

    /** Number of customers with at least one repeat order. */
    public double repeatCustomers() {
        double total = 0;
        for (int i = 0; i < size(); i++) {
            total += repeats[i] > 0 ? customers[i] : 0;
        }
        return total;
    }

    /** The largest number of repeat orders. */
    int maxRepeats() {
        return (int) Arrays.stream(repeats).max().orElse(0);
    }
}
