package koc.portraits.transitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.portraits.PortraitSettings.TransitionLimits;
import koc.portraits.transitions.ClusterTransitions.Overlap;
import koc.portraits.transitions.ClusterTransitions.Transition;
import org.junit.jupiter.api.Test;

class ClusterMatchingTest {
    private static final TransitionLimits LIMITS = new TransitionLimits(0.7, 0.3);

    @Test
    void aPortraitSurvivesWhenMostOfItsUsersStayTogether() {
        ClusterTransitions transitions = match("""
                old | new | users
                a   | x   | 70
                a   | y   | 30
                b   | y   | 100
                """);

        assertThat(transitions.byOldPortrait())
                .containsEntry("a", Transition.SURVIVED)
                .containsEntry("b", Transition.SURVIVED);
        assertThat(transitions.stableIds()).containsEntry("x", "a").containsEntry("y", "b");
    }

    @Test
    void aPortraitInSeveralLargePartsHasSplit() {
        ClusterTransitions transitions = match("""
                old | new | users
                a   | x   | 60
                a   | y   | 35
                a   | z   | 5
                b   | z   | 100
                """);

        assertThat(transitions.byOldPortrait())
                .containsEntry("a", Transition.SPLIT)
                .containsEntry("b", Transition.SURVIVED);
        assertThat(transitions.byNewPortrait())
                .containsEntry("x", Transition.SPLIT)
                .containsEntry("y", Transition.SPLIT);
        assertThat(transitions.stableIds())
                .containsEntry("x", "x")
                .containsEntry("y", "y")
                .containsEntry("z", "b");
    }

    @Test
    void severalPortraitsInOneHaveMergedUnderANewId() {
        ClusterTransitions transitions = match("""
                old | new | users
                a   | x   | 90
                a   | y   | 10
                b   | x   | 50
                c   | y   | 100
                """);

        assertThat(transitions.byOldPortrait())
                .containsEntry("a", Transition.MERGED)
                .containsEntry("b", Transition.MERGED)
                .containsEntry("c", Transition.SURVIVED);
        assertThat(transitions.byNewPortrait()).containsEntry("x", Transition.MERGED);
        assertThat(transitions.stableIds()).containsEntry("x", "x");
    }

    @Test
    void aSmallPortraitThatJoinsALargeOneDisappears() {
        ClusterTransitions transitions = match("""
                old | new | users
                a   | x   | 100
                b   | x   | 29
                c   | y   | 100
                """);

        assertThat(transitions.byOldPortrait())
                .containsEntry("a", Transition.SURVIVED)
                .containsEntry("b", Transition.DISAPPEARED);
        assertThat(transitions.stableIds()).containsEntry("x", "a");
    }

    @Test
    void portraitsWithoutAMatchEmergeAndDisappear() {
        ClusterTransitions transitions = match("""
                old | new | users
                a   | x   | 65
                a   | y   | 20
                a   | z   | 15
                b   | y   | 100
                c   | z   | 100
                """);

        assertThat(transitions.disappeared()).containsExactly("a");
        assertThat(transitions.emerged()).containsExactly("x");
    }

    @Test
    void usersWhoMovedSinceTheFitDoNotChangeThePortrait() {
        // Half of b moved to a before the refit: a is the same portrait with more users.
        ClusterTransitions transitions = match("""
                old | new | users | stable
                a   | x   | 150   | 100
                b   | y   | 50    | 50
                """);

        assertThat(transitions.byOldPortrait())
                .containsEntry("a", Transition.SURVIVED)
                .containsEntry("b", Transition.SURVIVED);
    }

    @Test
    void aFewStableUsersDoNotMakeALargePortraitTheirs() {
        ClusterTransitions transitions = match("""
                old | new | users | stable
                a   | x   | 2     | 2
                b   | x   | 98    | 0
                b   | y   | 60    | 60
                """);

        assertThat(transitions.disappeared()).containsExactly("a");
        assertThat(transitions.emerged()).containsExactly("x");
    }

    @Test
    void aPortraitWithoutUsersDisappears() {
        ClusterTransitions transitions = ClusterMatching.match(List.of("a"), List.of(), List.of(), LIMITS);

        assertThat(transitions.disappeared()).containsExactly("a");
        assertThat(transitions.stableIds()).isEmpty();
    }

    /** The transitions of these overlaps; without the column stable all users are stable. */
    private static ClusterTransitions match(String table) {
        List<Overlap> overlaps = table.lines()
                .skip(1)
                .map(line -> List.of(line.split("\\s*\\|\\s*", -1)))
                .map(cells -> new Overlap(
                        cells.get(0),
                        cells.get(1),
                        Long.parseLong(cells.get(2).strip()),
                        Long.parseLong(cells.get(cells.size() - 1).strip())))
                .toList();
        return ClusterMatching.match(
                overlaps.stream().map(Overlap::oldId).distinct().toList(),
                overlaps.stream().map(Overlap::newId).distinct().toList(),
                overlaps,
                LIMITS);
    }
}
