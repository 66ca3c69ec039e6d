package koc.recommend.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import koc.recommend.model.BuyerModel.Example;

/**
 * The NDCG of a pool's list by a buyer model: the gain of the products with the most expected buyers, over that of the
 * best list of the same products. A product at rank r gains its buyers / log2(r + 1). A list with 1, 0 and 3 buyers,
 * where 3, 1 and 0 are best: (1 + 3 / 2) / (3 + 1 / 1.585) = .69.
 */
final class ListQuality {
    private ListQuality() {}

    /** NDCG of one pool; NaN when nobody bought any of its products. Ties keep the order of the products. */
    static double ndcg(Example[] products, BuyerModel model, int listLength) {
        double ideal = gain(
                Arrays.stream(products)
                        .mapToDouble(product -> -product.bought())
                        .sorted()
                        .map(bought -> -bought),
                listLength);
        if (ideal == 0) {
            return Double.NaN;
        }
        double[] expected = Arrays.stream(products).mapToDouble(model::expected).toArray();
        return gain(
                        IntStream.range(0, products.length)
                                .boxed()
                                .sorted(Comparator.comparingDouble(product -> -expected[product]))
                                .mapToDouble(product -> products[product].bought()),
                        listLength)
                / ideal;
    }

    /** The mean over the pools of all holdouts that have buyers; 0 without any. */
    static double mean(List<HoldoutExamples> holdouts, BuyerModel model, int listLength) {
        return holdouts.stream()
                .flatMap(holdout -> holdout.pools().stream())
                .mapToDouble(pool -> ndcg(pool.products(), model, listLength))
                .filter(ndcg -> !Double.isNaN(ndcg))
                .average()
                .orElse(0);
    }

    private static double gain(DoubleStream buyers, int listLength) {
        double[] listed = buyers.limit(listLength).toArray();
        double gain = 0;
        for (int rank = 1; rank <= listed.length; rank++) {
            gain += listed[rank - 1] * Math.log(2) / Math.log(rank + 1.0);
        }
        return gain;
    }
}
