package koc.portraits.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import koc.SparkTest;
import koc.portraits.assign.CurrentPortraits;
import koc.portraits.fit.Centre;
import koc.portraits.fit.PortraitModel;
import koc.portraits.fit.PreviousModel;
import koc.portraits.fit.Scaling;
import koc.portraits.names.PortraitNames.Evidence;
import koc.portraits.transitions.ClusterTransitions;
import koc.text.Texts;
import org.junit.jupiter.api.Test;

class AssignedNamesTest extends SparkTest {
    private static final Texts TEXTS = Texts.of("en");
    private static final PortraitModel MODEL = new PortraitModel(
            LocalDate.parse("2024-06-30"),
            "m",
            new Scaling(List.of(), 5),
            List.of(new Centre("p1", new double[0], 1), new Centre("p2", new double[0], 1)),
            1);
    private static final Evidence P1 = new Evidence("p1", 10, 1, 0, Map.of(), Map.of());

    @Test
    void aSurvivingPortraitKeepsItsNameAlsoWithoutUsers() {
        AssignedNames names =
                AssignedNames.assign(current(Map.of("p1", "Tea", "p2", "Coffee")), List.of(P1), Map.of(), TEXTS);

        assertThat(names.published())
                .containsEntry("p1", "Tea")
                .containsEntry("p2", "Coffee")
                .containsEntry("newcomers", "Newcomers");
        assertThat(names.naming("p2")).isEqualTo(PortraitNames.EMPTY);
    }

    @Test
    void configuredNamesArePublishedButNotStored() {
        AssignedNames names = AssignedNames.assign(
                current(Map.of("p1", "Tea")), List.of(P1), Map.of("p1", "Young mothers", "other", "Nobody"), TEXTS);

        assertThat(names.published()).containsEntry("p1", "Young mothers").doesNotContainKey("other");
        assertThat(names.stored()).containsEntry("p1", "Tea");
        assertThat(names.previous()).containsEntry("p1", "Young mothers");
    }

    @Test
    void aPortraitThatWasNamedByItsIdGetsARealName() {
        AssignedNames names = AssignedNames.assign(current(Map.of("p1", "p1")), List.of(P1), Map.of(), TEXTS);

        assertThat(names.stored()).containsEntry("p1", "Mixed tastes").containsEntry("p2", "p2");
    }

    private static CurrentPortraits current(Map<String, String> previousNames) {
        PreviousModel previous = new PreviousModel(MODEL, "", previousNames, List.of());
        return new CurrentPortraits(
                MODEL,
                Optional.of(previous),
                ClusterTransitions.unchanged(MODEL.portraitIds()),
                SPARK.emptyDataFrame(),
                Map.of(),
                Optional.empty());
    }
}
