package koc.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import koc.evaluation.LandedData.Purchase;
import org.junit.jupiter.api.Test;

class PortraitGainTest {
    private static final LocalDate CUTOFF = LocalDate.of(2024, 1, 31);
    private static final LocalDate LAST = CUTOFF.plusDays(28);
    private static final Map<String, String> PORTRAITS = Map.of("ann", "drinkers", "bob", "cooks");

    private final List<Purchase> purchases = new ArrayList<>();

    @Test
    void aLaterPurchaseGainsTheLogarithmOfItsSmoothedFractionOverThatOfEverybody() {
        bought("ann", 60, "tea", CUTOFF);
        bought("ann", 20, "pan", CUTOFF);
        bought("bob", 20, "tea", CUTOFF);
        bought("bob", 60, "pan", CUTOFF);
        bought("ann", 1, "tea", LAST);

        PortraitGain gain = score(PORTRAITS);

        assertThat(gain.nats()).isCloseTo(Math.log(.7 / .5), within(1e-12)).isCloseTo(.336, within(5e-4));
        assertThat(gain.smoothing()).isEqualTo(20);
        assertThat(gain.purchases()).isEqualTo(1);
    }

    @Test
    void portraitsThatMisleadAreSmoothedMost() {
        bought("ann", 60, "tea", CUTOFF);
        bought("ann", 20, "pan", CUTOFF);
        bought("bob", 20, "tea", CUTOFF);
        bought("bob", 60, "pan", CUTOFF);
        bought("ann", 1, "pan", LAST);

        PortraitGain gain = score(PORTRAITS);

        assertThat(gain.smoothing()).isEqualTo(50_000);
        assertThat(gain.nats())
                .isCloseTo(Math.log((20 + 25_000) / 50_080.0 / .5), within(1e-12))
                .isNegative();
    }

    @Test
    void onePortraitForAllGainsNothing() {
        bought("ann", 60, "tea", CUTOFF);
        bought("bob", 60, "pan", CUTOFF);
        bought("bob", 3, "tea", LAST);

        assertThat(score(Map.of()).nats()).isCloseTo(0, within(1e-12));
    }

    @Test
    void newUsersUnknownProductsAndDaysBeyondTheHorizonAreLeftOut() {
        bought("ann", 5, "tea", CUTOFF);
        bought("new", 4, "tea", CUTOFF);
        bought("ann", 1, "tea", LAST);
        bought("new", 1, "tea", LAST);
        bought("ann", 1, "hat", LAST);
        bought("ann", 1, "tea", LAST.plusDays(1));

        assertThat(score(PORTRAITS).purchases()).isEqualTo(1);
    }

    private void bought(String user, int times, String product, LocalDate day) {
        purchases.addAll(Collections.nCopies(times, new Purchase(user, product, day)));
    }

    private PortraitGain score(Map<String, String> portraits) {
        return PortraitGain.score(portraits, purchases, Purchase::product, CUTOFF, LAST);
    }
}
