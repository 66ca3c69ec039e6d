package koc.portraits.fit;

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
        CategoryRates rates = CategoryRates.compute(sample, labels, portraits);
        double gain = 0;
        double purchases = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] bought = sample.users().get(i).holdoutPurchases();
            for (int c = 0; c < bought.length; c++) {
                double baseline = rates.population()[c];
                if (bought[c] > 0 && baseline > 0) {
                    gain += bought[c] * Math.log(rates.portraits()[labels[i]][c] / baseline);
                    purchases += bought[c];
                }
            }
        }
        return purchases == 0 ? 0 : gain / purchases;
    }
}
