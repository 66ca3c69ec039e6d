package koc.recommend.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import koc.recommend.model.BuyerModel.Example;

/**
 * All simple recommenders in one buyer model, with weights from examples and a prior that favours the best of them
 * (stacking, Wolpert 1992, Stacked generalization).
 *
 * @param model the stack
 * @param simple each simple recommender alone, from the same examples
 */
record Stack(BuyerModel model, Map<SimpleRecommender, BuyerModel> simple) {
    /** Starting weight of the recommenders that are not the best, over the weight that each would have alone. */
    private static final double OTHER_FRACTION = 0.1;

    /** A simple recommender alone. */
    BuyerModel modelOf(SimpleRecommender recommender) {
        return Objects.requireNonNull(simple.get(recommender));
    }

    /**
     * Fits the stack and each simple recommender. The prior gives the simple recommender with the best NDCG on these
     * holdouts the weight that it has alone, and each other one a tenth of that. Parts that are no recommender by
     * themselves, such as repurchases, start from {@code priorWeight}.
     *
     * @param priorWeight prior mean of each weight: what it is without evidence
     * @param priorBuyers weight of the prior of each part, in buyers
     * @param listLength products on a list
     */
    static Stack fit(List<HoldoutExamples> holdouts, double priorWeight, double priorBuyers, int listLength) {
        List<Example> examples = HoldoutExamples.balance(holdouts);
        Map<SimpleRecommender, BuyerModel> simple = new EnumMap<>(SimpleRecommender.class);
        for (SimpleRecommender recommender : SimpleRecommender.values()) {
            simple.put(recommender, recommender.fit(examples, priorWeight, priorBuyers));
        }
        SimpleRecommender best = Arrays.stream(SimpleRecommender.values())
                .max(Comparator.comparingDouble(recommender ->
                        ListQuality.mean(holdouts, Objects.requireNonNull(simple.get(recommender)), listLength)))
                .orElseThrow();
        BuyerModel prior = BuyerModel.untrained(priorWeight);
        double[] weights = prior.weights();
        simple.forEach((recommender, model) -> {
            for (int part : recommender.parts()) {
                weights[part] = model.weights()[part] * (recommender == best ? 1 : OTHER_FRACTION);
            }
        });
        return new Stack(
                BuyerModel.fit(
                        examples.toArray(Example[]::new), new BuyerModel(weights, prior.exponents(), 0), priorBuyers),
                simple);
    }
}
