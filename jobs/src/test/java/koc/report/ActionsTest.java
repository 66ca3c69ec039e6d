package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import koc.report.Action.Kind;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ActionsTest {
    @Test
    void theMostValuableComeFirst() {
        assertThat(chosen(action(Kind.SHARE, "a", 10), action(Kind.COUNTY, "b", 30), action(Kind.STOP, "c", 20)))
                .containsExactly("b", "c", "a");
    }

    @Test
    void equalGainsHaveAFixedOrder() {
        assertThat(chosen(action(Kind.STOP, "b", 1), action(Kind.SHARE, "c", 1), action(Kind.STOP, "a", 1)))
                .containsExactly("c", "a", "b");
    }

    @Test
    void thereAreAtMostSevenAndAtMostTwoOfAKindWhileThereAreOthers() {
        List<Action> candidates = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            candidates.add(action(Kind.SHARE, "s" + i, 100 - i));
        }
        for (int i = 0; i < 2; i++) {
            candidates.add(action(Kind.COUNTY, "c" + i, 10 - i));
            candidates.add(action(Kind.STOP, "p" + i, 5 - i));
            candidates.add(action(Kind.COST, "k" + i, 2 - i));
        }

        assertThat(Actions.choose(candidates).stream().map(Action::about))
                .containsExactly("s0", "s1", "c0", "c1", "p0", "p1", "k0");
    }

    @Test
    void aKindOfSmallGainsIsNotCrowdedOut() {
        List<Action> candidates = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            candidates.add(action(Kind.SHARE, "s" + i, 100 - i));
            candidates.add(action(Kind.SAMPLE, "m" + i, 90 - i));
            candidates.add(action(Kind.COUNTY, "c" + i, 80 - i));
            candidates.add(action(Kind.STOP, "p" + i, 70 - i));
        }
        candidates.add(action(Kind.LEVEL, "l", 1));

        assertThat(Actions.choose(candidates).stream().map(Action::about))
                .containsExactly("s0", "s1", "m0", "m1", "c0", "p0", "l");
    }

    @Test
    void moreOfAKindFillUpWhenThereIsNothingElse() {
        assertThat(chosen(
                        action(Kind.SHARE, "a", 4),
                        action(Kind.SHARE, "b", 3),
                        action(Kind.SHARE, "c", 2),
                        action(Kind.STOP, "d", 1)))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void aKocHasOneAction() {
        assertThat(chosen(action(Kind.SHARE, "a", 10), action(Kind.LEVEL, "a", 20), action(Kind.SHARE, "b", 5)))
                .containsExactly("a", "b");
    }

    @Test
    void aKocAProductAndACountyMayHaveTheSameId() {
        Action koc = action(Kind.SHARE, "7", 10);
        Action product = action(Kind.STOP, "7", 20);
        Action county = action(Kind.COUNTY, "7", 5);

        assertThat(Actions.choose(List.of(koc, product, county))).containsExactly(product, koc, county);
    }

    @Test
    void onlyAnActionAboutAKocOpensACard() {
        List<String> values = List.of("v1", "v2", "v3", "v4");
        assertThat(Actions.forPage(new Action(Kind.COST, "7", 1, values), List.of("en")))
                .containsEntry("koc", "7");
        assertThat(Actions.forPage(new Action(Kind.STOP, "7", 1, values), List.of("en")))
                .doesNotContainKey("koc");
    }

    @Test
    void aSentenceHasTheNameAndTheNumbersInBothLanguages() {
        Action share = new Action(Kind.SHARE, "u1", 520.4, List.of("Amy", "Cherries", "19", "520 CNY"));
        Action level = new Action(Kind.LEVEL, "u1", 10, List.of("Amy", "trainings 0 of 1", "silver", "900 CNY"));

        assertThat(Actions.sentence(share, "en"))
                .isEqualTo("Let Amy share Cherries: about 19 buyers and 520 CNY margin in four weeks.");
        assertThat(Actions.sentence(share, "zh")).contains("Amy", "Cherries", "19", "520 CNY");
        assertThat(Actions.sentence(level, "en"))
                .isEqualTo("Amy lacks one thing only (trainings 0 of 1) for silver. Sales of 30 days: 900 CNY.");
        assertThat(Actions.forPage(share, List.of("en", "zh")))
                .containsEntry("kind", "share")
                .containsEntry("about", "u1")
                .extractingByKey("texts")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("en", "zh");
    }

    @Test
    void everyKindHasASentence() {
        for (Kind kind : Kind.values()) {
            Action action = new Action(kind, "u1", 1, List.of("v1", "v2", "v3", "v4"));
            assertThat(Actions.sentence(action, "en")).contains("v1", "v2", "v3");
            assertThat(Actions.sentence(action, "zh")).contains("v1", "v2", "v3");
        }
    }

    private static List<String> chosen(Action... candidates) {
        return Actions.choose(List.of(candidates)).stream().map(Action::about).toList();
    }

    private static Action action(Kind kind, String about, double gain) {
        return new Action(kind, about, gain, List.of());
    }
}
