package koc.recommend.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.features.Part;
import koc.recommend.model.BuyerModel.Example;

/**
 * The simple recommenders that the buyer model combines. Each is a buyer model too: its own parts have one weight, all
 * other parts 0, and the affinities have no effect. There are two exceptions. The cold start part has a weight of its
 * own in each, because the other parts say little about a new product. Popularity has at least a millionth of the
 * recommender's weight, so products that the recommender expects no buyers of follow by popularity. Without it they
 * would have the score 0 and be left out, and the published list would be shorter than the list that {@link
 * ListQuality} evaluates.
 *
 * <p>The baselines of a backtest ({@link koc.recommend.baselines.Baselines}) rank by simpler rules, without training.
 */
// The list is one that cannot be changed.
@SuppressWarnings("ImmutableEnumChecker")
enum SimpleRecommender {
    TRAINED_POPULARITY(Part.POPULARITY),
    TRAINED_MONTHLY_POPULARITY(Part.MONTHLY_POPULARITY),
    TRAINED_WEEKLY_POPULARITY(Part.WEEKLY_POPULARITY),
    TRAINED_POOL_POPULARITY(Part.POOL),
    TRAINED_PORTRAIT_POPULARITY(Part.PORTRAIT_POPULARITY),
    TRAINED_PORTRAIT_BUYERS(Part.PORTRAIT, Part.NON_BUYER),
    TRAINED_ITEM_MODEL(Part.ITEM_MODEL, Part.LONG_TAIL);

    private static final int COLD_START = Part.COLD_START.index();
    private static final int POPULARITY_PART = Part.POPULARITY.index();

    /**
     * Weight of popularity over that of the recommender: it orders products that the recommender says nothing about.
     */
    private static final double FILLER_FRACTION = 1e-6;

    private final List<Integer> parts;

    SimpleRecommender(Part... parts) {
        this.parts = Arrays.stream(parts).map(Part::index).toList();
    }

    /** Its name in buyer_model, such as {@code trained_pool_popularity}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Integer> parts() {
        return parts;
    }

    /**
     * The model that expects as many buyers as there were: weight = (bought + priorBuyers) / (parts +
     * priorBuyers / priorWeight).
     *
     * @param priorWeight prior mean of the weight: what it is without evidence
     * @param priorBuyers weight of the prior, in buyers
     */
    BuyerModel fit(List<Example> examples, double priorWeight, double priorBuyers) {
        double[] weights = new double[Part.values().length];
        double weight = weightOf(examples, parts, priorWeight, priorBuyers);
        for (int part : parts) {
            weights[part] = weight;
        }
        weights[POPULARITY_PART] = Math.max(weights[POPULARITY_PART], FILLER_FRACTION * weight);
        weights[COLD_START] = weightOf(examples, List.of(COLD_START), priorWeight, priorBuyers);
        return new BuyerModel(weights, new double[CandidateFeatures.AFFINITIES.size()], 0);
    }

    /** Examples without any of the parts do not count: what was bought there, the parts cannot explain. */
    private static double weightOf(
            List<Example> examples, List<Integer> parts, double priorWeight, double priorBuyers) {
        double bought = priorBuyers;
        double available = priorBuyers / priorWeight;
        for (Example example : examples) {
            double sum = 0;
            for (int part : parts) {
                sum += example.parts()[part];
            }
            if (sum > 0) {
                bought += example.weight() * example.bought();
                available += example.weight() * sum;
            }
        }
        return bought / available;
    }
}
