package koc.evaluation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koc.evaluation.LandedData.Purchase;

/**
 * How well the lists of KOCs foretold what the members of their traffic pools bought for the first time.
 *
 * <p>The relevance of a product to a KOC is the number of pool members whose first purchase of it comes after the
 * cutoff. Only products count that somebody bought up to the cutoff. A KOC is scored when its pool is large enough
 * and at least one product is relevant to it; a KOC without a list scores 0. All numbers are means over the scored
 * KOCs.
 *
 * <p>NDCG@k is the discounted cumulative gain of the first k products, divided by that of the best possible list
 * (Järvelin and Kekäläinen 2002, Cumulated gain-based evaluation of IR techniques): the relevance at rank r counts 1
 * / log2(r + 1). Example: relevances 3, 3 and 1, a list that ranks a product of relevance 1, one of 0 and one of 3.
 * Its gain is 1 + 0 + 3 / 2 = 2.5; the best is 3 + 3 / 1.585 + 1 / 2 = 5.393; NDCG@3 is .464. The order of equally
 * relevant products changes nothing.
 *
 * @param kocs KOCs that are scored
 * @param kocsWithList of these, KOCs with a list
 * @param ndcg NDCG@k, 0..1
 * @param buyersCaptured fraction of the first purchases whose product is on the list, 0..1
 * @param hitRate fraction of KOCs with a relevant product on the list, 0..1
 * @param products different products on the lists of scored KOCs
 */
record PoolNdcg(int kocs, int kocsWithList, double ndcg, double buyersCaptured, double hitRate, int products) {

    /**
     * Scores lists.
     *
     * @param lists product ids by KOC, the first to recommend first; what comes after the first {@code length} is ignored
     * @param purchases of all users, before and after the cutoff
     * @param pools users by KOC
     * @param cutoff last day of the past
     * @param minPoolSize members from which a KOC is scored
     * @param length k, the ranks that count
     */
    static PoolNdcg score(
            Map<String, List<String>> lists,
            List<Purchase> purchases,
            Map<String, Set<String>> pools,
            LocalDate cutoff,
            int minPoolSize,
            int length) {
        int kocs = 0;
        int kocsWithList = 0;
        double ndcg = 0;
        double captured = 0;
        int hits = 0;
        Set<String> products = new TreeSet<>();
        for (Map.Entry<String, Map<String, Integer>> koc :
                relevances(purchases, pools, cutoff, minPoolSize).entrySet()) {
            Map<String, Integer> relevance = koc.getValue();
            Collection<String> list = first(length, lists.getOrDefault(koc.getKey(), List.of()));
            List<Integer> found = found(list, relevance);
            kocs++;
            kocsWithList += list.isEmpty() ? 0 : 1;
            ndcg += ndcg(list, relevance, length);
            captured += (double) sum(found) / sum(relevance.values());
            hits += sum(found) > 0 ? 1 : 0;
            products.addAll(list);
        }
        int scored = Math.max(1, kocs);
        return new PoolNdcg(
                kocs, kocsWithList, ndcg / scored, captured / scored, (double) hits / scored, products.size());
    }

    /**
     * NDCG@k of each KOC that is scored.
     *
     * @param relevances as {@link #relevances} returns them
     */
    static SortedMap<String, Double> byKoc(
            Map<String, List<String>> lists, Map<String, Map<String, Integer>> relevances, int length) {
        SortedMap<String, Double> scores = new TreeMap<>();
        relevances.forEach((koc, relevance) ->
                scores.put(koc, ndcg(first(length, lists.getOrDefault(koc, List.of())), relevance, length)));
        return scores;
    }

    /** Relevance by KOC that is scored and product; products without relevance are left out. */
    static SortedMap<String, Map<String, Integer>> relevances(
            List<Purchase> purchases, Map<String, Set<String>> pools, LocalDate cutoff, int minPoolSize) {
        Map<String, Set<String>> newProducts = firstPurchasesAfter(cutoff, purchases);
        SortedMap<String, Map<String, Integer>> relevances = new TreeMap<>();
        pools.forEach((koc, members) -> {
            Map<String, Integer> relevance = relevance(members, newProducts);
            if (members.size() >= minPoolSize && !relevance.isEmpty()) {
                relevances.put(koc, relevance);
            }
        });
        return relevances;
    }

    private static double ndcg(Collection<String> list, Map<String, Integer> relevance, int length) {
        List<Integer> ideal = relevance.values().stream()
                .sorted(Comparator.reverseOrder())
                .limit(length)
                .toList();
        return discountedGain(found(list, relevance)) / discountedGain(ideal);
    }

    private static List<Integer> found(Collection<String> list, Map<String, Integer> relevance) {
        return list.stream().map(product -> relevance.getOrDefault(product, 0)).toList();
    }

    /** Products by user: those they bought for the first time after the cutoff, and somebody before. */
    private static Map<String, Set<String>> firstPurchasesAfter(LocalDate cutoff, List<Purchase> purchases) {
        Set<String> known = purchases.stream()
                .filter(purchase -> !purchase.day().isAfter(cutoff))
                .map(Purchase::product)
                .collect(Collectors.toSet());
        Map<String, Map<String, LocalDate>> firstDays = new HashMap<>();
        for (Purchase purchase : purchases) {
            if (known.contains(purchase.product())) {
                firstDays
                        .computeIfAbsent(purchase.user(), any -> new HashMap<>())
                        .merge(
                                purchase.product(),
                                purchase.day(),
                                (left, right) -> left.isBefore(right) ? left : right);
            }
        }
        Map<String, Set<String>> later = new HashMap<>();
        firstDays.forEach((user, days) -> later.put(
                user,
                days.entrySet().stream()
                        .filter(first -> first.getValue().isAfter(cutoff))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())));
        return later;
    }

    private static Map<String, Integer> relevance(Set<String> pool, Map<String, Set<String>> newProducts) {
        Map<String, Integer> relevance = new HashMap<>();
        pool.forEach(user ->
                newProducts.getOrDefault(user, Set.of()).forEach(product -> relevance.merge(product, 1, Integer::sum)));
        return relevance;
    }

    /** A product that is listed twice counts once, at its first rank. */
    private static Collection<String> first(int length, List<String> list) {
        return new LinkedHashSet<>(list.subList(0, Math.min(length, list.size())));
    }

    private static double discountedGain(List<Integer> relevances) {
        double gain = 0;
        for (int i = 0; i < relevances.size(); i++) {
            gain += relevances.get(i) / (Math.log(i + 2.0) / Math.log(2));
        }
        return gain;
    }

    private static int sum(Collection<Integer> relevances) {
        return relevances.stream().mapToInt(Integer::intValue).sum();
    }
}
