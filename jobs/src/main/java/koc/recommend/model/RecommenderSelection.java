package koc.recommend.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The recommender to publish: the stack of all simple recommenders, or the best simple one alone. The latter is chosen
 * where the stack is not surely better on pairs of KOC and holdout that both were not trained on.
 *
 * @param model the recommender
 * @param recommender its name: {@link #STACK}, or that of a simple recommender
 * @param comparison of the two; null if there is none (too few KOCs, or not trained), and then the stack is chosen
 */
public record RecommenderSelection(
        BuyerModel model, String recommender, @Nullable Comparison comparison) {
    /** The name of the stack in buyer_model. */
    public static final String STACK = "stack";

    /** Half the width of a 95% interval, in standard errors. */
    private static final double NORMAL_QUANTILE = 1.96;

    /**
     * The mean NDCG of the stack and of the best simple recommender over pairs of KOC and holdout that they were not
     * trained on.
     *
     * @param bestSimple the best simple recommender
     * @param kocHoldouts pairs of KOC and holdout with buyers
     * @param low lower end of the 95% interval of the stack's NDCG less the other's
     * @param calibrations for each holdout, the latest first: buyers that the chosen recommender expects when trained
     *     on the others (with one holdout, on the other half of the KOCs), over those who bought; not a number without
     *     buyers
     */
    public record Comparison(
            String bestSimple,
            long kocHoldouts,
            double stackNdcg,
            double simpleNdcg,
            double low,
            double high,
            List<Double> calibrations) {
        public Comparison {
            calibrations = List.copyOf(calibrations);
        }

        boolean isStackBetter() {
            return low > 0;
        }

        Comparison withCalibrations(List<Double> found) {
            return new Comparison(bestSimple, kocHoldouts, stackNdcg, simpleNdcg, low, high, found);
        }
    }

    /** The NDCG of the stack and of each simple recommender for one pool in one holdout. */
    private record PoolNdcg(String koc, double stack, Map<SimpleRecommender, Double> simple) {
        double difference(SimpleRecommender recommender) {
            return stack - simple.getOrDefault(recommender, 0.0);
        }
    }

    /**
     * Holdouts to train on, and the examples to evaluate on.
     *
     * @param holdout number of the holdout that is evaluated, at least in part
     */
    private record Fold(int holdout, List<HoldoutExamples> training, HoldoutExamples test) {}

    private record FittedFold(Fold fold, Stack stack) {}

    /**
     * Fits the stack to all holdouts. Compares it with each simple recommender: both are trained on all holdouts but
     * one, and evaluated on that one. With one holdout, the KOCs are divided into two halves; each half is evaluated by
     * the models trained on the other.
     *
     * @param priorWeight prior mean of each weight: what it is without evidence
     * @param priorBuyers weight of the prior of each part, in buyers
     * @param listLength products on a list
     * @param minKocs with fewer KOCs there is no comparison
     */
    static RecommenderSelection select(
            List<HoldoutExamples> holdouts, double priorWeight, double priorBuyers, int listLength, int minKocs) {
        Stack all = Stack.fit(holdouts, priorWeight, priorBuyers, listLength);
        List<FittedFold> folds = folds(holdouts).stream()
                .map(fold -> new FittedFold(fold, Stack.fit(fold.training(), priorWeight, priorBuyers, listLength)))
                .toList();
        List<PoolNdcg> pools = folds.stream()
                .flatMap(fold -> evaluate(fold, listLength).stream())
                .toList();
        if (pools.stream().map(PoolNdcg::koc).distinct().count() < minKocs) {
            return new RecommenderSelection(all.model(), STACK, null);
        }
        SimpleRecommender best = Arrays.stream(SimpleRecommender.values())
                .max(Comparator.comparingDouble(
                        recommender -> mean(pools, pool -> pool.simple().getOrDefault(recommender, 0.0))))
                .orElseThrow();
        Comparison comparison = compare(pools, best);
        Function<Stack, BuyerModel> chosen = comparison.isStackBetter() ? Stack::model : stack -> stack.modelOf(best);
        return new RecommenderSelection(
                chosen.apply(all),
                comparison.isStackBetter() ? STACK : best.code(),
                comparison.withCalibrations(computeCalibrations(folds, chosen, holdouts.size())));
    }

    /** Expected over bought, by holdout. */
    private static List<Double> computeCalibrations(
            List<FittedFold> folds, Function<Stack, BuyerModel> recommender, int holdouts) {
        double[] expected = new double[holdouts];
        double[] bought = new double[holdouts];
        for (FittedFold fitted : folds) {
            BuyerModel model = recommender.apply(fitted.stack());
            Fold fold = fitted.fold();
            expected[fold.holdout()] +=
                    fold.test().examples().mapToDouble(model::expected).sum();
            bought[fold.holdout()] += fold.test().bought();
        }
        return IntStream.range(0, holdouts)
                .mapToObj(holdout -> bought[holdout] > 0 ? expected[holdout] / bought[holdout] : Double.NaN)
                .toList();
    }

    private static List<Fold> folds(List<HoldoutExamples> holdouts) {
        if (holdouts.size() == 1) {
            HoldoutExamples holdout = holdouts.get(0);
            return List.of(
                    new Fold(0, List.of(half(holdout, 0)), half(holdout, 1)),
                    new Fold(0, List.of(half(holdout, 1)), half(holdout, 0)));
        }
        return IntStream.range(0, holdouts.size())
                .mapToObj(index -> {
                    List<HoldoutExamples> others = new ArrayList<>(holdouts);
                    HoldoutExamples test = others.remove(index);
                    return new Fold(index, others, test);
                })
                .toList();
    }

    /** Every second pool, starting with this one. */
    private static HoldoutExamples half(HoldoutExamples holdout, int first) {
        return new HoldoutExamples(IntStream.range(0, holdout.pools().size())
                .filter(pool -> pool % 2 == first)
                .mapToObj(holdout.pools()::get)
                .toList());
    }

    private static List<PoolNdcg> evaluate(FittedFold fitted, int listLength) {
        List<PoolNdcg> pools = new ArrayList<>();
        Stack stack = fitted.stack();
        for (HoldoutExamples.Pool pool : fitted.fold().test().pools()) {
            double ndcg = ListQuality.ndcg(pool.products(), stack.model(), listLength);
            if (!Double.isNaN(ndcg)) {
                Map<SimpleRecommender, Double> simple = new EnumMap<>(SimpleRecommender.class);
                stack.simple()
                        .forEach((recommender, model) ->
                                simple.put(recommender, ListQuality.ndcg(pool.products(), model, listLength)));
                pools.add(new PoolNdcg(pool.koc(), ndcg, simple));
            }
        }
        return pools;
    }

    /** The holdouts of a KOC stay together: their differences are summed before they are squared. */
    private static Comparison compare(List<PoolNdcg> pools, SimpleRecommender recommender) {
        double mean = mean(pools, pool -> pool.difference(recommender));
        Map<String, Double> deviations = new HashMap<>();
        pools.forEach(pool -> deviations.merge(pool.koc(), pool.difference(recommender) - mean, Double::sum));
        double kocs = deviations.size();
        double squares = deviations.values().stream()
                .mapToDouble(deviation -> deviation * deviation)
                .sorted()
                .sum();
        double error = Math.sqrt(squares * kocs / Math.max(1, kocs - 1)) / pools.size();
        return new Comparison(
                recommender.code(),
                pools.size(),
                mean(pools, PoolNdcg::stack),
                mean(pools, pool -> pool.simple().getOrDefault(recommender, 0.0)),
                mean - NORMAL_QUANTILE * error,
                mean + NORMAL_QUANTILE * error,
                List.of());
    }

    private static double mean(List<PoolNdcg> pools, ToDoubleFunction<PoolNdcg> value) {
        return pools.stream().mapToDouble(value).average().orElse(0);
    }
}
