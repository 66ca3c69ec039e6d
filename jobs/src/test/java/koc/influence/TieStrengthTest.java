package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.rules.OpenTies;
import koc.tables.CleanTables;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TieStrengthTest extends SparkTest {
    private static final InfluenceSettings.Tie SETTINGS =
            InfluenceSettings.from(DEFAULTS).tie();

    @Test
    void contactsFadeByDayAndStrongTiesHaveBothSides() {
        List<Row> ties = strengths("""
                day        | user_id | event_type | sharer_id
                2024-01-31 | both    | share_open | guide
                2024-01-31 | guide   | reply      | both
                2024-01-21 | oneside | inquiry    | guide
                2024-01-31 | oneside | mute       | guide
                2024-02-01 | both    | purchase   | guide
                """);

        Row both = ties.get(0);
        assertThat(both.<Double>getAs("strength_in")).isEqualTo(1);
        assertThat(both.<Double>getAs("strength_out")).isEqualTo(3);
        assertThat(both.<Boolean>getAs("is_strong")).isTrue();
        Row oneSide = ties.get(2);
        assertThat(oneSide.<Double>getAs("strength_in")).isCloseTo(3 * Math.pow(.955, 10), within(1e-6));
        assertThat(oneSide.<Double>getAs("strength_out")).isZero();
        assertThat(oneSide.<Boolean>getAs("is_strong")).isFalse();
    }

    @Test
    void attendingTheSameExperienceStrengthensTheTie() {
        List<Row> ties = strengths("""
                day        | user_id | event_type | content_id
                2024-01-31 | guide   | attend     | tea
                2024-01-31 | both    | attend     | tea
                2024-01-31 | oneside | attend     | coffee
                2024-01-30 | never   | attend     | tea
                """);

        assertThat(ties).extracting(row -> row.getAs("shared_experiences")).containsExactly(1, 0, 0);
        assertThat(ties.get(0).<Double>getAs("strength")).isEqualTo(10);
    }

    @Test
    void theRoleOfTheKocGivesTheEdgeAndWithoutContactStrengthIsZero() {
        List<Row> ties = strengths("day | user_id | event_type\n2024-01-31 | x | view");

        assertThat(ties)
                .extracting(row -> row.getAs("relation"), row -> row.getAs("strength"))
                .allSatisfy(tuple -> assertThat(tuple.toList()).containsExactly("guide_customer", 0.0));
    }

    private static List<Row> strengths(String events) {
        return new TieStrength(SETTINGS, day("2024-01-31"))
                .compute(
                        OpenTies.computeSpans(rows(CleanTables.TIES, """
                        koc_id | user_id | tie_type | since
                        guide  | both    | served   | 2023-01-01
                        guide  | oneside | served   | 2023-01-01
                        guide  | never   | friend   |
                        """)),
                        rows(CleanTables.EVENTS, events),
                        rows(CleanTables.USERS, "user_id | role\nguide | guide"))
                .orderBy("user_id")
                .collectAsList();
    }
}
