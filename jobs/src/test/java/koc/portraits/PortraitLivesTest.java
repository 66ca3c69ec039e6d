package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import koc.portraits.PortraitLives.Change;
import koc.portraits.PortraitLives.Shared;
import koc.portraits.PortraitSettings.LifeLimits;
import org.junit.jupiter.api.Test;

class PortraitLivesTest {
    private static final LifeLimits LIMITS = new LifeLimits(0.7, 0.3);

    @Test
    void maxOfThePortraitTogetherKeepsItsId() {
        PortraitLives lives = lives("a x 70", "a y 30", "b y 100");

        assertThat(lives.fates()).containsEntry("a", Change.KEPT).containsEntry("b", Change.KEPT);
        assertThat(lives.ids()).containsEntry("x", "a").containsEntry("y", "b");
        assertThat(lives.renamed().origins()).containsOnlyKeys("a", "b").containsEntry("a", Change.KEPT);
    }

    @Test
    void severalFairPartsAreASplitWithIdsOfTheirOwn() {
        PortraitLives lives = lives("a x 60", "a y 35", "a z 5", "b z 100");

        assertThat(lives.fates()).containsEntry("a", Change.SPLIT).containsEntry("b", Change.KEPT);
        assertThat(lives.origins()).containsEntry("x", Change.SPLIT).containsEntry("y", Change.SPLIT);
        assertThat(lives.ids()).containsEntry("x", "x").containsEntry("y", "y").containsEntry("z", "b");
    }

    @Test
    void severalInOneAreMergedUnderANewId() {
        PortraitLives lives = lives("a x 90", "a y 10", "b x 50", "c y 100");

        assertThat(lives.fates())
                .containsEntry("a", Change.MERGED)
                .containsEntry("b", Change.MERGED)
                .containsEntry("c", Change.KEPT);
        assertThat(lives.origins()).containsEntry("x", Change.MERGED);
        assertThat(lives.ids()).containsEntry("x", "x");
    }

    @Test
    void aHandfulThatJoinsALargePortraitDoesNotChangeWhatThatIs() {
        PortraitLives lives = lives("a x 100", "b x 29", "c y 100");

        assertThat(lives.fates()).containsEntry("a", Change.KEPT).containsEntry("b", Change.GONE);
        assertThat(lives.ids()).containsEntry("x", "a");
    }

    @Test
    void whatFollowsNoneIsNewAndWhatNoneFollowsIsGone() {
        PortraitLives lives = lives("a x 65", "a y 20", "a z 15", "b y 100", "c z 100");

        assertThat(lives.gone()).containsExactly("a");
        assertThat(lives.born()).containsExactly("x");
    }

    @Test
    void thoseWhoMovedSinceTheFitSayNothingOfThePortrait() {
        // Half of b went over to a before the refit: a is what it was, with more users.
        List<Shared> shared = List.of(new Shared("a", "x", 150, 100), new Shared("b", "y", 50, 50));

        assertThat(match(shared).fates()).containsEntry("a", Change.KEPT).containsEntry("b", Change.KEPT);
    }

    @Test
    void aFewWhoStayedDoNotMakeAPortraitOfOthersTheirs() {
        List<Shared> shared =
                List.of(new Shared("a", "x", 2, 2), new Shared("b", "x", 98, 0), new Shared("b", "y", 60, 60));

        assertThat(match(shared).gone()).containsExactly("a");
        assertThat(match(shared).born()).containsExactly("x");
    }

    @Test
    void aPortraitWithoutUsersIsGone() {
        PortraitLives lives = PortraitLives.match(List.of("a"), List.of(), List.of(), LIMITS);

        assertThat(lives.gone()).containsExactly("a");
        assertThat(lives.ids()).isEmpty();
    }

    private static PortraitLives lives(String... cells) {
        List<Shared> shared = new ArrayList<>();
        for (String cell : cells) {
            List<String> words = List.of(cell.split(" ", -1));
            long users = Long.parseLong(words.get(2));
            shared.add(new Shared(words.get(0), words.get(1), users, users));
        }
        return match(shared);
    }

    private static PortraitLives match(List<Shared> shared) {
        return PortraitLives.match(
                shared.stream().map(Shared::from).distinct().toList(),
                shared.stream().map(Shared::to).distinct().toList(),
                shared,
                LIMITS);
    }
}
