package koc.recommend.rank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koc.recommend.NotReadyPolicy;
import koc.recommend.RerankSettings;
import koc.rules.Absent;
import org.jspecify.annotations.Nullable;

/**
 * Picks the products of one KOC's list one by one, so that the whole list suits the pool.
 *
 * <ul>
 *   <li>mix: the buyers of the list come from the portraits in proportion to the pool (Steck 2018).
 *       Each pick maximizes {@code (1 - w) x score / best score - w x KL(mix || list)}. The list's distribution over
 *       portraits weighs position p by 1 / log2(1 + p), and is smoothed with .01 of the mix.
 *   <li>floor: each portrait with at least {@code min-pool-fraction} of the pool gets a product of its own: one whose
 *       buyers come from the portrait at least in proportion to the pool (least misery, Masthoff 2004). When
 *       the positions left are no more than the large portraits still without a product, each position goes to the best
 *       product that serves one of them.
 *   <li>category cap: one category fills at most {@code max-fraction} of the list. A product group stands in for a
 *       category; products with neither are not capped.
 *   <li>new_products: at most {@code max-per-list} new products. With 0 the list has none.
 *   <li>readiness: with {@code not-ready = rank-after}, products that the KOC is not ready for follow the ready
 *       products that the caps allow. Ready products that a cap forbids come after both.
 * </ul>
 *
 * <p>The floor never breaks a cap. When the caps forbid all remaining products, the category cap gives way first: the
 * best product by score is picked that the cap on new products allows. When only new products remain, that cap gives
 * way too, except {@code max-per-list = 0}.
 */
public final class GreedyReranker {
    private static final double SMOOTHING = 0.01;

    private final double[] mix;
    private final int length;
    private final RerankSettings settings;
    private final double bestScore;
    private final int maxOfCategory;

    private List<Candidate> remaining;
    /** Candidates that the KOC is not ready for. They are picked when the caps allow no other. */
    private List<Candidate> notReady;

    private final List<Candidate> picked = new ArrayList<>();
    private final List<Pick> picks = new ArrayList<>();
    private final Map<String, Integer> pickedByCategory = new HashMap<>();
    private int newPicked;
    /** The list's distribution over portraits, times the sum of its position weights. */
    private final double[] pickedFractions;

    private double positionWeights;

    private GreedyReranker(List<Candidate> candidates, double[] mix, int length, RerankSettings settings) {
        this.mix = mix;
        this.length = length;
        this.settings = settings;
        this.bestScore = candidates.isEmpty() ? 1 : candidates.get(0).score();
        this.maxOfCategory = settings.categoryCap().isOn()
                ? Math.max(1, (int) Math.ceil(settings.categoryCap().maxFraction() * length))
                : Integer.MAX_VALUE;
        Map<Boolean, List<Candidate>> byTurn = candidates.stream()
                .filter(candidate -> settings.maxNew() > 0 || !candidate.isNew())
                .collect(Collectors.partitioningBy(
                        candidate -> candidate.isReady() || settings.notReady() != NotReadyPolicy.RANK_AFTER,
                        Collectors.toCollection(ArrayList::new)));
        this.remaining = byTurn.getOrDefault(true, List.of());
        this.notReady = byTurn.getOrDefault(false, List.of());
        this.pickedFractions = new double[mix.length];
    }

    /**
     * A product that may be picked.
     *
     * @param number of the product
     * @param score above 0
     * @param category its path
     * @param isNew whether it is a new product
     * @param isReady whether the KOC is ready for it
     * @param fractions fractions of its buyers by portrait, which sum to 1
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Candidate(
            int number, double score, String category, boolean isNew, boolean isReady, double[] fractions) {}

    /**
     * A position of the list.
     *
     * @param number of the product
     * @param step the step that promoted it before a product of higher score; empty when none did
     */
    public record Pick(int number, String step) {}

    /** The best remaining candidate, and the first one by score that the caps and the floor allow; -1 for none. */
    private record Choice(int best, int firstAllowed) {}

    /**
     * Picks the list.
     *
     * @param candidates by score, highest first
     * @param mix fractions of the pool by portrait
     */
    public static List<Pick> pickList(List<Candidate> candidates, double[] mix, int length, RerankSettings settings) {
        GreedyReranker reranker = new GreedyReranker(candidates, mix, length, settings);
        reranker.pickRemaining();
        List<Candidate> leftOver = reranker.remaining;
        reranker.remaining = reranker.notReady;
        reranker.notReady = List.of();
        reranker.pickRemaining();
        reranker.remaining = leftOver;
        reranker.pickRemaining();
        return reranker.picks;
    }

    /** Picks until the list is full. While not-ready candidates wait, it stops instead of breaking a cap. */
    private void pickRemaining() {
        while (picks.size() < length && !remaining.isEmpty() && (notReady.isEmpty() || isAnyAllowed())) {
            pickNext();
        }
    }

    private boolean isAnyAllowed() {
        boolean isNewFull = newPicked >= settings.maxNew();
        return remaining.stream().anyMatch(candidate -> isAllowed(candidate, isNewFull));
    }

    private void pickNext() {
        boolean isNewFull = newPicked >= settings.maxNew();
        List<Integer> unserved = settings.floor().isOn() ? unservedPortraits(isNewFull) : List.of();
        boolean isFloorBinding = !unserved.isEmpty() && length - picks.size() <= unserved.size();
        Choice choice = choose(isNewFull, isFloorBinding ? unserved : null);
        if (choice.best() < 0) {
            // The caps forbid every remaining product. A full list is worth more than a cap: the category cap gives way
            // first, and the cap on new products when only new ones remain.
            int first = firstByScore(!isNewFull);
            choice = new Choice(first, first);
        }
        boolean isNewSkipped = remaining.get(0).isNew() && isNewFull;
        double weight = positionWeight();
        Candidate candidate = remaining.remove(choice.best());
        String step = step(choice, isFloorBinding, isNewSkipped);
        boolean outranksBetterNotReady = !notReady.isEmpty() && notReady.get(0).score() > candidate.score();
        picks.add(new Pick(candidate.number(), step.isEmpty() && outranksBetterNotReady ? "readiness" : step));
        picked.add(candidate);
        newPicked += candidate.isNew() ? 1 : 0;
        if (!candidate.category().equals(Absent.NONE)) {
            pickedByCategory.merge(candidate.category(), 1, Integer::sum);
        }
        positionWeights += weight;
        for (int index = 0; index < mix.length; index++) {
            pickedFractions[index] += weight * candidate.fractions()[index];
        }
    }

    /** @param floorPortraits the pick must serve one of these portraits; null when any pick is allowed */
    private Choice choose(boolean isNewFull, @Nullable List<Integer> floorPortraits) {
        double weight = positionWeight();
        int best = -1;
        int first = -1;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < remaining.size(); i++) {
            Candidate candidate = remaining.get(i);
            if (!isAllowed(candidate, isNewFull)
                    || (floorPortraits != null
                            && floorPortraits.stream().noneMatch(index -> serves(candidate, index)))) {
                continue;
            }
            if (first < 0) {
                first = i;
            }
            double value = settings.mix().isOn() ? value(candidate, weight) : candidate.score();
            if (value > bestValue) {
                bestValue = value;
                best = i;
            }
        }
        return new Choice(best, first);
    }

    /** The first candidate by score; an established one when there is any and new ones are not allowed. */
    private int firstByScore(boolean isNewAllowed) {
        for (int i = 0; i < remaining.size(); i++) {
            if (isNewAllowed || !remaining.get(i).isNew()) {
                return i;
            }
        }
        return 0;
    }

    private static String step(Choice choice, boolean isFloorBinding, boolean isNewSkipped) {
        if (choice.best() == 0) {
            return "";
        }
        if (isFloorBinding) {
            return "floor";
        }
        if (choice.best() != choice.firstAllowed()) {
            return "mix";
        }
        return isNewSkipped ? "new_products" : "category_cap";
    }

    /** The value of a candidate for the next position: its score, less the divergence of the list from the mix. */
    private double value(Candidate candidate, double weight) {
        double divergence = 0;
        for (int index = 0; index < mix.length; index++) {
            if (mix[index] > 0) {
                double fraction =
                        (pickedFractions[index] + weight * candidate.fractions()[index]) / (positionWeights + weight);
                divergence += mix[index] * Math.log(mix[index] / ((1 - SMOOTHING) * fraction + SMOOTHING * mix[index]));
            }
        }
        double mixWeight = settings.mix().weight();
        return (1 - mixWeight) * candidate.score() / bestScore - mixWeight * divergence;
    }

    /** The large portraits that no pick serves yet and that an allowed candidate would serve. */
    private List<Integer> unservedPortraits(boolean isNewFull) {
        List<Integer> unserved = new ArrayList<>();
        for (int i = 0; i < mix.length; i++) {
            int index = i;
            if (mix[index] >= settings.floor().minPoolFraction()
                    && picked.stream().noneMatch(candidate -> serves(candidate, index))
                    && remaining.stream()
                            .anyMatch(candidate -> isAllowed(candidate, isNewFull) && serves(candidate, index))) {
                unserved.add(index);
            }
        }
        return unserved;
    }

    /** Whether the caps on new products and on categories allow the candidate. */
    private boolean isAllowed(Candidate candidate, boolean isNewFull) {
        return !(candidate.isNew() && isNewFull)
                && pickedByCategory.getOrDefault(candidate.category(), 0) < maxOfCategory;
    }

    /** The weight of the next position p: 1 / log2(1 + p). */
    private double positionWeight() {
        return Math.log(2) / Math.log(2 + picks.size());
    }

    private boolean serves(Candidate candidate, int index) {
        return candidate.fractions()[index] >= mix[index];
    }
}
