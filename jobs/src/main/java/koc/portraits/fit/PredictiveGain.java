package koc.portraits.fit;

import java.util.Arrays;
import koc.portraits.sample.PortraitSample;

/**
 * How well portraits predict the categories that their users buy from in the holdout, which the fit does not use.
 *
 * <p>It is the mean log-likelihood per purchase of its category given the portrait, less the same given the population; in
 * nats per purchase. The category fractions of a portrait are its past attention, smoothed with the mean user's attention at
 * the fractions of the population. Worked: a purchase whose category has .5 in the portrait and .25 in the population gains
 * ln 2 = .69.
 */
public final class PredictiveGain {
    private PredictiveGain() {}

    /** The gain of the portraits that these labels give the users of a sample; 0 without purchases. */
    public static double compute(PortraitSample sample, int[] labels, int portraits) {
        double[][] attention = sumAttention(sample, labels, portraits);
        double[] population = new double[sample.categories().size()];
        for (int i = 0; i < labels.length; i++) {
            double[] user = sample.users().get(i).categoryAttention();
            Arrays.setAll(population, c -> population[c] + user[c]);
        }
        double total = Arrays.stream(population).sum();
        double smoothing = total / Math.max(1, labels.length);
        double gain = 0;
        double purchases = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] bought = sample.users().get(i).holdoutPurchases();
            double[] portraitAttention = attention[labels[i]];
            double portraitTotal = Arrays.stream(portraitAttention).sum();
            for (int c = 0; c < population.length; c++) {
                if (bought[c] > 0 && population[c] > 0) {
                    double baseline = population[c] / total;
                    double expected = (portraitAttention[c] + smoothing * baseline) / (portraitTotal + smoothing);
                    gain += bought[c] * Math.log(expected / baseline);
                    purchases += bought[c];
                }
            }
        }
        return purchases == 0 ? 0 : gain / purchases;
    }

    private static double[][] sumAttention(PortraitSample sample, int[] labels, int portraits) {
        double[][] attention = new double[portraits][sample.categories().size()];
        for (int i = 0; i < labels.length; i++) {
            double[] sum = attention[labels[i]];
            double[] user = sample.users().get(i).categoryAttention();
            Arrays.setAll(sum, c -> sum[c] + user[c]);
        }
        return attention;
    }
}
