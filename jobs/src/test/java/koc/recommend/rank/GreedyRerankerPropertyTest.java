package koc.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import koc.config.Configuration;
import koc.recommend.RerankSettings;
import koc.recommend.rank.GreedyReranker.Candidate;
import koc.recommend.rank.GreedyReranker.Pick;
import koc.rules.Absent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What every re-ranked list has in common, whatever the candidates, the pool and the settings. */
class GreedyRerankerPropertyTest {
    private static final int PORTRAITS = 3;
    private static final RerankSettings DEFAULTS = RerankSettings.from(Configuration.load(null, List.of()));

    @Property(tries = 500, seed = "1701")
    void aListConsistsOfDifferentCandidatesAndIsAsLongAsTheyAllow(
            @ForAll("problems") Problem problem, @ForAll boolean hasFloor) {
        List<Pick> picks = problem.pick(hasFloor);

        List<Integer> allowed = problem.candidates().stream()
                .filter(candidate -> problem.maxNew() > 0 || !candidate.isNew())
                .map(Candidate::number)
                .toList();
        assertThat(picks).extracting(Pick::number).doesNotHaveDuplicates().isSubsetOf(allowed);
        assertThat(picks).hasSize(Math.min(problem.length(), allowed.size()));
    }

    /** More new products than the maximum are picked only when no established one is left. */
    @Property(tries = 500, seed = "1702")
    void newProductsStayBelowTheirMaximumWhileThereAreOthers(
            @ForAll("problems") Problem problem, @ForAll boolean hasFloor) {
        List<Candidate> picked = problem.candidatesOf(problem.pick(hasFloor));

        long newPicked = picked.stream().filter(Candidate::isNew).count();
        long established = problem.candidates().stream()
                .filter(candidate -> !candidate.isNew())
                .count();
        assertThat(newPicked).isLessThanOrEqualTo(Math.max(problem.maxNew(), problem.length() - established));
    }

    /**
     * A pick breaks a cap only when every remaining candidate would. The floor is off, because a pick that is due to a
     * portrait may break the category cap for it.
     */
    @Property(tries = 500, seed = "1703")
    void capsHoldWhileACandidateMeetsThem(@ForAll("problems") Problem problem) {
        List<Candidate> remaining = new ArrayList<>(problem.candidates());
        Map<String, Integer> pickedByCategory = new HashMap<>();
        int newPicked = 0;
        for (Candidate pick : problem.candidatesOf(problem.pick(false))) {
            boolean isNewFull = newPicked >= problem.maxNew();
            Predicate<Candidate> meetsCaps = candidate -> !(candidate.isNew() && isNewFull)
                    && pickedByCategory.getOrDefault(candidate.category(), 0) < problem.maxOfCategory();
            if (remaining.stream().anyMatch(meetsCaps)) {
                assertThat(pick).matches(meetsCaps, "meets the caps");
            }
            remaining.remove(pick);
            newPicked += pick.isNew() ? 1 : 0;
            if (!pick.category().equals(Absent.NONE)) {
                pickedByCategory.merge(pick.category(), 1, Integer::sum);
            }
        }
    }

    @Provide
    Arbitrary<Problem> problems() {
        Arbitrary<List<Candidate>> candidates = Combinators.combine(
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.of("toys", "books", "pens", Absent.NONE),
                        Arbitraries.of(true, false, false),
                        fractions())
                .as((score, category, isNew, buyers) -> new Candidate(0, score, category, isNew, true, buyers))
                .list()
                .ofMaxSize(25)
                .map(GreedyRerankerPropertyTest::numbered);
        return Combinators.combine(
                        candidates,
                        fractions(),
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(0.1, 0.3, 0.5, 1.0),
                        Arbitraries.of(0.0, 0.3, 0.9))
                .as(Problem::new);
    }

    /** Fractions by portrait, which sum to 1. */
    private static Arbitrary<double[]> fractions() {
        return Arbitraries.integers().between(0, 9).list().ofSize(PORTRAITS).map(weights -> {
            double total = weights.stream().mapToInt(weight -> weight + 1).sum();
            return weights.stream().mapToDouble(weight -> (weight + 1) / total).toArray();
        });
    }

    /** By score, highest first, and numbered in that order. */
    private static List<Candidate> numbered(List<Candidate> candidates) {
        List<Candidate> sorted = candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::score).reversed())
                .toList();
        List<Candidate> numbered = new ArrayList<>();
        for (Candidate candidate : sorted) {
            numbered.add(new Candidate(
                    numbered.size(),
                    candidate.score(),
                    candidate.category(),
                    candidate.isNew(),
                    true,
                    candidate.fractions()));
        }
        return numbered;
    }

    /** The candidates and the pool of one KOC, and the settings of the list. */
    @SuppressWarnings("ArrayRecordComponent")
    record Problem(
            List<Candidate> candidates, double[] mix, int length, int maxNew, double maxFraction, double mixWeight) {
        List<Pick> pick(boolean hasFloor) {
            RerankSettings settings = new RerankSettings(
                    DEFAULTS.stock(),
                    DEFAULTS.campaigns(),
                    DEFAULTS.depth(),
                    new RerankSettings.Mix(mixWeight > 0, mixWeight),
                    new RerankSettings.Floor(hasFloor, 0.2),
                    new RerankSettings.CategoryCap(true, maxFraction),
                    DEFAULTS.overlapPenalty(),
                    maxNew,
                    DEFAULTS.notReady());
            return GreedyReranker.pickList(candidates, mix, length, settings);
        }

        int maxOfCategory() {
            return Math.max(1, (int) Math.ceil(maxFraction * length));
        }

        List<Candidate> candidatesOf(List<Pick> picks) {
            Map<Integer, Candidate> byNumber =
                    candidates.stream().collect(Collectors.toMap(Candidate::number, Function.identity()));
            return picks.stream().map(pick -> byNumber.get(pick.number())).toList();
        }

        @Override
        public String toString() {
            return candidates + " for " + Arrays.toString(mix) + ", length " + length + ", new " + maxNew
                    + ", category " + maxFraction + ", mix " + mixWeight;
        }
    }
}
