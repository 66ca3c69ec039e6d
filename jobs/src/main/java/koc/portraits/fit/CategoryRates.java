package koc.portraits.fit;

import java.util.Arrays;
import koc.portraits.sample.PortraitSample;

/**
 * How often each category is chosen, as fractions of past attention.
 *
 * @param population by category: the fraction of the attention of all users
 * @param portraits by portrait and category: the same among the users of a portrait, smoothed with the mean user's attention at
 *     the fractions of the population
 */
@SuppressWarnings("ArrayRecordComponent")
record CategoryRates(double[] population, double[][] portraits) {

    /** The rates of the portraits that these labels give the users of a sample; 0 where nobody pays attention. */
    static CategoryRates compute(PortraitSample sample, int[] labels, int portraits) {
        int categories = sample.categories().size();
        double[][] attention = new double[portraits][categories];
        double[] population = new double[categories];
        for (int i = 0; i < labels.length; i++) {
            double[] sum = attention[labels[i]];
            double[] user = sample.users().get(i).categoryAttention();
            Arrays.setAll(sum, c -> sum[c] + user[c]);
            Arrays.setAll(population, c -> population[c] + user[c]);
        }
        double total = Arrays.stream(population).sum();
        double smoothing = total / Math.max(1, labels.length);
        Arrays.setAll(population, c -> total == 0 ? 0 : population[c] / total);
        for (double[] portrait : attention) {
            double portraitTotal = Arrays.stream(portrait).sum();
            Arrays.setAll(
                    portrait,
                    c -> population[c] == 0
                            ? 0
                            : (portrait[c] + smoothing * population[c]) / (portraitTotal + smoothing));
        }
        return new CategoryRates(population, attention);
    }
}
