package koc.statistics;

/** The Poisson distribution: the number of events when their mean number is given. */
public final class Poisson {
    private Poisson() {}

    /**
     * The probabilities of at most 0, 1, 2, ... events: sums of e^-m m^k / k!. Worked: mean 1 gives .3679, .7358, .9197.
     *
     * @param length number of probabilities
     */
    public static double[] cumulative(double mean, int length) {
        double[] cumulative = new double[length];
        double term = Math.exp(-mean);
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += term;
            cumulative[k] = sum;
            term *= mean / (k + 1);
        }
        return cumulative;
    }

    /**
     * The logarithm of the probability of a count, x ln m - m, without the term - ln x!, which is the same for every mean.
     * Worked: 3 events where 2 are expected give 3 x .693 - 2 = .079.
     */
    public static double logProbability(double count, double mean) {
        return (count > 0 ? count * Math.log(mean) : 0) - mean;
    }
}
