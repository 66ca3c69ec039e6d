package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import koc.growth.GreedyReach.Pick;
import org.junit.jupiter.api.Test;

class GreedyReachTest {
    private static final double HALF = 0.5;

    @Test
    void eachPickAddsMostToThoseBeforeIt() {
        // The second largest pool lies within the largest; the third adds two of its own.
        long[][] pools = {bits(0, 1, 2, 3), bits(0, 1, 2), bits(3, 4, 5)};

        List<Pick> picks = GreedyReach.pick(pools, bits(), 6, 0, 3, 0, 0);

        assertThat(picks).extracting(Pick::candidate).containsExactly(0, 2);
        assertThat(picks).extracting(Pick::first).containsExactly(4L, 2L);
        assertThat(picks).extracting(Pick::total).containsExactly(4.0, 6.0);
    }

    @Test
    void aSecondKocForAUserCountsItsWeightAndAThirdNothing() {
        long[][] pools = {bits(0, 1), bits(0, 1), bits(0, 1)};

        List<Pick> picks = GreedyReach.pick(pools, bits(), 2, HALF, 3, 0, 0);

        assertThat(picks).extracting(Pick::gain).containsExactly(2.0, 1.0);
        assertThat(picks).extracting(Pick::second).containsExactly(0L, 2L);
    }

    @Test
    void usersWhomOneReachesAlreadyCountAsSecond() {
        List<Pick> picks = GreedyReach.pick(new long[][] {bits(0, 1), bits(2)}, bits(0, 1), 3, HALF, 2, 0, 0);

        assertThat(picks).extracting(Pick::candidate).containsExactly(0, 1);
        assertThat(picks).extracting(Pick::gain).containsExactly(1.0, 1.0);
        assertThat(picks).extracting(Pick::first).containsExactly(0L, 1L);
    }

    @Test
    void ofEqualCandidatesTheEarlierIsPicked() {
        List<Pick> picks = GreedyReach.pick(new long[][] {bits(1), bits(0)}, bits(), 2, 0, 1, 0, 0);

        assertThat(picks).extracting(Pick::candidate).containsExactly(0);
    }

    @Test
    void nobodyIsPickedWhoAddsNothing() {
        assertThat(GreedyReach.pick(new long[][] {}, bits(), 0, HALF, 3, 0, 0)).isEmpty();
        assertThat(GreedyReach.pick(new long[][] {bits(), bits()}, bits(), 1, HALF, 3, 0, 0))
                .isEmpty();
        assertThat(GreedyReach.pick(new long[][] {bits(0)}, bits(0), 1, 0, 3, 0, 0))
                .isEmpty();
    }

    @Test
    void thoseWhoWereNotComparedWidenTheBound() {
        long[][] pools = {bits(0, 1, 2, 3), bits(4, 5)};

        assertThat(GreedyReach.pick(pools, bits(), 6, 0, 2, 0, 0))
                .extracting(Pick::dataBound)
                .containsExactly(1.0, 1.0);
        // After the first pick, or before it, one left out may gain 2 and another 2: 4 + 2 at most with two KOCs.
        assertThat(GreedyReach.pick(pools, bits(), 6, 0, 2, 2, 3))
                .extracting(pick -> round(pick.dataBound()))
                .containsExactly(1.0, round(6.0 / 7));
    }

    @Test
    void theWorstCaseBoundFallsTowardsOneLessOneOverE() {
        assertThat(GreedyReach.bound(1)).isEqualTo(1);
        assertThat(GreedyReach.bound(2)).isEqualTo(.75);
        assertThat(GreedyReach.bound(1000)).isCloseTo(1 - 1 / Math.E, within(1e-3));
    }

    @Test
    void bothBoundsHoldAgainstEveryChoiceThereIs() {
        double worst = 1;
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int users = 4 + random.nextInt(66);
            int candidates = 2 + random.nextInt(8);
            double weight = random.nextInt(3) * HALF;
            double density = .05 + .4 * random.nextDouble();
            long[][] pools = new long[candidates][];
            for (int i = 0; i < candidates; i++) {
                pools[i] = randomBits(random, users, density);
            }
            long[] once = randomBits(random, users, .3);

            List<Pick> picks = GreedyReach.pick(pools, once, users, weight, 4, 0, 0);

            for (int k = 1; k <= picks.size(); k++) {
                double best = best(pools, once, users, weight, k);
                Pick pick = picks.get(k - 1);
                assertThat(pick.total()).as("seed %s", seed).isLessThanOrEqualTo(best + 1e-9);
                assertThat(best).as("seed %s", seed).isLessThanOrEqualTo(pick.maxPossible() + 1e-9);
                assertThat(pick.total() / best)
                        .as("seed %s", seed)
                        .isGreaterThanOrEqualTo(GreedyReach.bound(k) - 1e-9)
                        .isGreaterThanOrEqualTo(pick.dataBound() - 1e-9);
                worst = Math.min(worst, pick.total() / best);
            }
        }
        // Greedy is not the best everywhere, or the test would show nothing.
        assertThat(worst).isLessThan(1);
    }

    @Test
    void theBoundHoldsForKocsThatWereNotCompared() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[][] pools = new long[8][];
            for (int i = 0; i < pools.length; i++) {
                pools[i] = randomBits(random, 40, .2);
            }
            long[] once = bits();
            double maxLeftOut = 0;
            for (int i = 4; i < pools.length; i++) {
                maxLeftOut = Math.max(maxLeftOut, gain(pools, once, 40, HALF, 1 << i));
            }

            List<Pick> picks =
                    GreedyReach.pick(Arrays.copyOf(pools, 4), once, 40, HALF, 3, pools.length - 4, maxLeftOut);

            for (int k = 1; k <= picks.size(); k++) {
                assertThat(best(pools, once, 40, HALF, k))
                        .isLessThanOrEqualTo(picks.get(k - 1).maxPossible() + 1e-9);
            }
        }
    }

    /** The best gain of any k candidates, by trying all. */
    private static double best(long[][] pools, long[] once, int users, double weight, int k) {
        double best = 0;
        for (int choice = 0; choice < 1 << pools.length; choice++) {
            if (Integer.bitCount(choice) == k) {
                best = Math.max(best, gain(pools, once, users, weight, choice));
            }
        }
        return best;
    }

    /** Counted user by user, from the definition. */
    private static double gain(long[][] pools, long[] once, int users, double weight, int choice) {
        double gain = 0;
        for (int user = 0; user < users; user++) {
            int before = isSet(once, user) ? 1 : 0;
            int after = before;
            for (int i = 0; i < pools.length; i++) {
                after += (choice >> i & 1) == 1 && isSet(pools[i], user) ? 1 : 0;
            }
            gain += (before < 1 && after >= 1 ? 1 : 0) + (before < 2 && after >= 2 ? weight : 0);
        }
        return gain;
    }

    private static boolean isSet(long[] bits, int bit) {
        return (bits[bit >> 6] >> bit & 1) == 1;
    }

    private static long[] randomBits(SplittableRandom random, int users, double density) {
        long[] bits = new long[(users + 63) >> 6];
        for (int user = 0; user < users; user++) {
            if (random.nextDouble() < density) {
                bits[user >> 6] |= 1L << user;
            }
        }
        return bits;
    }

    private static long[] bits(int... users) {
        long[] bits = new long[1];
        for (int user : users) {
            bits[0] |= 1L << user;
        }
        return bits;
    }

    private static double round(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
