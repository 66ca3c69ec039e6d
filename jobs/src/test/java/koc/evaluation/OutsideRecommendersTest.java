package koc.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.evaluation.LandedData.Purchase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Twenty lovers of tea own tea and a pot, ten of them a cup; thirty others own a pan and a knife. The pool is of lovers of tea
 * without a cup.
 */
class OutsideRecommendersTest {
    private static final LocalDate CUTOFF = LocalDate.of(2024, 1, 31);

    private final List<Purchase> purchases = new ArrayList<>();

    @BeforeEach
    void buy() {
        for (int user = 0; user < 20; user++) {
            buy("tea" + user, CUTOFF, "tea", "pot");
            if (user >= 10) {
                buy("tea" + user, CUTOFF.minusDays(user), "cup");
            }
        }
        for (int user = 0; user < 30; user++) {
            buy("pan" + user, CUTOFF.minusDays(60), "pan", "knife");
        }
    }

    @Test
    void popularityIsTheSameForEveryPool() {
        assertThat(list("outside popularity")).startsWith("knife", "pan");
    }

    @Test
    void recentPopularityForgetsOldPurchases() {
        assertThat(list("outside recent popularity")).containsExactly("pot", "tea", "cup");
    }

    @Test
    void thePoolsOwnProductsComeBeforeThoseOfOthers() {
        assertThat(list("outside pool popularity")).containsExactly("pot", "tea", "knife", "pan", "cup");
    }

    @Test
    void modelsRecommendWhatOwnersOfTheSameProductsOwn() {
        assertThat(list("EASE 50")).startsWith("cup");
        assertThat(list("ALS 1")).startsWith("cup");
    }

    @Test
    void whatComesAfterTheCutoffIsUnknown() {
        buy("pan1", CUTOFF.plusDays(1), "kettle");

        assertThat(lists().values())
                .allSatisfy(lists -> assertThat(lists.get("koc")).doesNotContain("kettle"));
    }

    private List<String> list(String recommender) {
        return lists().getOrDefault(recommender, Map.of()).getOrDefault("koc", List.of());
    }

    private Map<String, Map<String, List<String>>> lists() {
        return OutsideRecommenders.lists(
                new LandedData(purchases, Map.of("koc", Set.of("tea0", "tea1", "tea2")), Map.of()), CUTOFF, 20);
    }

    private void buy(String user, LocalDate day, String... products) {
        for (String product : products) {
            purchases.add(new Purchase(user, product, day));
        }
    }
}
