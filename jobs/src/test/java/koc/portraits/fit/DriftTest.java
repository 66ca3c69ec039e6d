package koc.portraits.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.portraits.assign.PortraitStatistics;
import koc.tables.PortraitTables;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final List<PortraitStatistics> FIT = List.of(portrait("a", 500_000, 1), portrait("b", 500_000, 2));

    @Test
    void anUnchangedDayHasNoDrift() {
        assertThat(Drift.between(FIT, FIT)).isEqualTo(new Drift(0, 1));
    }

    @Test
    void movesBetweenPortraitsRaiseThePopulationStabilityIndex() {
        Drift drift = Drift.between(FIT, List.of(portrait("a", 600_000, 1), portrait("b", 400_000, 2)));

        // .1 ln 1.2 - .1 ln .8, and a mean distance of 1.4 instead of 1.5.
        assertThat(drift.populationStabilityIndex()).isCloseTo(0.0405, within(1e-4));
        assertThat(drift.distanceRatio()).isCloseTo(1.4 / 1.5, within(1e-9));
    }

    @Test
    void anEmptyPortraitIsLargeButFiniteDrift() {
        assertThat(Drift.between(FIT, List.of(portrait("a", 1_000_000, 1))).populationStabilityIndex())
                .isGreaterThan(1)
                .isFinite();
    }

    @Test
    void movesThatChanceExplainsAreNoDrift() {
        // 10 of 20 users instead of 8 of 20: an index of .04, while chance alone gives 2/20 on average.
        Drift drift = Drift.between(
                List.of(portrait("a", 8, 1), portrait("b", 12, 1)),
                List.of(portrait("a", 10, 1), portrait("b", 10, 1)));

        assertThat(drift.populationStabilityIndex()).isZero();
    }

    @Test
    void newcomersDoNotCountAsDrift() {
        List<PortraitStatistics> grown =
                List.of(FIT.get(0), FIT.get(1), portrait(PortraitTables.NEWCOMERS, 900_000, 0));

        assertThat(Drift.between(FIT, grown)).isEqualTo(new Drift(0, 1));
        assertThat(Drift.between(FIT, List.of(portrait(PortraitTables.NEWCOMERS, 9, 0))))
                .isEqualTo(new Drift(0, 1));
    }

    private static PortraitStatistics portrait(String portrait, long users, double distance) {
        return new PortraitStatistics(portrait, users, distance);
    }
}
