package koc.statistics;

/** The Poisson distribution: how often something happens that happens a mean number of times. */
public final class Poisson {
    private Poisson() {}

    /**
     * The probabilities of at most 0, 1, 2, ... : sums of e^-m m^k / k!. Worked: of mean 1 e^-1 = .3679, .7358, .9197.
     *
     * @param length how many of them
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
     * The logarithm of the probability of a count, without the term - ln x!, which is the same for every mean: x ln m
     * - m. Worked: 3 where 2 are expected: 3 x .693 - 2 = .079.
     */
    public static double logProbability(double count, double mean) {
        return (count > 0 ? count * Math.log(mean) : 0) - mean;
    }
}
