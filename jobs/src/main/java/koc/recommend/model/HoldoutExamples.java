package koc.recommend.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import koc.recommend.model.BuyerModel.Example;

/**
 * The examples of one holdout, by pool.
 *
 * @param pools the pools, each with its products
 */
record HoldoutExamples(List<Pool> pools) {
    /**
     * The products of a pool's shortlist.
     *
     * @param koc koc_id, which is the same in every holdout, unlike koc_number
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Pool(String koc, Example[] products) {}

    Stream<Example> examples() {
        return pools.stream().flatMap(pool -> Arrays.stream(pool.products()));
    }

    double bought() {
        return examples().mapToDouble(Example::bought).sum();
    }

    /**
     * The examples of all holdouts, weighted so that each holdout counts alike, whatever was bought in it. So a holdout
     * with a campaign does not decide. Of two holdouts with 100 and 300 buyers, examples of the first count 2 and of
     * the second .67. A holdout without buyers is left out.
     */
    static List<Example> balance(List<HoldoutExamples> holdouts) {
        List<HoldoutExamples> sold =
                holdouts.stream().filter(holdout -> holdout.bought() > 0).toList();
        double mean =
                sold.stream().mapToDouble(HoldoutExamples::bought).average().orElse(0);
        return sold.stream()
                .flatMap(holdout -> {
                    double weight = mean / holdout.bought();
                    return holdout.examples().map(example -> example.withWeight(weight));
                })
                .toList();
    }
}
