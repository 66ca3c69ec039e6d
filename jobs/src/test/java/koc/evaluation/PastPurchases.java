package koc.evaluation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import koc.evaluation.LandedData.Purchase;

/**
 * Who owned what at the cutoff, in numbers: what recommenders outside the pipeline get to know.
 *
 * @param products products by number, those with the most owners first
 * @param owned products of each user, ascending
 * @param pools users of each KOC's pool who are in {@code owned}
 */
@SuppressWarnings("ArrayRecordComponent")
record PastPurchases(List<String> products, List<int[]> owned, SortedMap<String, int[]> pools) {

    /**
     * Numbers users and products.
     *
     * @param data everything that landed; what comes after the cutoff is left out
     * @param maxProducts products with the most owners that are kept
     */
    static PastPurchases of(LandedData data, LocalDate cutoff, int maxProducts) {
        SortedMap<String, SortedSet<String>> baskets = new TreeMap<>();
        Map<String, Integer> owners = new HashMap<>();
        for (Purchase purchase : data.purchases()) {
            if (!purchase.day().isAfter(cutoff)
                    && baskets.computeIfAbsent(purchase.user(), any -> new TreeSet<>())
                            .add(purchase.product())) {
                owners.merge(purchase.product(), 1, Integer::sum);
            }
        }
        List<String> products = top(owners, maxProducts);
        Map<String, Integer> numbers = new HashMap<>();
        products.forEach(product -> numbers.put(product, numbers.size()));
        List<int[]> owned = new ArrayList<>();
        Map<String, Integer> users = new HashMap<>();
        baskets.forEach((user, basket) -> {
            users.put(user, owned.size());
            owned.add(basket.stream()
                    .filter(numbers::containsKey)
                    .mapToInt(product -> numbers.getOrDefault(product, -1))
                    .sorted()
                    .toArray());
        });
        SortedMap<String, int[]> pools = new TreeMap<>();
        data.pools()
                .forEach((koc, members) -> pools.put(
                        koc,
                        members.stream()
                                .filter(users::containsKey)
                                .mapToInt(user -> users.getOrDefault(user, -1))
                                .sorted()
                                .toArray()));
        return new PastPurchases(products, owned, pools);
    }

    /** The purchases of the last days before the cutoff only. */
    static LandedData since(LandedData data, LocalDate first) {
        return new LandedData(
                data.purchases().stream()
                        .filter(purchase -> !purchase.day().isBefore(first))
                        .toList(),
                data.pools(),
                data.categories());
    }

    /** Number of owners by product. */
    double[] owners() {
        double[] owners = new double[products.size()];
        owned.forEach(basket -> Arrays.stream(basket).forEach(product -> owners[product]++));
        return owners;
    }

    /** Whether each product is in a basket. */
    boolean[] flags(int user) {
        boolean[] flags = new boolean[products.size()];
        for (int product : owned.get(user)) {
            flags[product] = true;
        }
        return flags;
    }

    /** The products with the highest scores above 0, in the order of their numbers where equal. */
    List<String> list(double[] scores, int length) {
        return IntStream.range(0, products.size())
                .boxed()
                .filter(product -> scores[product] > 0)
                .sorted(Comparator.comparingDouble(product -> -scores[product]))
                .limit(length)
                .map(products::get)
                .toList();
    }

    private static List<String> top(Map<String, Integer> counts, int length) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(length)
                .map(Map.Entry::getKey)
                .toList();
    }
}
