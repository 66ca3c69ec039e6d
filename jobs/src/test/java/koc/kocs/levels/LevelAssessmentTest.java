package koc.kocs.levels;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.kocs.LevelRows;
import koc.rules.KocLevels;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Test;

class LevelAssessmentTest extends LevelRows {
    private static final LevelAssessment ASSESSMENT = new LevelAssessment(CRITERIA);

    @Test
    void aLevelIsEarnedWithAllOfItsThresholds() {
        assertThat(levels(ASSESSMENT.earnedIndex(), "atThreshold", "belowThreshold", "jumping", "untrained"))
                .containsExactly("atThreshold silver", "belowThreshold bronze", "jumping gold", "untrained gold");
    }

    @Test
    void withoutRecruitmentOnlyPeopleWhoHaveStartedEarnALevel() {
        assertThat(levels(ASSESSMENT.earnedIndex(), "neverBought", "lostEverything"))
                .containsExactly("lostEverything recruit", "neverBought recruit");
        assertThat(people(PEOPLE)
                        .where("koc_id = 'neverBought'")
                        .select(ASSESSMENT.isRecruited())
                        .head()
                        .getBoolean(0))
                .isFalse();
    }

    @Test
    void aLevelIsRetainedWithAFractionOfItsThresholds() {
        assertThat(levels(ASSESSMENT.retainedIndex(), "retaining", "failing"))
                .containsExactly("failing bronze", "retaining silver");
    }

    @Test
    void anExternalKocBelowBronzeIsRevokedInTheEnd() {
        Column settled = ASSESSMENT.settle(KocLevels.index(col("previous_level")));

        assertThat(levels(settled, "externalBronze", "externalSilver", "lastGraceDay", "retaining", "stillRevoked"))
                .containsExactly(
                        "externalBronze revoked",
                        "externalSilver bronze",
                        "lastGraceDay recruit",
                        "retaining silver",
                        "stillRevoked revoked");
    }

    private static List<String> levels(Column index, String... ids) {
        return people(PEOPLE)
                .where(col("koc_id").isin((Object[]) ids))
                .orderBy("koc_id")
                .select(col("koc_id"), KocLevels.name(index).as("level"))
                .collectAsList()
                .stream()
                .map(row -> row.getString(0) + " " + row.getString(1))
                .toList();
    }
}
