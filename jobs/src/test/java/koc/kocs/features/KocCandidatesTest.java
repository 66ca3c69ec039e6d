package koc.kocs.features;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.kocs.Columns;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocCandidatesTest extends SparkTest {
    private static final int MIN_POOL = 2;

    @Test
    void candidatesAreKocsAndPeopleWithALevelOnThePreviousDay() {
        Dataset<Row> userFeatures = rows(FeatureTables.USER_FEATURES, """
                user_id     | role     | shares_90d
                guide       | guide    | 0
                idleGuide   | guide    | 0
                external    | external | 0
                smallExt    | external | 2
                largePool   | consumer | 0
                smallPool   | consumer | 3
                silent      | consumer | 0
                hadBronze   | consumer | 0
                """);
        Dataset<Row> ties = rows(InfluenceTables.TIE_STRENGTHS, """
                koc_id       | user_id | is_strong
                guide        | a       | true
                largePool    | a       | true
                largePool    | b       | false
                external     | a       | false
                external     | b       | false
                smallExt     | a       | false
                smallPool    | a       | false
                silent       | a       | false
                unregistered | a       | false
                unregistered | b       | false
                """);
        Dataset<Row> previousRanking = rows(KocTables.KOC_RANKING, """
                koc_id     | koc_type | level   | level_since
                hadBronze  | user     | bronze  | 2024-01-01
                silent     | user     | recruit | 2024-01-01
                wasRevoked | external | revoked | 2024-01-01
                """);

        Dataset<Row> candidates = KocCandidates.select(userFeatures, ties, previousRanking, MIN_POOL);

        assertThat(candidates.collectAsList())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("koc_type") + " " + row.getAs("is_ranked")
                        + " " + row.getAs("pool_size") + " " + row.getAs("strong_ties"))
                .containsExactlyInAnyOrder(
                        "guide guide true 1 1",
                        "external external true 2 0",
                        "smallExt external false 1 0",
                        "largePool user true 2 1",
                        "unregistered user true 2 0",
                        "hadBronze user true 0 0",
                        "wasRevoked external true 0 0",
                        "smallPool user false 1 0",
                        "silent user false 1 0");
    }

    @Test
    void anAccountThatLooksSharedIsNeitherRankedNorARecruit() {
        Dataset<Row> userFeatures = rows(FeatureTables.USER_FEATURES, """
                user_id | role  | shares_90d | is_likely_joint_account
                counter | guide | 5          | true
                guide   | guide | 5          | false
                """);
        Dataset<Row> ties = rows(InfluenceTables.TIE_STRENGTHS, """
                koc_id  | user_id | is_strong
                counter | a       | true
                guide   | a       | true
                """);
        Dataset<Row> previousRanking = rows(KocTables.KOC_RANKING, """
                koc_id  | koc_type | level  | level_since
                counter | guide    | bronze | 2024-01-01
                """);

        assertThat(KocCandidates.select(userFeatures, ties, previousRanking, MIN_POOL)
                        .collectAsList())
                .extracting(row -> row.<String>getAs("koc_id"))
                .containsExactly("guide");
    }

    @Test
    void rowsHaveTheDeclaredColumnsAndTypes() {
        Dataset<Row> candidates = KocCandidates.select(
                rows(FeatureTables.USER_FEATURES, "user_id\n"),
                rows(InfluenceTables.TIE_STRENGTHS, "koc_id\n"),
                rows(KocTables.KOC_RANKING, "koc_id\n"),
                MIN_POOL);

        assertThat(Columns.of(candidates)).isEqualTo(Columns.of(KocCandidates.CANDIDATES));
    }
}
