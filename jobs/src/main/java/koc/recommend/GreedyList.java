package koc.recommend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.rules.Absent;

/**
 * Picks a KOC's list one product after the other, so that the list as a whole suits the pool.
 *
 * <ul>
 *   <li>mix: the list's buyers are to come from the pool's portraits in proportion (calibrated recommendations, Steck
 *       2018): each pick maximizes {@code (1 - w) x score / best score - w x KL(mix || list)}, where the list's
 *       distribution over portraits counts a place by 1 / log2(1 + place) and is mixed with .01 of the mix.
 *   <li>floor: every portrait with at least a share of the pool gets one product that is for it, that is, whose buyers
 *       come from it at least as much as the pool does (least misery, Masthoff 2004); the best such product takes the last
 *       place that nobody else's floor needs.
 *   <li>category cap: no more products of one category than a share of the list; products without a category are not
 *       capped.
 *   <li>new: no more new products than a number; when that is 0, none.
 * </ul>
 *
 * <p>Where nothing keeps to the floor or to the caps, the list is filled up by score.
 */
final class GreedyList {
    private static final double SMOOTHING = 0.01;

    private GreedyList() {}

    /**
     * A product that may be picked.
     *
     * @param number of the product
     * @param score above 0
     * @param category its path
     * @param isNew whether it was launched lately
     * @param buyers share of its buyers by place, summing to 1
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Candidate(int number, double score, String category, boolean isNew, double[] buyers) {}

    /**
     * A pick.
     *
     * @param number of the product
     * @param step what moved it up from a later place of the order by score; empty when nothing did
     */
    record Pick(int number, String step) {}

    /**
     * The list.
     *
     * @param candidates by score, highest first
     * @param mix shares of the pool by place
     */
    static List<Pick> pick(List<Candidate> candidates, double[] mix, int length, RerankSettings settings) {
        int most = settings.categoryCap().isOn()
                ? Math.max(1, (int) Math.ceil(settings.categoryCap().share() * length))
                : Integer.MAX_VALUE;
        List<Candidate> left = new ArrayList<>(candidates);
        if (settings.maxNew() == 0) {
            left.removeIf(candidate -> candidate.isNew());
        }
        List<Pick> picks = new ArrayList<>();
        List<Candidate> picked = new ArrayList<>();
        Map<String, Integer> ofCategory = new HashMap<>();
        int newPicked = 0;
        double[] served = new double[mix.length];
        double weights = 0;
        while (picks.size() < length && !left.isEmpty()) {
            boolean isFullOfNew = newPicked >= settings.maxNew();
            List<Integer> owed =
                    settings.floor().isOn() ? owed(picked, mix, settings.floor().share()) : List.of();
            owed = owed.stream()
                    .filter(place -> left.stream()
                            .anyMatch(candidate -> !(candidate.isNew() && isFullOfNew) && isFor(candidate, place, mix)))
                    .toList();
            List<Integer> places = owed;
            boolean isFloor = !owed.isEmpty() && length - picks.size() <= owed.size();
            double weight = Math.log(2) / Math.log(2 + picks.size());
            int best = -1;
            int first = -1;
            double bestValue = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < left.size(); i++) {
                Candidate candidate = left.get(i);
                if ((candidate.isNew() && isFullOfNew)
                        || ofCategory.getOrDefault(candidate.category(), 0) >= most
                        || (isFloor && places.stream().noneMatch(place -> isFor(candidate, place, mix)))) {
                    continue;
                }
                if (first < 0) {
                    first = i;
                }
                double value = settings.mix().isOn()
                        ? value(candidate, candidates.get(0).score(), served, weight, weights, mix, settings)
                        : candidate.score();
                if (value > bestValue) {
                    bestValue = value;
                    best = i;
                }
            }
            if (best < 0) {
                // Nothing that is left keeps to the floor, or to the caps: a full list is worth more than either.
                best = firstOf(left, !isFullOfNew);
                first = best;
            }
            boolean isBehindNew = left.get(0).isNew() && isFullOfNew;
            Candidate pick = left.remove(best);
            picks.add(new Pick(pick.number(), step(best, first, isFloor, isBehindNew)));
            picked.add(pick);
            newPicked += pick.isNew() ? 1 : 0;
            if (!pick.category().equals(Absent.NONE)) {
                ofCategory.merge(pick.category(), 1, Integer::sum);
            }
            weights += weight;
            for (int place = 0; place < mix.length; place++) {
                served[place] += weight * pick.buyers()[place];
            }
        }
        return picks;
    }

    /** The first by score, an established one where new ones are not wanted and there is any. */
    private static int firstOf(List<Candidate> left, boolean withNew) {
        for (int i = 0; i < left.size(); i++) {
            if (withNew || !left.get(i).isNew()) {
                return i;
            }
        }
        return 0;
    }

    private static String step(int best, int first, boolean isFloor, boolean isBehindNew) {
        if (best == 0) {
            return "";
        }
        if (isFloor) {
            return "floor";
        }
        if (best != first) {
            return "mix";
        }
        return isBehindNew ? "new" : "category_cap";
    }

    private static double value(
            Candidate candidate,
            double bestScore,
            double[] served,
            double weight,
            double weights,
            double[] mix,
            RerankSettings settings) {
        double divergence = 0;
        for (int place = 0; place < mix.length; place++) {
            if (mix[place] > 0) {
                double share = (served[place] + weight * candidate.buyers()[place]) / (weights + weight);
                divergence += mix[place] * Math.log(mix[place] / ((1 - SMOOTHING) * share + SMOOTHING * mix[place]));
            }
        }
        double strength = settings.mix().weight();
        return (1 - strength) * candidate.score() / bestScore - strength * divergence;
    }

    /** The portraits with a share of the pool that no picked product is for. */
    private static List<Integer> owed(List<Candidate> picked, double[] mix, double floor) {
        List<Integer> owed = new ArrayList<>();
        for (int place = 0; place < mix.length; place++) {
            int portrait = place;
            if (mix[place] >= floor && picked.stream().noneMatch(candidate -> isFor(candidate, portrait, mix))) {
                owed.add(place);
            }
        }
        return owed;
    }

    private static boolean isFor(Candidate candidate, int place, double[] mix) {
        return candidate.buyers()[place] >= mix[place];
    }
}
