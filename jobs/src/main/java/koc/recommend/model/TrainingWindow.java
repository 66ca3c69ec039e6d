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
record TrainingWindow(List<Pool> pools) {
    /**
     * The products of a pool's shortlist.
     *
     * @param koc the KOC, the same in every window
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
     * The examples of all windows, weighted so that each window counts alike, whatever was bought in it. So a window with a
     * campaign does not decide. Of two windows with 100 and 300 buyers, examples of the first count 2 and of the second .67.
     * A window without buyers is left out.
     */
    static List<Example> balance(List<TrainingWindow> windows) {
        List<TrainingWindow> sold =
                windows.stream().filter(window -> window.bought() > 0).toList();
        double mean =
                sold.stream().mapToDouble(TrainingWindow::bought).average().orElse(0);
        return sold.stream()
                .flatMap(window -> {
                    double weight = mean / window.bought();
                    return window.examples().map(example -> example.withWeight(weight));
                })
                .toList();
    }
}
