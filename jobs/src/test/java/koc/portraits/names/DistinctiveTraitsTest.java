package koc.portraits.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import koc.portraits.names.DistinctiveTraits.Count;
import koc.portraits.names.DistinctiveTraits.Trait;
import org.junit.jupiter.api.Test;

class DistinctiveTraitsTest {
    @Test
    void theScoreIsEquation22OfMonroe() {
        double z = DistinctiveTraits.zScore(new Count(30, 100), new Count(10, 100), new Count(1, 10));

        assertThat(z)
                .isCloseTo((Math.log(31 / 79.0) - Math.log(11 / 99.0)) / Math.sqrt(1 / 31.0 + 1 / 11.0), within(1e-12));
    }

    @Test
    void wordsThatAreMoreFrequentThanElsewhereAreTraits() {
        assertThat(DistinctiveTraits.selectWords(
                        Map.of("tea", 90.0, "coffee", 10.0), Map.of("tea", 110.0, "coffee", 90.0)))
                .extracting(Trait::word)
                .containsExactly("tea");
    }

    @Test
    void aMissingCategoryIsNoTrait() {
        assertThat(DistinctiveTraits.selectWords(
                        Map.of("(none)", 90.0, "coffee", 10.0), Map.of("(none)", 110.0, "coffee", 90.0)))
                .isEmpty();
    }

    @Test
    void aTagThatFewUsersHaveIsNoTrait() {
        // 24% of the portrait and nobody else: certain, but too rare to describe it.
        assertThat(DistinctiveTraits.selectTags(Map.of("t", 240.0), 1000, Map.of("t", 240.0), 10_000))
                .isEmpty();
        assertThat(DistinctiveTraits.selectTags(Map.of("t", 250.0), 1000, Map.of("t", 250.0), 10_000))
                .hasSize(1);
    }

    @Test
    void aTagThatIsHardlyMoreFrequentThanElsewhereIsNoTrait() {
        // 55% against 50%: certain among a million users, but no difference that matters.
        assertThat(DistinctiveTraits.selectTags(Map.of("t", 550_000.0), 1e6, Map.of("t", 5e6), 1e7))
                .isEmpty();
    }
}
