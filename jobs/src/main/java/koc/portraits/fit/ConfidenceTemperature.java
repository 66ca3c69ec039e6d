package koc.portraits.fit;

import java.util.Arrays;
import java.util.stream.IntStream;
import koc.portraits.sample.PortraitSample;
import smile.math.MathEx;

/**
 * How fast the probability of belonging to a portrait falls with the distance to its centre. The probability of portrait p is
 * exp(-d(p)^2 / 2T) over the sum of the same for all portraits; T is the temperature. The smaller T, the more certain.
 *
 * <p>T is fitted on purchases of the holdout, which the portraits do not use (temperature scaling: Guo and others 2017, On
 * Calibration of Modern Neural Networks). Which portrait a user really belongs to is unknown, but a user of portrait p buys
 * from category c with the probability rate(p, c), so that T must explain what users bought:
 *
 * <pre>maximise over T: sum over users of ln sum over p of probability(p) x product over purchases of rate(p, category)</pre>
 *
 * <p>Worked: two portraits buy tea with the rates .8 and .2. A user with the probabilities .9 and .1 who then buys tea has the
 * likelihood .9 x .8 + .1 x .2 = .74. If many such users buy coffee, a larger T is more likely, with probabilities nearer .5.
 *
 * @param value the temperature, in squared distance
 * @param users users with purchases in the holdout
 */
public record ConfidenceTemperature(double value, long users) {
    /** With fewer users the purchases say little about the temperature. */
    private static final int MIN_USERS = 50;
    /**
     * The temperature that is expected, as a fraction of the mean squared distance of users to their centre. It is about what
     * generated data of several sizes need, and weighs as much as a few purchases.
     */
    private static final double EXPECTED_FRACTION = 0.07;
    /** Steps that are tried on both sides of the expected temperature; each changes it by a factor of e^.1 = 1.11. */
    private static final int STEPS = 40;

    private static final double STEP = 0.1;

    /** Fits the temperature for the centres of a fit; data are the vectors of the sampled users. */
    public static ConfidenceTemperature fit(PortraitSample sample, double[][] data, double[][] centres) {
        double[][] squares = Arrays.stream(data)
                .map(point -> Arrays.stream(centres)
                        .mapToDouble(centre -> MathEx.squaredDistance(point, centre))
                        .toArray())
                .toArray(double[][]::new);
        double meanSquare = Arrays.stream(squares)
                .mapToDouble(row -> Arrays.stream(row).min().orElse(0))
                .average()
                .orElse(0);
        if (meanSquare == 0) {
            return new ConfidenceTemperature(1, 0);
        }
        CategoryRates rates = CategoryRates.compute(sample, Clusters.assign(data, centres), centres.length);
        double[][] likelihoods = sample.users().stream()
                .map(user -> logLikelihoods(user.holdoutPurchases(), rates))
                .toArray(double[][]::new);
        int[] buyers = IntStream.range(0, data.length)
                .filter(i -> likelihoods[i].length > 0)
                .toArray();
        double expected = EXPECTED_FRACTION * meanSquare;
        double best = 0;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = -STEPS; i <= STEPS; i++) {
            double logPosterior = logPosterior(i * STEP, expected, buyers, squares, likelihoods);
            if (logPosterior > max) {
                max = logPosterior;
                best = i * STEP;
            }
        }
        return new ConfidenceTemperature(expected * Math.exp(best), buyers.length);
    }

    /** Whether enough users bought in the holdout; otherwise confidence only orders users. */
    public boolean isCalibrated() {
        return users >= MIN_USERS;
    }

    /** The log-likelihood of a user's purchases under each portrait; empty without purchases. */
    private static double[] logLikelihoods(double[] bought, CategoryRates rates) {
        int[] categories = IntStream.range(0, bought.length)
                .filter(c -> bought[c] > 0 && rates.population()[c] > 0)
                .toArray();
        return categories.length == 0
                ? new double[0]
                : Arrays.stream(rates.portraits())
                        .mapToDouble(portrait -> Arrays.stream(categories)
                                .mapToDouble(c -> bought[c] * Math.log(portrait[c]))
                                .sum())
                        .toArray();
    }

    /** The log-likelihood of all purchases, with a normal prior of standard deviation 1 on the logarithm of T. */
    private static double logPosterior(
            double step, double expected, int[] buyers, double[][] squares, double[][] likelihoods) {
        double temperature = expected * Math.exp(step);
        double sum = -step * step / 2;
        for (int user : buyers) {
            double[] logOdds = Arrays.stream(squares[user])
                    .map(square -> -square / (2 * temperature))
                    .toArray();
            sum -= logOfSum(logOdds);
            Arrays.setAll(logOdds, p -> logOdds[p] + likelihoods[user][p]);
            sum += logOfSum(logOdds);
        }
        return sum;
    }

    /** The logarithm of the sum of the exponentials. */
    private static double logOfSum(double[] logs) {
        double max = Arrays.stream(logs).max().orElse(0);
        return max
                + Math.log(Arrays.stream(logs).map(log -> Math.exp(log - max)).sum());
    }
}
