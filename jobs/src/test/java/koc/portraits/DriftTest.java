package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.tables.PortraitTables;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final List<Standing> FIT = List.of(standing("a", 500_000, 1), standing("b", 500_000, 2));

    @Test
    void nobodyWhoStaysDrifts() {
        assertThat(Drift.between(FIT, FIT)).isEqualTo(new Drift(0, 1));
    }

    @Test
    void sharesAreComparedByThePopulationStabilityIndex() {
        Drift drift = Drift.between(FIT, List.of(standing("a", 600_000, 1), standing("b", 400_000, 2)));

        // .1 ln 1.2 - .1 ln .8, and the mean distance of 1.4 that was 1.5.
        assertThat(drift.shares()).isCloseTo(0.0405, within(1e-4));
        assertThat(drift.distance()).isCloseTo(1.4 / 1.5, within(1e-9));
    }

    @Test
    void aPortraitThatEmptiedIsMuchDriftAndNotInfinite() {
        assertThat(Drift.between(FIT, List.of(standing("a", 1_000_000, 1))).shares())
                .isGreaterThan(1)
                .isFinite();
    }

    @Test
    void whatChanceAloneMovesIsNoDrift() {
        // 10 users of 20 who were 8: an index of .04, where chance alone gives 2/20 on average.
        Drift drift = Drift.between(
                List.of(standing("a", 8, 1), standing("b", 12, 1)),
                List.of(standing("a", 10, 1), standing("b", 10, 1)));

        assertThat(drift.shares()).isZero();
    }

    @Test
    void newcomersComeAndGoWithoutDrift() {
        List<Standing> grown = List.of(FIT.get(0), FIT.get(1), standing(PortraitTables.NEWCOMERS, 900_000, 0));

        assertThat(Drift.between(FIT, grown)).isEqualTo(new Drift(0, 1));
        assertThat(Drift.between(FIT, List.of(standing(PortraitTables.NEWCOMERS, 9, 0))))
                .isEqualTo(new Drift(0, 1));
    }

    private static Standing standing(String portrait, long users, double distance) {
        return new Standing(portrait, users, distance);
    }
}
