package koc.evaluation;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.evaluation.LandedData.Purchase;

/**
 * How much better the portraits of users predict what they buy later than the purchases of all users together do.
 *
 * <p>With n(p, c) purchases of c by the users of portrait p up to the cutoff, n(p) of all, and g(c) the fraction of c
 * in the purchases of everybody, a purchase of c by a user of p has the probability (n(p, c) + s g(c)) / (n(p) + s).
 * The gain is the mean of its logarithm less that of g(c), over the purchases after the cutoff: in nats a purchase, 0
 * when portraits say nothing. The smoothing s is the best of {@link #SMOOTHINGS}, chosen on the same purchases for
 * every assignment.
 *
 * <p>Example: half of all purchases are tea. Of the 80 purchases of a portrait 60 are tea. With s = 20 its users buy
 * tea with (60 + 20 x .5) / (80 + 20) = .7, so a later purchase of tea gains ln(.7 / .5) = .336 nats, and one of
 * coffee ln(.3 / .5) = -.511.
 *
 * <p>Users with fewer than {@value #MIN_PURCHASES} purchases up to the cutoff are left out on both sides. So are
 * later purchases of what none of the others bought up to the cutoff.
 *
 * @param nats mean gain a purchase
 * @param smoothing the smoothing that gave it
 * @param purchases purchases after the cutoff that it is a mean of
 */
record PortraitGain(double nats, int smoothing, int purchases) {
    /** Purchases up to the cutoff from which a user counts. */
    static final int MIN_PURCHASES = 5;

    /** Purchases that the fractions of everybody are worth in a portrait; the best counts. */
    static final List<Integer> SMOOTHINGS = List.of(20, 100, 500, 2_000, 10_000, 50_000);

    /** The portrait of users whom an assignment leaves out. */
    private static final String NO_PORTRAIT = "(none)";

    /**
     * Scores an assignment of users to portraits.
     *
     * @param portraits portrait by user; users without one form a portrait of their own
     * @param purchases of all users
     * @param target what is predicted of a purchase: its product, or the category of its product
     * @param cutoff last day from which is counted
     * @param lastDay last day that is predicted
     */
    static PortraitGain score(
            Map<String, String> portraits,
            List<Purchase> purchases,
            Function<Purchase, String> target,
            LocalDate cutoff,
            LocalDate lastDay) {
        Map<String, Long> active =
                before(cutoff, purchases).collect(Collectors.groupingBy(Purchase::user, Collectors.counting()));
        active.values().removeIf(count -> count < MIN_PURCHASES);
        Map<String, Integer> total = new TreeMap<>();
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        before(cutoff, purchases)
                .filter(purchase -> active.containsKey(purchase.user()))
                .forEach(purchase -> {
                    total.merge(target.apply(purchase), 1, Integer::sum);
                    counts.computeIfAbsent(portrait(portraits, purchase), any -> new HashMap<>())
                            .merge(target.apply(purchase), 1, Integer::sum);
                });
        List<Purchase> later = purchases.stream()
                .filter(purchase ->
                        purchase.day().isAfter(cutoff) && !purchase.day().isAfter(lastDay))
                .filter(purchase -> active.containsKey(purchase.user()) && total.containsKey(target.apply(purchase)))
                .toList();
        Map<String, Integer> sizes = new HashMap<>();
        counts.forEach((portrait, bought) -> sizes.put(portrait, sum(bought)));
        double all = sum(total);
        PortraitGain best = new PortraitGain(Double.NEGATIVE_INFINITY, 0, later.size());
        for (int smoothing : SMOOTHINGS) {
            double gain = 0;
            for (Purchase purchase : later) {
                String bought = target.apply(purchase);
                String portrait = portrait(portraits, purchase);
                int sameBought = counts.getOrDefault(portrait, Map.of()).getOrDefault(bought, 0);
                double fraction = total.getOrDefault(bought, 0) / all;
                double probability =
                        (sameBought + smoothing * fraction) / (sizes.getOrDefault(portrait, 0) + smoothing);
                gain += Math.log(probability / fraction);
            }
            if (gain / later.size() > best.nats) {
                best = new PortraitGain(gain / later.size(), smoothing, later.size());
            }
        }
        return best;
    }

    private static Stream<Purchase> before(LocalDate cutoff, List<Purchase> purchases) {
        return purchases.stream().filter(purchase -> !purchase.day().isAfter(cutoff));
    }

    private static String portrait(Map<String, String> portraits, Purchase purchase) {
        return portraits.getOrDefault(purchase.user(), NO_PORTRAIT);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
