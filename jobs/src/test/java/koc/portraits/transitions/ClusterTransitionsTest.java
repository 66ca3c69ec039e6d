package koc.portraits.transitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.portraits.transitions.ClusterTransitions.Match;
import koc.portraits.transitions.ClusterTransitions.Transition;
import org.junit.jupiter.api.Test;

class ClusterTransitionsTest {
    private static final ClusterTransitions TRANSITIONS = new ClusterTransitions(
            List.of(
                    new Match("a", "x", Transition.SURVIVED, 0.9),
                    new Match("b", "y", Transition.MERGED, 0.8),
                    new Match("c", "y", Transition.MERGED, 0.7)),
            List.of("z"),
            List.of("d"));

    @Test
    void onlySurvivorsKeepTheirOldId() {
        assertThat(TRANSITIONS.stableIds())
                .containsOnlyKeys("x", "y", "z")
                .containsEntry("x", "a")
                .containsEntry("y", "y")
                .containsEntry("z", "z");
        assertThat(TRANSITIONS.withStableIds().byNewPortrait())
                .containsOnlyKeys("a", "y", "z")
                .containsEntry("a", Transition.SURVIVED);
    }

    @Test
    void everyOldAndNewPortraitHasOneTransition() {
        assertThat(TRANSITIONS.byOldPortrait())
                .containsOnlyKeys("a", "b", "c", "d")
                .containsEntry("b", Transition.MERGED)
                .containsEntry("d", Transition.DISAPPEARED);
        assertThat(TRANSITIONS.byNewPortrait())
                .containsEntry("y", Transition.MERGED)
                .containsEntry("z", Transition.EMERGED);
    }

    @Test
    void withoutARefitEveryPortraitSurvives() {
        ClusterTransitions unchanged = ClusterTransitions.unchanged(List.of("a", "b"));

        assertThat(unchanged.byOldPortrait().values()).containsOnly(Transition.SURVIVED);
        assertThat(unchanged.stableIds()).containsEntry("a", "a").containsEntry("b", "b");
    }

    @Test
    void everyPortraitOfTheFirstModelEmerges() {
        assertThat(ClusterTransitions.first(List.of("a")).byNewPortrait()).containsEntry("a", Transition.EMERGED);
    }

    @Test
    void theTablesPublishTheDocumentedValues() {
        assertThat(Transition.values())
                .extracting(Transition::code)
                .containsExactly("kept", "split", "merged", "new", "gone");
    }
}
