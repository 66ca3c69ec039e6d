package koc.kocs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import koc.kocs.score.FrequencyCap.Losses;
import org.junit.jupiter.api.Test;

class FrequencyCapTest {
    private static final double MAX_LOSS_RATIO = 2;
    private static final double SHRINKAGE = 3;
    private static final List<Losses> RISING =
            List.of(new Losses(3, 10_000, 60), new Losses(1, 100_000, 100), new Losses(2, 20_000, 25));

    @Test
    void theCapIsTheLargestNumberOfPostsBeforeLossesDouble() {
        FrequencyCap cap = learn(RISING);

        assertThat(cap.postsPerDay()).isEqualTo(2);
        assertThat(cap.lossRatio()).isCloseTo(5.7, within(.05));
    }

    @Test
    void littleEvidenceDoesNotLowerTheCap() {
        assertThat(learn(List.of(new Losses(1, 100_000, 100), new Losses(2, 200, 1), new Losses(4, 100, 1))))
                .isEqualTo(FrequencyCap.NO_LIMIT);
    }

    @Test
    void postsAboveAHarmfulNumberAreNeverAllowed() {
        FrequencyCap cap =
                learn(List.of(new Losses(1, 100_000, 100), new Losses(2, 20_000, 90), new Losses(3, 2_000, 2)));

        assertThat(cap.postsPerDay()).isEqualTo(1);
    }

    @Test
    void eachTypeOfKocHasItsOwnCapAndATypeWithoutEvidenceThatOfAllKocs() {
        Map<String, FrequencyCap> caps = FrequencyCap.learn(
                Map.of(
                        "user", List.of(new Losses(1, 50_000, 50), new Losses(2, 20_000, 80)),
                        "guide", List.of(new Losses(1, 90_000, 90), new Losses(2, 90_000, 90)),
                        "external", List.of(new Losses(1, 100, 0))),
                1.2,
                SHRINKAGE);

        assertThat(caps.get("user")).extracting(FrequencyCap::postsPerDay).isEqualTo(1);
        assertThat(caps.get("guide")).isEqualTo(FrequencyCap.NO_LIMIT);
        assertThat(caps.get("external"))
                .extracting(FrequencyCap::postsPerDay)
                .as("170 of 110 for all")
                .isEqualTo(1);
    }

    @Test
    void withoutLossesNoCapIsLearned() {
        assertThat(FrequencyCap.learn(Map.of("user", List.of(new Losses(1, 100, 0))), MAX_LOSS_RATIO, SHRINKAGE))
                .isEmpty();
        assertThat(FrequencyCap.learn(Map.of(), MAX_LOSS_RATIO, SHRINKAGE)).isEmpty();
    }

    private static FrequencyCap learn(List<Losses> losses) {
        return FrequencyCap.learn(Map.of("user", losses), MAX_LOSS_RATIO, SHRINKAGE)
                .getOrDefault("user", FrequencyCap.NO_LIMIT);
    }
}
