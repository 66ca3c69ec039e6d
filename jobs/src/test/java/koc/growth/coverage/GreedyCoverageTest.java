package koc.growth.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import koc.growth.coverage.GreedyCoverage.Pick;
import koc.growth.coverage.GreedyCoverage.Uncompared;
import org.junit.jupiter.api.Test;

class GreedyCoverageTest {
    private static final double HALF = 0.5;

    @Test
    void eachPickHasTheLargestGainAfterTheEarlierPicks() {
        // The second pool lies within the first; the third adds users 4 and 5.
        long[][] pools = {bits(0, 1, 2, 3), bits(0, 1, 2), bits(3, 4, 5)};

        List<Pick> picks = GreedyCoverage.select(pools, bits(), 6, 0, 3, Uncompared.NONE);

        assertThat(picks).extracting(Pick::candidate).containsExactly(0, 2);
        assertThat(picks).extracting(Pick::newUsers).containsExactly(4L, 2L);
        assertThat(picks).extracting(Pick::totalGain).containsExactly(4.0, 6.0);
    }

    @Test
    void aSecondKocForAUserCountsTheWeightAndAThirdNothing() {
        long[][] pools = {bits(0, 1), bits(0, 1), bits(0, 1)};

        List<Pick> picks = GreedyCoverage.select(pools, bits(), 2, HALF, 3, Uncompared.NONE);

        assertThat(picks).extracting(Pick::gain).containsExactly(2.0, 1.0);
        assertThat(picks).extracting(Pick::secondKocUsers).containsExactly(0L, 2L);
    }

    @Test
    void aUserWhomOneKocReachesAlreadyCountsAsSecond() {
        List<Pick> picks =
                GreedyCoverage.select(new long[][] {bits(0, 1), bits(2)}, bits(0, 1), 3, HALF, 2, Uncompared.NONE);

        assertThat(picks).extracting(Pick::candidate).containsExactly(0, 1);
        assertThat(picks).extracting(Pick::gain).containsExactly(1.0, 1.0);
        assertThat(picks).extracting(Pick::newUsers).containsExactly(0L, 1L);
    }

    @Test
    void ofCandidatesWithEqualGainsTheFirstIsPicked() {
        List<Pick> picks = GreedyCoverage.select(new long[][] {bits(1), bits(0)}, bits(), 2, 0, 1, Uncompared.NONE);

        assertThat(picks).extracting(Pick::candidate).containsExactly(0);
    }

    @Test
    void candidatesWithoutGainAreNotPicked() {
        assertThat(GreedyCoverage.select(new long[][] {}, bits(), 0, HALF, 3, Uncompared.NONE))
                .isEmpty();
        assertThat(GreedyCoverage.select(new long[][] {bits(), bits()}, bits(), 1, HALF, 3, Uncompared.NONE))
                .isEmpty();
        assertThat(GreedyCoverage.select(new long[][] {bits(0)}, bits(0), 1, 0, 3, Uncompared.NONE))
                .isEmpty();
    }

    @Test
    void uncomparedCandidatesLowerTheDataBound() {
        long[][] pools = {bits(0, 1, 2, 3), bits(4, 5)};

        assertThat(GreedyCoverage.select(pools, bits(), 6, 0, 2, Uncompared.NONE))
                .extracting(Pick::dataBound)
                .containsExactly(1.0, 1.0);
        // With two uncompared candidates that gain up to 3, two KOCs gain at most 4 + 3 = 7.
        assertThat(GreedyCoverage.select(pools, bits(), 6, 0, 2, new Uncompared(2, 3)))
                .extracting(pick -> round(pick.dataBound()))
                .containsExactly(1.0, round(6.0 / 7));
    }

    @Test
    void theGreedyBoundFallsTowardsOneLessOneOverE() {
        assertThat(GreedyCoverage.greedyBound(1)).isEqualTo(1);
        assertThat(GreedyCoverage.greedyBound(2)).isEqualTo(.75);
        assertThat(GreedyCoverage.greedyBound(1000)).isCloseTo(1 - 1 / Math.E, within(1e-3));
    }

    @Test
    void bothBoundsHoldAgainstTheBestOfAllSelections() {
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
            long[] reachedOnce = randomBits(random, users, .3);

            List<Pick> picks = GreedyCoverage.select(pools, reachedOnce, users, weight, 4, Uncompared.NONE);

            for (int k = 1; k <= picks.size(); k++) {
                double best = best(pools, reachedOnce, users, weight, k);
                Pick pick = picks.get(k - 1);
                assertThat(pick.totalGain()).as("seed %s", seed).isLessThanOrEqualTo(best + 1e-9);
                assertThat(best).as("seed %s", seed).isLessThanOrEqualTo(pick.maxTotalGain() + 1e-9);
                assertThat(pick.totalGain() / best)
                        .as("seed %s", seed)
                        .isGreaterThanOrEqualTo(GreedyCoverage.greedyBound(k) - 1e-9)
                        .isGreaterThanOrEqualTo(pick.dataBound() - 1e-9);
                worst = Math.min(worst, pick.totalGain() / best);
            }
        }
        // Greedy is not always the best, so that the bounds are tested.
        assertThat(worst).isLessThan(1);
    }

    @Test
    void theDataBoundHoldsWithUncomparedCandidates() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[][] pools = new long[8][];
            for (int i = 0; i < pools.length; i++) {
                pools[i] = randomBits(random, 40, .2);
            }
            long[] reachedOnce = bits();
            double maxUncomparedGain = 0;
            for (int i = 4; i < pools.length; i++) {
                maxUncomparedGain = Math.max(maxUncomparedGain, gain(pools, reachedOnce, 40, HALF, 1 << i));
            }

            Uncompared uncompared = new Uncompared(pools.length - 4, maxUncomparedGain);
            List<Pick> picks = GreedyCoverage.select(Arrays.copyOf(pools, 4), reachedOnce, 40, HALF, 3, uncompared);

            for (int k = 1; k <= picks.size(); k++) {
                assertThat(best(pools, reachedOnce, 40, HALF, k))
                        .isLessThanOrEqualTo(picks.get(k - 1).maxTotalGain() + 1e-9);
            }
        }
    }

    /** The best gain of any k candidates, found by trying all. */
    private static double best(long[][] pools, long[] reachedOnce, int users, double weight, int k) {
        double best = 0;
        for (int selection = 0; selection < 1 << pools.length; selection++) {
            if (Integer.bitCount(selection) == k) {
                best = Math.max(best, gain(pools, reachedOnce, users, weight, selection));
            }
        }
        return best;
    }

    /** The gain of a selection, counted user by user as defined. */
    private static double gain(long[][] pools, long[] reachedOnce, int users, double weight, int selection) {
        double gain = 0;
        for (int user = 0; user < users; user++) {
            int before = isSet(reachedOnce, user) ? 1 : 0;
            int after = before;
            for (int i = 0; i < pools.length; i++) {
                after += (selection >> i & 1) == 1 && isSet(pools[i], user) ? 1 : 0;
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
