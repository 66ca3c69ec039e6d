package koc.portraits.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import koc.portraits.names.PortraitNames.Evidence;
import koc.portraits.names.PortraitNames.Naming;
import koc.text.Texts;
import org.junit.jupiter.api.Test;

class PortraitNamesTest {
    private static final Texts ENGLISH = Texts.of("en");

    private static final List<Evidence> PORTRAITS = List.of(
            new Evidence(
                    "p1",
                    100,
                    900,
                    10,
                    Map.of("life stage:new mother", 70.0, "time:night", 60.0, "value:high", 40.0, "value:middle", 60.0),
                    Map.of("mother and baby > diapers", 300.0, "food > snacks", 100.0)),
            new Evidence(
                    "p2",
                    300,
                    100,
                    3,
                    Map.of(
                            "life stage:new mother",
                            10.0,
                            "time:night",
                            20.0,
                            "value:low",
                            200.0,
                            "value:middle",
                            100.0),
                    Map.of("mother and baby > diapers", 10.0, "food > snacks", 500.0)));

    @Test
    void aNameStatesValueLifeStageAndCategory() {
        Map<String, Naming> names = PortraitNames.name(PORTRAITS, Map.of(), List.of(), ENGLISH);

        assertThat(naming(names, "p1").name()).isEqualTo("High value · new mother · diapers");
        assertThat(naming(names, "p2").name()).isEqualTo("Low value · snacks");
        assertThat(naming(names, "p1").summary())
                .isEqualTo("Typical: High value, life stage: new mother. Prefers diapers.");
    }

    @Test
    void thePartOnValueIsTheTagThatDistinguishesAPortraitWhateverItsMeanSpend() {
        Evidence lowValue = new Evidence(
                "low", 100, 100, 3, Map.of("value:low", 46.0, "value:middle", 40.0, "value:high", 14.0), Map.of());
        Evidence others = new Evidence(
                "others",
                400,
                100,
                3,
                Map.of("value:low", 120.0, "value:middle", 180.0, "value:high", 100.0),
                Map.of());

        Map<String, Naming> names = PortraitNames.name(List.of(lowValue, others), Map.of(), List.of(), ENGLISH);

        assertThat(naming(names, "low").name()).isEqualTo("Low value");
        assertThat(naming(names, "low").topTags()).isEqualTo("Low value (1.4x)");
        assertThat(naming(names, "others").name()).isEqualTo("Mixed tastes");
    }

    @Test
    void aPortraitWithMoreLowThanHighValueIsNotCalledHighValue() {
        Evidence twofold = new Evidence(
                "twofold", 100, 500, 3, Map.of("value:low", 46.0, "value:middle", 19.0, "value:high", 35.0), Map.of());
        Evidence others = new Evidence(
                "others", 400, 100, 3, Map.of("value:low", 180.0, "value:middle", 180.0, "value:high", 40.0), Map.of());

        Map<String, Naming> names = PortraitNames.name(List.of(twofold, others), Map.of(), List.of(), ENGLISH);

        assertThat(naming(names, "twofold").topTags()).isEqualTo("High value (2.3x)");
        assertThat(naming(names, "twofold").name()).isEqualTo("Mixed tastes");
    }

    @Test
    void equalPortraitsGetDifferentNames() {
        Evidence twin = new Evidence(
                "p3", 100, 900, 10, PORTRAITS.get(0).tags(), PORTRAITS.get(0).attention());

        Map<String, Naming> names =
                PortraitNames.name(List.of(PORTRAITS.get(0), twin, PORTRAITS.get(1)), Map.of(), List.of(), ENGLISH);

        assertThat(names.values().stream().map(Naming::name)).doesNotHaveDuplicates();
    }

    @Test
    void aFixedNameReplacesTheNameFromTheEvidence() {
        Map<String, Naming> names = PortraitNames.name(PORTRAITS, Map.of("p1", "Young mothers"), List.of(), ENGLISH);

        assertThat(naming(names, "p1").name()).isEqualTo("Young mothers");
    }

    @Test
    void withoutPurchasesNamesLeaveOutValueAndOrders() {
        List<Evidence> lookers = PORTRAITS.stream()
                .map(buyer -> new Evidence(
                        buyer.portraitId(), buyer.users(), 0, 0, withoutValue(buyer.tags()), buyer.attention()))
                .toList();

        Map<String, Naming> names = PortraitNames.name(lookers, Map.of(), List.of(), ENGLISH);

        assertThat(naming(names, "p1").name()).isEqualTo("new mother · diapers");
        assertThat(naming(names, "p1").summary())
                .isEqualTo("Typical: life stage: new mother, night owls. Prefers diapers.");
    }

    private static Map<String, Double> withoutValue(Map<String, Double> tags) {
        Map<String, Double> others = new HashMap<>(tags);
        others.keySet().removeIf(tag -> tag.startsWith("value:"));
        others.put("value:none", 1.0);
        return others;
    }

    private static Naming naming(Map<String, Naming> names, String portrait) {
        return Objects.requireNonNull(names.get(portrait));
    }
}
