package koc.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import koc.config.Configuration;
import koc.recommend.RerankSettings;
import koc.recommend.rank.GreedyReranker.Candidate;
import koc.recommend.rank.GreedyReranker.Pick;
import org.junit.jupiter.api.Test;

class GreedyRerankerTest {
    private static final double[] MIX = {0.5, 0.5};
    /** Four products for the first portrait, by score, and one worse for the second. */
    private static final List<Candidate> CANDIDATES = List.of(
            candidate(1, 10, "toys", 0.9),
            candidate(2, 9, "toys", 0.9),
            candidate(3, 8, "toys", 0.9),
            candidate(4, 7, "books", 0.9),
            candidate(5, 1, "pens", 0.1));

    @Test
    void withoutStepsTheListIsByScore() {
        assertThat(numbers(steps(), 3)).containsExactly(1, 2, 3);
    }

    @Test
    void theListFollowsTheMixByItsWeight() {
        assertThat(numbers(steps("mix.weight=0.01"), 2)).containsExactly(1, 2);
        assertThat(numbers(steps("mix.weight=0.9"), 2)).containsExactly(1, 5);
    }

    @Test
    void onlyALargePortraitIsGuaranteedAProduct() {
        assertThat(numbers(steps("floor.min-pool-fraction=0.5"), 3)).containsExactly(1, 2, 5);
        assertThat(numbers(steps("floor.min-pool-fraction=0.6"), 3)).containsExactly(1, 2, 3);
    }

    @Test
    void withoutAProductForAPortraitTheListIsByScore() {
        assertThat(GreedyReranker.pickList(CANDIDATES.subList(0, 4), MIX, 3, steps("floor.min-pool-fraction=0.5")))
                .extracting(Pick::number)
                .containsExactly(1, 2, 3);
    }

    @Test
    void aCategoryFillsAtMostItsFraction() {
        List<Pick> picks = GreedyReranker.pickList(CANDIDATES, MIX, 4, steps("category-cap.max-fraction=0.5"));

        assertThat(picks).extracting(Pick::number).containsExactly(1, 2, 4, 5);
        assertThat(picks).extracting(Pick::step).containsExactly("", "", "category_cap", "category_cap");
    }

    @Test
    void newProductsNeverFillTheList() {
        List<Candidate> candidates =
                List.of(launched(1, 9), launched(2, 8), launched(3, 7), candidate(4, 2, "pens", 0.5), launched(5, 1));

        assertThat(GreedyReranker.pickList(candidates, MIX, 4, steps("new-products.max-per-list=2")))
                .extracting(pick -> pick.number() + pick.step())
                .containsExactly("1", "2", "4new_products", "3");
        assertThat(GreedyReranker.pickList(candidates, MIX, 4, steps("new-products.max-per-list=0")))
                .extracting(Pick::number)
                .containsExactly(4);
    }

    @Test
    void theFloorDoesNotOverrideTheCapOnNewProducts() {
        Candidate first = new Candidate(1, 9, "toys", true, true, new double[] {0.9, 0.1});
        Candidate second = new Candidate(2, 8, "pens", true, true, new double[] {0.1, 0.9});

        assertThat(GreedyReranker.pickList(
                        List.of(first, second, candidate(3, 7, "cups", 0.9), candidate(4, 6, "cups", 0.9)),
                        MIX,
                        3,
                        steps("floor.min-pool-fraction=0.5", "new-products.max-per-list=1")))
                .extracting(Pick::number)
                .containsExactly(1, 3, 4);
    }

    @Test
    void theFloorDoesNotOverrideTheCategoryCap() {
        List<Candidate> candidates =
                List.of(candidate(1, 10, "toys", 0.9), candidate(2, 9, "toys", 0.1), candidate(3, 8, "books", 0.9));

        assertThat(GreedyReranker.pickList(
                        candidates, MIX, 2, steps("floor.min-pool-fraction=0.5", "category-cap.max-fraction=0.5")))
                .extracting(pick -> pick.number() + pick.step())
                .containsExactly("1", "3category_cap");
    }

    @Test
    void theListIsFilledByScoreWhenTheCapsLeaveNothing() {
        assertThat(GreedyReranker.pickList(CANDIDATES.subList(0, 3), MIX, 3, steps("category-cap.max-fraction=0.3")))
                .extracting(Pick::number)
                .containsExactly(1, 2, 3);
    }

    @Test
    void aPickNamesTheStepThatPromotedIt() {
        List<Pick> picks = GreedyReranker.pickList(CANDIDATES, MIX, 3, steps("mix.weight=0.9"));

        assertThat(picks).extracting(Pick::step).containsExactly("", "mix", "");
    }

    @Test
    void productsThatTheKocIsNotReadyForComeLastUnlessTheyAreOnlySaid() {
        List<Candidate> candidates = List.of(
                candidate(1, 9, "toys", false, 0.5), candidate(2, 8, "pens", 0.5), candidate(3, 7, "cups", 0.5));

        assertThat(GreedyReranker.pickList(candidates, MIX, 3, steps()))
                .extracting(pick -> pick.number() + pick.step())
                .containsExactly("2readiness", "3readiness", "1");
        assertThat(GreedyReranker.pickList(candidates, MIX, 2, steps()))
                .extracting(Pick::number)
                .containsExactly(2, 3);
        assertThat(GreedyReranker.pickList(candidates, MIX, 3, steps().without("readiness")))
                .extracting(Pick::number)
                .containsExactly(1, 2, 3);
    }

    @Test
    void allCandidatesArePickedWhenTheyAreFewerThanPositions() {
        assertThat(numbers(steps("mix.weight=0.1", "floor.min-pool-fraction=0.2"), 20))
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    /** Only the given steps are on; at most three new products unless given. */
    private static RerankSettings steps(String... given) {
        List<String> settings = new ArrayList<>(List.of("koc.recommend.new-products.max-per-list=3"));
        for (String step : List.of("mix", "floor", "category-cap", "overlap-penalty")) {
            settings.add("koc.recommend.rerank." + step + ".on="
                    + Arrays.stream(given).anyMatch(setting -> setting.startsWith(step + ".")));
        }
        for (String setting : given) {
            settings.add("koc.recommend." + (setting.startsWith("new-products.") ? "" : "rerank.") + setting);
        }
        return RerankSettings.from(Configuration.load(null, settings));
    }

    private static List<Integer> numbers(RerankSettings settings, int length) {
        return GreedyReranker.pickList(CANDIDATES, MIX, length, settings).stream()
                .map(Pick::number)
                .toList();
    }

    private static Candidate launched(int number, double score) {
        return new Candidate(number, score, "new" + number, true, true, MIX);
    }

    private static Candidate candidate(int number, double score, String category, double first) {
        return candidate(number, score, category, true, first);
    }

    private static Candidate candidate(int number, double score, String category, boolean isReady, double first) {
        return new Candidate(
                number,
                score,
                category,
                false,
                isReady,
                IntStream.range(0, 2)
                        .mapToDouble(index -> index == 0 ? first : 1 - first)
                        .toArray());
    }
}
