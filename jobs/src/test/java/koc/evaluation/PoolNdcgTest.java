package koc.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.evaluation.LandedData.Purchase;
import org.junit.jupiter.api.Test;

class PoolNdcgTest {
    private static final LocalDate CUTOFF = LocalDate.of(2024, 1, 31);
    private static final LocalDate BEFORE = CUTOFF;
    private static final LocalDate AFTER = CUTOFF.plusDays(1);
    private static final Map<String, Set<String>> POOL = Map.of("koc", Set.of("ann", "bob", "cat"));

    private final List<Purchase> purchases = new ArrayList<>();

    @Test
    void theGainOfAListIsDividedByThatOfTheBestList() {
        known("tea", "pan", "mug", "hat");
        bought(AFTER, "tea", "ann", "bob", "cat");
        bought(AFTER, "pan", "ann", "bob", "cat");
        bought(AFTER, "mug", "ann");

        PoolNdcg score = score(List.of("mug", "hat", "tea"), 3);

        double gain = 1 + 0 + 3 / 2.0;
        double best = 3 + 3 / (Math.log(3) / Math.log(2)) + 1 / 2.0;
        assertThat(score.ndcg()).isCloseTo(gain / best, within(1e-12)).isCloseTo(.464, within(5e-4));
        assertThat(score.buyersCaptured()).isCloseTo(4 / 7.0, within(1e-12));
        assertThat(score.hitRate()).isEqualTo(1);
        assertThat(score.products()).isEqualTo(3);
    }

    @Test
    void theOrderOfEquallyRelevantProductsDoesNotMatter() {
        known("tea", "pan", "mug");
        bought(AFTER, "tea", "ann", "bob");
        bought(AFTER, "pan", "bob", "cat");
        bought(AFTER, "mug", "cat");

        assertThat(score(List.of("tea", "pan", "mug"), 3).ndcg()).isEqualTo(1);
        assertThat(score(List.of("pan", "tea", "mug"), 3).ndcg()).isEqualTo(1);
    }

    @Test
    void theBestListIsNoLongerThanTheListsThatAreScored() {
        known("tea", "pan");
        bought(AFTER, "tea", "ann", "bob");
        bought(AFTER, "pan", "ann");

        assertThat(score(List.of("tea", "pan"), 1).ndcg()).isEqualTo(1);
        assertThat(score(List.of("pan", "tea"), 1).ndcg()).isEqualTo(.5);
    }

    @Test
    void onlyFirstPurchasesOfProductsThatWereKnownCount() {
        known("tea", "pan");
        bought(BEFORE, "tea", "ann");
        bought(AFTER, "tea", "ann", "bob");
        bought(AFTER, "new", "ann", "bob", "cat");

        PoolNdcg score = score(List.of("new", "tea"), 2);

        assertThat(score.buyersCaptured()).isEqualTo(1);
        assertThat(score.ndcg()).isCloseTo(1 / (Math.log(3) / Math.log(2)), within(1e-12));
    }

    @Test
    void aKocWithoutAListScoresZeroAndASmallPoolIsLeftOut() {
        known("tea");
        bought(AFTER, "tea", "ann");
        Map<String, Set<String>> pools =
                Map.of("with", Set.of("ann", "bob"), "without", Set.of("ann", "cat"), "small", Set.of("ann"));

        PoolNdcg score = PoolNdcg.score(
                Map.of("with", List.of("tea"), "small", List.of("tea")), purchases, pools, CUTOFF, 2, 20);

        assertThat(score).isEqualTo(new PoolNdcg(2, 1, .5, .5, .5, 1));
    }

    @Test
    void aProductThatIsListedTwiceCountsOnce() {
        known("tea", "pan");
        bought(AFTER, "tea", "ann");
        bought(AFTER, "pan", "ann");

        assertThat(score(List.of("tea", "tea", "pan"), 3).ndcg()).isEqualTo(1);
    }

    /** Somebody outside the pool bought these before the cutoff. */
    private void known(String... products) {
        for (String product : products) {
            purchases.add(new Purchase("somebody", product, BEFORE));
        }
    }

    private void bought(LocalDate day, String product, String... users) {
        for (String user : users) {
            purchases.add(new Purchase(user, product, day));
        }
    }

    private PoolNdcg score(List<String> list, int length) {
        return PoolNdcg.score(Map.of("koc", list), purchases, POOL, CUTOFF, 3, length);
    }
}
