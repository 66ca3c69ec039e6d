package koc.portraits.transitions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import koc.portraits.PortraitSettings.TransitionLimits;
import koc.portraits.transitions.ClusterTransitions.Match;
import koc.portraits.transitions.ClusterTransitions.Overlap;
import koc.portraits.transitions.ClusterTransitions.Transition;

/**
 * Matches the portraits of a new model to those of the old one by the users they have in common, in this order:
 *
 * <ol>
 *   <li>Merged: the new portrait contains at least the survival threshold of each of several old ones, and these make up at
 *       least the split threshold of the new one. Small old portraits take no part: those that bring fewer users than the
 *       split threshold times the users that the largest brings.
 *   <li>Survived: among the remaining portraits, optimal assignment on Jaccard overlap makes pairs. A pair counts when the
 *       new portrait contains at least the survival threshold of the old one, and the old one makes up at least the split
 *       threshold of the new one.
 *   <li>Split: several new portraits each contain at least the split threshold of the old one, and together the survival
 *       threshold. Those that merged or survived are not its parts, nor are those that have more users in common with
 *       another old portrait.
 * </ol>
 *
 * <p>Worked, with thresholds .7 and .3: an old portrait has 100 users; 60 are now in x, 35 in y and 5 in z. It has split
 * into x and y.
 */
public final class ClusterMatching {
    private final List<String> oldIds;
    private final List<String> newIds;
    private final TransitionLimits limits;
    /** Users who are in the same old portrait as on the day of its fit, by old portrait and new portrait. */
    private final double[][] stableUsers;

    private final double[] oldSizes;
    private final double[] newSizes;
    /** The same users as a fraction of the old portrait. */
    private final double[][] fractions;

    private final List<Match> matches = new ArrayList<>();
    private final boolean[] isOldMatched;
    /** Whether a new portrait has merged or survived. */
    private final boolean[] isSettled;
    /** Whether a new portrait continues any old one. */
    private final boolean[] isNewMatched;

    private ClusterMatching(List<String> oldIds, List<String> newIds, List<Overlap> overlaps, TransitionLimits limits) {
        this.oldIds = oldIds;
        this.newIds = newIds;
        this.limits = limits;
        this.stableUsers = new double[oldIds.size()][newIds.size()];
        this.newSizes = new double[newIds.size()];
        for (Overlap overlap : overlaps) {
            int n = newIds.indexOf(overlap.newId());
            newSizes[n] += overlap.users();
            stableUsers[oldIds.indexOf(overlap.oldId())][n] += overlap.stableUsers();
        }
        this.oldSizes = Arrays.stream(stableUsers)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        this.fractions = new double[oldIds.size()][newIds.size()];
        for (int o = 0; o < oldIds.size(); o++) {
            for (int n = 0; n < newIds.size(); n++) {
                fractions[o][n] = oldSizes[o] == 0 ? 0 : stableUsers[o][n] / oldSizes[o];
            }
        }
        this.isOldMatched = new boolean[oldIds.size()];
        this.isSettled = new boolean[newIds.size()];
        this.isNewMatched = new boolean[newIds.size()];
    }

    /** The transitions from the old portraits to the new ones, with the provisional ids of the new model. */
    public static ClusterTransitions match(
            List<String> oldIds, List<String> newIds, List<Overlap> overlaps, TransitionLimits limits) {
        ClusterMatching matching = new ClusterMatching(oldIds, newIds, overlaps, limits);
        matching.findMerged();
        matching.findSurvived();
        matching.findSplit();
        return new ClusterTransitions(
                List.copyOf(matching.matches),
                unmatched(newIds, matching.isNewMatched),
                unmatched(oldIds, matching.isOldMatched));
    }

    private void findMerged() {
        for (int n = 0; n < newIds.size(); n++) {
            int into = n;
            double largest = Arrays.stream(stableUsers)
                    .mapToDouble(row -> row[into])
                    .max()
                    .orElse(0);
            int[] sources = IntStream.range(0, oldIds.size())
                    .filter(o -> fractions[o][into] >= limits.survivalThreshold())
                    .filter(o -> stableUsers[o][into] >= limits.splitThreshold() * largest)
                    .toArray();
            double users = Arrays.stream(sources)
                    .mapToDouble(o -> stableUsers[o][into])
                    .sum();
            if (sources.length > 1 && users >= limits.splitThreshold() * newSizes[n]) {
                for (int o : sources) {
                    add(o, n, Transition.MERGED);
                }
                isSettled[n] = true;
            }
        }
    }

    private void findSurvived() {
        double[][] overlaps = new double[oldIds.size()][newIds.size()];
        for (int o = 0; o < oldIds.size(); o++) {
            for (int n = 0; n < newIds.size(); n++) {
                double union = oldSizes[o] + newSizes[n] - stableUsers[o][n];
                overlaps[o][n] = isOldMatched[o] || isSettled[n] || union == 0 ? 0 : stableUsers[o][n] / union;
            }
        }
        int[] assigned = OptimalAssignment.columns(overlaps);
        for (int o = 0; o < oldIds.size(); o++) {
            int n = assigned[o];
            if (n >= 0
                    && overlaps[o][n] > 0
                    && fractions[o][n] >= limits.survivalThreshold()
                    && stableUsers[o][n] >= limits.splitThreshold() * newSizes[n]) {
                add(o, n, Transition.SURVIVED);
                isSettled[n] = true;
            }
        }
    }

    private void findSplit() {
        for (int o = 0; o < oldIds.size(); o++) {
            int old = o;
            int[] parts = IntStream.range(0, newIds.size())
                    .filter(n -> fractions[old][n] >= limits.splitThreshold())
                    .toArray();
            double together =
                    Arrays.stream(parts).mapToDouble(n -> fractions[old][n]).sum();
            if (isOldMatched[o] || parts.length < 2 || together < limits.survivalThreshold()) {
                continue;
            }
            for (int n : parts) {
                if (!isSettled[n] && Arrays.stream(stableUsers).noneMatch(row -> row[n] > stableUsers[old][n])) {
                    add(o, n, Transition.SPLIT);
                }
            }
        }
    }

    private void add(int o, int n, Transition transition) {
        matches.add(new Match(oldIds.get(o), newIds.get(n), transition, fractions[o][n]));
        isOldMatched[o] = true;
        isNewMatched[n] = true;
    }

    private static List<String> unmatched(List<String> portraitIds, boolean[] isMatched) {
        return IntStream.range(0, portraitIds.size())
                .filter(i -> !isMatched[i])
                .mapToObj(portraitIds::get)
                .toList();
    }
}
