package koc.portraits.fit;

import java.util.Arrays;
import koc.portraits.groups.ProductBaskets;
import koc.portraits.groups.ProductBaskets.Basket;

/**
 * How much better portraits predict the products that their users buy in the holdout than the population does, in nats per
 * purchase. The fit does not use the holdout.
 *
 * <p>A product has the fraction g of the attention of all users before the holdout. In a portrait that pays attention x to
 * the product and n to all products, it has (x + s g) / (n + s). A purchase gains the logarithm of the ratio of the two. The
 * buyer's own attention is left out of g, x and n: else users who buy again what they bought would make any portraits look
 * useful. A purchase of a product that nobody else paid attention to does not count. The smoothing s is one of {@link
 * #SMOOTHINGS}, or so large that nothing is gained; for each half of the users it is the one that is best for the other half.
 * Portraits that say nothing thus gain nothing on average.
 *
 * <p>Worked: the others in a portrait pay attention 44 of 50 to tea, and all others half of their attention. With s = 10, tea
 * has (44 + 5) / (50 + 10) = .817 in the portrait. A purchase of tea gains ln(.817 / .5) = .491, one of something else
 * ln(.183 / .5) = -1.003.
 *
 * @param nats gained by the purchases of each user
 * @param purchases in the holdout, by user
 */
@SuppressWarnings("ArrayRecordComponent")
public record PredictiveGain(double[] nats, double[] purchases) {
    /** Attention that the fractions of the population are worth in a portrait. */
    private static final double[] SMOOTHINGS = {10, 100, 1_000, 10_000, 100_000};

    /** Sums of attention below this are rounding errors. */
    private static final double NO_ATTENTION = 1e-9;

    /** A difference above this many standard errors is no accident: 95%, one-sided. */
    private static final double SURE = 1.645;

    /** The gain of the portraits that these labels give the users of the baskets. */
    public static PredictiveGain compute(ProductBaskets baskets, int[] labels, int portraits) {
        double[][] attention = new double[portraits][baskets.products().size()];
        for (int u = 0; u < labels.length; u++) {
            Basket basket = baskets.users().get(u);
            for (int i = 0; i < basket.products().length; i++) {
                attention[labels[u]][basket.products()[i]] += basket.attention()[i];
            }
        }
        double[] totals = Arrays.stream(attention)
                .mapToDouble(portrait -> Arrays.stream(portrait).sum())
                .toArray();
        double total = Arrays.stream(totals).sum();
        double[] all = new double[baskets.products().size()];
        for (double[] portrait : attention) {
            Arrays.setAll(all, product -> all[product] + portrait[product]);
        }
        double[][] nats = new double[SMOOTHINGS.length][labels.length];
        double[] purchases = new double[labels.length];
        for (int u = 0; u < labels.length; u++) {
            Basket basket = baskets.users().get(u);
            double own = Arrays.stream(basket.attention()).sum();
            double others = Math.max(0, totals[labels[u]] - own);
            for (int i = 0; i < basket.products().length; i++) {
                int product = basket.products()[i];
                double left = all[product] - basket.attention()[i];
                double later = basket.later()[i];
                if (later > 0 && left > NO_ATTENTION) {
                    // x / g, exactly n with a single portrait.
                    double inPortrait = Math.max(0, attention[labels[u]][product] - basket.attention()[i]);
                    double ratio = inPortrait / left * Math.max(0, total - own);
                    purchases[u] += later;
                    for (int s = 0; s < SMOOTHINGS.length; s++) {
                        nats[s][u] += later * Math.log((ratio + SMOOTHINGS[s]) / (others + SMOOTHINGS[s]));
                    }
                }
            }
        }
        return new PredictiveGain(chooseSmoothing(nats, labels.length), purchases);
    }

    /** For each half of the users the nats under the smoothing that is best for the other half. */
    private static double[] chooseSmoothing(double[][] nats, int users) {
        double[] chosen = new double[users];
        for (int half = 0; half < 2; half++) {
            double best = 0;
            double[] bestNats = new double[users];
            for (double[] candidate : nats) {
                double sum = 0;
                for (int u = 1 - half; u < users; u += 2) {
                    sum += candidate[u];
                }
                if (sum > best) {
                    best = sum;
                    bestNats = candidate;
                }
            }
            for (int u = half; u < users; u += 2) {
                chosen[u] = bestNats[u];
            }
        }
        return chosen;
    }

    /** Nats per purchase; 0 without purchases. */
    public double mean() {
        double all = Arrays.stream(purchases).sum();
        return all == 0 ? 0 : Arrays.stream(nats).sum() / all;
    }

    /** Users with purchases in the holdout. */
    public long buyers() {
        return Arrays.stream(purchases).filter(count -> count > 0).count();
    }

    /** Whether the gain is above 0 by more than chance explains. */
    public boolean isSure() {
        return isSurelyAbove(new PredictiveGain(new double[nats.length], purchases));
    }

    /** Whether the gain is above that of other portraits of the same users by more than chance explains. */
    public boolean isSurelyAbove(PredictiveGain other) {
        return standardErrorsAbove(other) > SURE;
    }

    /** How far the gain is above that of other portraits of the same users, in standard errors; 0 without purchases. */
    double standardErrorsAbove(PredictiveGain other) {
        double all = Arrays.stream(purchases).sum();
        if (all == 0) {
            return 0;
        }
        double difference = mean() - other.mean();
        double squares = 0;
        for (int u = 0; u < nats.length; u++) {
            double deviation = nats[u] - other.nats[u] - difference * purchases[u];
            squares += deviation * deviation;
        }
        // Equal differences for all users have no error at all.
        return difference == 0 ? 0 : difference * all / Math.sqrt(squares);
    }
}
