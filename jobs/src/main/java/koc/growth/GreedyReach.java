package koc.growth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses, step by step, the KOC who adds most to the users already reached, and says how far from the best choice that
 * can be.
 *
 * <p>A set of KOCs gains 1 for a user it is the first to reach and {@code secondWeight} for a user it is the second to
 * reach. As long as a second KOC counts no more than the first, each KOC adds less the more are chosen (the gain is
 * submodular), and the greedy choice of k has at least 1 - (1 - 1/k)^k, and so 1 - 1/e = .632, of the best gain of k
 * (Nemhauser, Wolsey and Fisher 1978). Mostly it has far more: no choice of k can gain more than what any set gains plus
 * the k largest gains that are left beside it (Leskovec et al. 2007, Cost-effective outbreak detection in networks),
 * which the gains at hand tell. Worked: after a first pick that gains 10, with 6 and 4 left, two KOCs gain at most 10 + 6 +
 * 4 = 20; if the second pick then gains 6, its 16 are at least 80% of the best.
 *
 * <p>Every gain that is left is counted anew at each step, for the bound needs them all; on bitmaps that is cheap: 200
 * candidates x 20,000 users x 10 picks are 1.3 million words. Memory: candidates x users / 8 bytes.
 */
final class GreedyReach {
    private final long[][] pools;
    private final double secondWeight;
    private final boolean[] isChosen;
    /** Users whom nobody reaches, and users whom exactly one reaches. */
    private final long[] none;

    private final long[] once;

    private GreedyReach(long[][] pools, long[] once, int users, double secondWeight) {
        this.pools = pools;
        this.secondWeight = secondWeight;
        this.isChosen = new boolean[pools.length];
        this.once = once.clone();
        this.none = new long[once.length];
        for (int user = 0; user < users; user++) {
            none[user >> 6] |= 1L << user;
        }
        for (int word = 0; word < none.length; word++) {
            none[word] &= ~once[word];
        }
    }

    /**
     * A KOC that is chosen.
     *
     * @param candidate its place among the candidates
     * @param first users it is the first to reach
     * @param second users it is the second to reach
     * @param gain first + second weight x second
     * @param total gain of this pick and all before it
     * @param maxPossible no choice of as many KOCs gains more
     */
    record Pick(int candidate, long first, long second, double gain, double total, double maxPossible) {
        /** At least this share of the best gain, by the numbers at hand; 0..1. */
        double dataBound() {
            return Math.min(1, total / maxPossible);
        }
    }

    /** The share of the best gain of {@code picks} KOCs that greedy choice has in any case: 1 - (1 - 1/k)^k. */
    static double bound(int picks) {
        return 1 - Math.pow(1 - 1.0 / picks, picks);
    }

    /**
     * The best candidates in order; of equal ones the earlier. Ends early when nobody adds anything.
     *
     * @param pools for each candidate a bitmap of the users it reaches
     * @param once a bitmap of the users whom one KOC reaches already; users reached more often are in no bitmap
     * @param users number of users, the length of the bitmaps in bits
     * @param secondWeight 0..1
     * @param most picks at most
     * @param leftOut candidates that are not compared, and could be part of a better choice
     * @param maxLeftOut none of them gains more than this
     */
    static List<Pick> pick(
            long[][] pools, long[] once, int users, double secondWeight, int most, long leftOut, double maxLeftOut) {
        return new GreedyReach(pools, once, users, secondWeight).pick(most, leftOut, maxLeftOut);
    }

    private List<Pick> pick(int most, long leftOut, double maxLeftOut) {
        double[] maxPossible = new double[most + 1];
        Arrays.fill(maxPossible, Double.POSITIVE_INFINITY);
        List<Pick> picks = new ArrayList<>();
        double total = 0;
        double[] gains = new double[pools.length];
        while (picks.size() <= most) {
            int best = -1;
            for (int candidate = 0; candidate < pools.length; candidate++) {
                gains[candidate] = isChosen[candidate] ? 0 : gain(candidate);
                if (best < 0 || gains[candidate] > gains[best]) {
                    best = candidate;
                }
            }
            lower(maxPossible, total, gains, leftOut, maxLeftOut);
            if (picks.size() == most || best < 0 || gains[best] <= 0) {
                break;
            }
            long first = common(pools[best], none);
            long second = common(pools[best], once);
            total += gains[best];
            picks.add(new Pick(best, first, second, gains[best], total, 0));
            choose(best);
        }
        List<Pick> bounded = new ArrayList<>();
        for (Pick pick : picks) {
            bounded.add(new Pick(
                    pick.candidate(),
                    pick.first(),
                    pick.second(),
                    pick.gain(),
                    pick.total(),
                    maxPossible[bounded.size() + 1]));
        }
        return bounded;
    }

    /** Lowers what k KOCs can gain at most, for every k, to the total so far and the k largest gains that are left. */
    private static void lower(double[] maxPossible, double total, double[] gains, long leftOut, double maxLeftOut) {
        double[] sorted = gains.clone();
        Arrays.sort(sorted);
        double sum = total;
        int next = sorted.length - 1;
        long others = leftOut;
        for (int k = 1; k < maxPossible.length; k++) {
            double largest = next >= 0 ? sorted[next] : 0;
            if (others > 0 && maxLeftOut > largest) {
                sum += maxLeftOut;
                others--;
            } else {
                sum += largest;
                next--;
            }
            maxPossible[k] = Math.min(maxPossible[k], sum);
        }
    }

    private double gain(int candidate) {
        return common(pools[candidate], none) + secondWeight * common(pools[candidate], once);
    }

    private void choose(int candidate) {
        isChosen[candidate] = true;
        long[] pool = pools[candidate];
        for (int word = 0; word < none.length; word++) {
            long fresh = pool[word] & none[word];
            once[word] = (once[word] & ~pool[word]) | fresh;
            none[word] &= ~fresh;
        }
    }

    private static long common(long[] left, long[] right) {
        long bits = 0;
        for (int word = 0; word < left.length; word++) {
            bits += Long.bitCount(left[word] & right[word]);
        }
        return bits;
    }
}
