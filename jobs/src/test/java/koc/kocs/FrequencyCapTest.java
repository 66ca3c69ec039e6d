package koc.kocs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.kocs.FrequencyCap.Losses;
import org.junit.jupiter.api.Test;

class FrequencyCapTest {
    @Test
    void theBudgetEndsBeforeThePostsThatDrivePeopleAway() {
        List<Losses> losses =
                List.of(new Losses(3, 10_000, 60), new Losses(1, 100_000, 100), new Losses(2, 20_000, 20));

        assertThat(FrequencyCap.of(losses, 1.5, 10)).isEqualTo(2);
    }

    @Test
    void whatIsHardlySeenProvesNothing() {
        List<Losses> losses = List.of(new Losses(1, 100_000, 100), new Losses(2, 200, 1), new Losses(4, 100, 1));

        assertThat(FrequencyCap.of(losses, 1.5, 10)).isEqualTo(4);
    }

    @Test
    void moreThanABadNumberOfPostsIsNeverAllowed() {
        List<Losses> losses = List.of(new Losses(1, 100_000, 100), new Losses(2, 20_000, 90), new Losses(3, 20_000, 1));

        assertThat(FrequencyCap.of(losses, 1.5, 10)).isEqualTo(1);
    }

    @Test
    void withoutALossNothingIsLearned() {
        assertThat(FrequencyCap.of(List.of(new Losses(1, 100, 0)), 1.5, 10)).isZero();
        assertThat(FrequencyCap.of(List.of(), 1.5, 10)).isZero();
    }
}
