package koc.recommend.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import koc.recommend.features.CandidateFeatures;
import koc.recommend.model.BuyerModel.Example;

/**
 * The simple recommenders that the buyer model combines. Each is a buyer model too: its own parts have one weight, all other
 * parts 0, and the affinities have no effect. There are two exceptions. The cold start part has a weight of its own in each,
 * because the other parts say nothing about a new product. Popularity has at least a millionth of the recommender's
 * weight: products that the recommender expects no buyers of follow by popularity. Without it they would have the score 0
 * and be left out, and the published list would be shorter than the list that {@link ListQuality} evaluates.
 */
// The list is one that cannot be changed.
@SuppressWarnings("ImmutableEnumChecker")
enum SimpleRecommender {
    POPULARITY("popularity_part"),
    RECENT_POPULARITY("recent_popularity_part"),
    LATEST_POPULARITY("latest_popularity_part"),
    POOL_POPULARITY("pool_part"),
    PORTRAIT_POPULARITY("portrait_popularity_part"),
    PORTRAIT_BUYERS("portrait_part", "non_buyer_part"),
    ITEM_MODEL("item_model_part", "long_tail_part");

    private static final int COLD_START = CandidateFeatures.PARTS.indexOf("cold_start_part");
    private static final int POPULARITY_PART = CandidateFeatures.PARTS.indexOf("popularity_part");

    /** Weight of popularity over that of the recommender: it orders products that the recommender says nothing about. */
    private static final double FILLER_FRACTION = 1e-6;

    private final List<Integer> parts;

    SimpleRecommender(String... parts) {
        this.parts = Arrays.stream(parts).map(CandidateFeatures.PARTS::indexOf).toList();
    }

    /** Its name in buyer_model, such as {@code pool_popularity}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Integer> parts() {
        return parts;
    }

    /**
     * The model that expects as many buyers as there were: weight = (bought + priorBuyers) / (parts +
     * priorBuyers / start).
     *
     * @param start the weight without examples
     * @param priorBuyers weight of the prior, in buyers
     */
    BuyerModel fit(List<Example> examples, double start, double priorBuyers) {
        double[] weights = new double[CandidateFeatures.PARTS.size()];
        double weight = weightOf(examples, parts, start, priorBuyers);
        for (int part : parts) {
            weights[part] = weight;
        }
        weights[POPULARITY_PART] = Math.max(weights[POPULARITY_PART], FILLER_FRACTION * weight);
        weights[COLD_START] = weightOf(examples, List.of(COLD_START), start, priorBuyers);
        return new BuyerModel(weights, new double[CandidateFeatures.AFFINITIES.size()], 0);
    }

    /** Examples without any of the parts do not count: what was bought there, the parts cannot explain. */
    private static double weightOf(List<Example> examples, List<Integer> parts, double start, double priorBuyers) {
        double bought = priorBuyers;
        double available = priorBuyers / start;
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
