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
        assertThat(chosen(action(Kind.SHARE, "a", 10), action(Kind.COUNTY, "b", 30), action(Kind.CHECK, "c", 20)))
                .containsExactly("b", "c", "a");
    }

    @Test
    void equalGainsHaveAFixedOrder() {
        assertThat(chosen(action(Kind.CHECK, "b", 1), action(Kind.SHARE, "c", 1), action(Kind.CHECK, "a", 1)))
                .containsExactly("c", "a", "b");
    }

    @Test
    void thereAreAtMostSevenWithTheBestOfEachKindAndThenTheBestOfAll() {
        List<Action> candidates = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            candidates.add(action(Kind.SHARE, "s" + i, 100 - i));
        }
        for (int i = 0; i < 2; i++) {
            candidates.add(action(Kind.COUNTY, "c" + i, 10 - i));
            candidates.add(action(Kind.CHECK, "p" + i, 5 - i));
            candidates.add(action(Kind.COST, "k" + i, 2 - i));
        }

        assertThat(Actions.choose(candidates).stream().map(Action::about))
                .containsExactly("s0", "s1", "s2", "s3", "c0", "p0", "k0");
    }

    @Test
    void aKindOfSmallGainsIsNotCrowdedOut() {
        List<Action> candidates = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            candidates.add(action(Kind.SHARE, "s" + i, 100 - i));
            candidates.add(action(Kind.COUNTY, "c" + i, 80 - i));
            candidates.add(action(Kind.CHECK, "p" + i, 70 - i));
        }
        candidates.add(action(Kind.LEVEL, "l", 1));

        assertThat(Actions.choose(candidates).stream().map(Action::about))
                .containsExactly("s0", "s1", "s2", "s3", "c0", "p0", "l");
    }

    @Test
    void moreOfAKindFillUpWhenThereIsNothingElse() {
        assertThat(chosen(
                        action(Kind.SHARE, "a", 4),
                        action(Kind.SHARE, "b", 3),
                        action(Kind.SHARE, "c", 2),
                        action(Kind.CHECK, "d", 1)))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void aKocHasOneAction() {
        assertThat(chosen(action(Kind.SHARE, "a", 10), action(Kind.LEVEL, "a", 20), action(Kind.SHARE, "b", 5)))
                .containsExactly("a", "b");
    }

    @Test
    void aKocWhoseBestActionFindsNoPlaceIsNotLost() {
        List<Action> candidates = new ArrayList<>(List.of(
                action(Kind.SHARE, "c", 70),
                action(Kind.LEVEL, "c", 60),
                action(Kind.LEVEL, "d", 50),
                action(Kind.COUNTY, "x", 10)));
        for (int i = 0; i < 6; i++) {
            candidates.add(action(Kind.SHARE, "a" + i, 90));
        }

        assertThat(Actions.choose(candidates))
                .contains(action(Kind.LEVEL, "c", 60))
                .doesNotContain(action(Kind.SHARE, "c", 70));
    }

    @Test
    void aKocAProductAndACountyMayHaveTheSameId() {
        Action koc = action(Kind.SHARE, "7", 10);
        Action product = action(Kind.CHECK, "7", 20);
        Action county = action(Kind.COUNTY, "7", 5);

        assertThat(Actions.choose(List.of(koc, product, county))).containsExactly(product, koc, county);
    }

    @Test
    void onlyAnActionAboutAKocOpensACard() {
        assertThat(Actions.forPage(action(Kind.COST, "7", 1), List.of("en"))).containsEntry("koc", "7");
        assertThat(Actions.forPage(action(Kind.CHECK, "7", 1), List.of("en"))).doesNotContainKey("koc");
    }

    @Test
    void anActionSaysWhatItsRowSaysAndTheNumbersBehindItInBothLanguages() {
        Action share = new Action(
                Kind.SHARE,
                "u1",
                520.4,
                List.of(
                        Phrase.of("recommend.action.share", "Amy", "Cherries"),
                        Phrase.of("report.action.adds", 0.5, 2.0)));
        Action level = new Action(
                Kind.LEVEL,
                "u1",
                10,
                List.of(
                        Phrase.of(
                                "levels.action.only.courses",
                                "Amy",
                                Phrase.of("levels.name.silver"),
                                Phrase.of("levels.more.courses", 1L)),
                        Phrase.of("report.action.sales", "900 CNY")));

        assertThat(Actions.text(share, "en"))
                .isEqualTo("Let Amy share Cherries and say that they use it. A post probably adds 0.5 to 2.0 buyers.");
        assertThat(Actions.text(share, "zh")).isEqualTo("请 Amy 分享 Cherries，并说明自己在用。一次分享预计多带来 0.5 至 2.0 位买家。");
        assertThat(Actions.text(level, "en"))
                .isEqualTo("Book a training for Amy: they need 1 more training to become silver. 900 CNY of sales in 30"
                        + " days are credited to them.");
        assertThat(Actions.text(level, "zh")).isEqualTo("为 Amy 安排培训：再有 1 次培训，即可升为银牌。近 30 天归因销售 900 CNY。");
        assertThat(Actions.forPage(share, List.of("en", "zh")))
                .containsEntry("kind", "share")
                .containsEntry("about", "u1")
                .extractingByKey("texts")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("en", "zh");
    }

    private static List<String> chosen(Action... candidates) {
        return Actions.choose(List.of(candidates)).stream().map(Action::about).toList();
    }

    private static Action action(Kind kind, String about, double gain) {
        return new Action(kind, about, gain, List.of());
    }
}
