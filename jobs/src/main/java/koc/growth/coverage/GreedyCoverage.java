package koc.growth.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Selects KOCs one by one, each time the KOC with the largest gain, and bounds how far the selection is from the best
 * one.
 *
 * <p>A set of KOCs gains 1 for each user it is the first to reach, and {@code secondKocWeight} for each user it is
 * the second to reach. As long as that weight is at most 1, the gain is submodular: a KOC adds less the more KOCs are
 * selected. A greedy selection of k KOCs then has at least 1 - (1 - 1/k)^k of the best gain, and so at least 1 - 1/e
 * = .632 (Nemhauser, Wolsey and Fisher 1978).
 *
 * <p>The data give a tighter bound. No k KOCs gain more than the gain of any set plus the k largest gains that remain
 * after it (Leskovec et al. 2007, Cost-effective outbreak detection in networks). Worked: a first pick gains 10, and
 * the largest remaining gains are 6 and 4. Then two KOCs gain at most 10 + 6 + 4 = 20. If the second pick gains 6,
 * the total of 16 is at least 80% of the best.
 *
 * <p>Each step computes all remaining gains, because the bound needs them. On bitmaps this is cheap: 200 candidates x
 * 20,000 users x 10 picks read 1.3 million words. Memory: candidates x users / 8 bytes.
 */
public final class GreedyCoverage {
    private final long[][] pools;
    private final double secondKocWeight;
    private final boolean[] isSelected;
    /** Users whom no KOC reaches yet. */
    private final long[] unreached;
    /** Users whom exactly one KOC reaches. */
    private final long[] reachedOnce;

    private GreedyCoverage(long[][] pools, long[] reachedOnce, int users, double secondKocWeight) {
        this.pools = pools;
        this.secondKocWeight = secondKocWeight;
        this.isSelected = new boolean[pools.length];
        this.reachedOnce = reachedOnce.clone();
        this.unreached = new long[reachedOnce.length];
        for (int user = 0; user < users; user++) {
            unreached[user >> 6] |= 1L << user;
        }
        for (int word = 0; word < unreached.length; word++) {
            unreached[word] &= ~reachedOnce[word];
        }
    }

    /**
     * A selected KOC.
     *
     * @param candidate index of the KOC among the candidates
     * @param newUsers users whom the KOC is the first to reach
     * @param secondKocUsers users whom the KOC is the second to reach
     * @param gain newUsers + secondKocWeight x secondKocUsers
     * @param totalGain gain of this pick and all before it
     * @param maxTotalGain upper bound of the gain of any selection of as many KOCs
     */
    public record Pick(
            int candidate, long newUsers, long secondKocUsers, double gain, double totalGain, double maxTotalGain) {
        /** A lower bound of totalGain over the best possible gain, from the data; 0..1. */
        double dataBound() {
            return Math.min(1, totalGain / maxTotalGain);
        }
    }

    /**
     * Candidates that are not compared, but could be in a better selection.
     *
     * @param count how many there are
     * @param maxGain upper bound of the gain of each
     */
    public record Uncompared(long count, double maxGain) {
        static final Uncompared NONE = new Uncompared(0, 0);
    }

    /** A lower bound of the greedy gain over the best gain of so many picks, for all data: 1 - (1 - 1/k)^k. */
    public static double greedyBound(int picks) {
        return 1 - Math.pow(1 - 1.0 / picks, picks);
    }

    /**
     * The picks in order. Of candidates with equal gains, the first is picked. Selection stops early when no
     * candidate adds anything.
     *
     * @param pools per candidate, a bitmap of the users the candidate reaches
     * @param reachedOnce a bitmap of the users whom one active KOC reaches; users with two or more are in no bitmap
     * @param users number of users: the length of the bitmaps in bits
     * @param secondKocWeight 0..1
     */
    public static List<Pick> select(
            long[][] pools,
            long[] reachedOnce,
            int users,
            double secondKocWeight,
            int maxPicks,
            Uncompared uncompared) {
        return new GreedyCoverage(pools, reachedOnce, users, secondKocWeight).select(maxPicks, uncompared);
    }

    private List<Pick> select(int maxPicks, Uncompared uncompared) {
        double[] maxTotalGain = new double[maxPicks + 1];
        Arrays.fill(maxTotalGain, Double.POSITIVE_INFINITY);
        List<Pick> picks = new ArrayList<>();
        double totalGain = 0;
        while (picks.size() <= maxPicks) {
            double[] gains = remainingGains();
            tightenBounds(maxTotalGain, totalGain, gains, uncompared);
            int best = indexOfMax(gains);
            if (picks.size() == maxPicks || best < 0 || gains[best] <= 0) {
                break;
            }
            totalGain += gains[best];
            long newUsers = countCommon(pools[best], unreached);
            long secondKocUsers = countCommon(pools[best], reachedOnce);
            picks.add(new Pick(best, newUsers, secondKocUsers, gains[best], totalGain, 0));
            markSelected(best);
        }
        return withBounds(picks, maxTotalGain);
    }

    /** Every later step tightens the bounds of earlier picks, so that they are set at the end. */
    private static List<Pick> withBounds(List<Pick> picks, double[] maxTotalGain) {
        List<Pick> bounded = new ArrayList<>();
        for (Pick pick : picks) {
            double bound = maxTotalGain[bounded.size() + 1];
            bounded.add(new Pick(
                    pick.candidate(), pick.newUsers(), pick.secondKocUsers(), pick.gain(), pick.totalGain(), bound));
        }
        return bounded;
    }

    /** For each k, lowers the most that k KOCs can gain to the total so far plus the k largest remaining gains. */
    private static void tightenBounds(double[] maxTotalGain, double totalGain, double[] gains, Uncompared uncompared) {
        double[] sorted = gains.clone();
        Arrays.sort(sorted);
        double bound = totalGain;
        int next = sorted.length - 1;
        long uncomparedLeft = uncompared.count();
        for (int k = 1; k < maxTotalGain.length; k++) {
            double largest = next >= 0 ? sorted[next] : 0;
            if (uncomparedLeft > 0 && uncompared.maxGain() > largest) {
                bound += uncompared.maxGain();
                uncomparedLeft--;
            } else {
                bound += largest;
                next--;
            }
            maxTotalGain[k] = Math.min(maxTotalGain[k], bound);
        }
    }

    /** What each candidate would add now; 0 for selected ones. */
    private double[] remainingGains() {
        double[] gains = new double[pools.length];
        for (int candidate = 0; candidate < pools.length; candidate++) {
            gains[candidate] = isSelected[candidate]
                    ? 0
                    : countCommon(pools[candidate], unreached)
                            + secondKocWeight * countCommon(pools[candidate], reachedOnce);
        }
        return gains;
    }

    /** The first index of the largest value; -1 without values. */
    private static int indexOfMax(double[] values) {
        int best = values.length == 0 ? -1 : 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private void markSelected(int candidate) {
        isSelected[candidate] = true;
        long[] pool = pools[candidate];
        for (int word = 0; word < unreached.length; word++) {
            long newlyReached = pool[word] & unreached[word];
            reachedOnce[word] = (reachedOnce[word] & ~pool[word]) | newlyReached;
            unreached[word] &= ~newlyReached;
        }
    }

    /** The number of bits that are set in both bitmaps. */
    private static long countCommon(long[] first, long[] second) {
        long bits = 0;
        for (int word = 0; word < first.length; word++) {
            bits += Long.bitCount(first[word] & second[word]);
        }
        return bits;
    }
}
