package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class GrowthKocsTest extends GrowthReportTest {
    private static final Dataset<Row> KOCS = describe("""
            koc_id   | koc_type | level   | shares_90d | pool_size | own_use | is_ready
            busy     | user     | bronze  | 1          | 2         | .5      | true
            absent   | user     | bronze  | 1          | 2         | .5      | false
            bad      | external | revoked | 5          | 1         | .5      | true
            idle     | user     | recruit | 0          | 1         | 0       | false
            poolless | user     | gold    | 9          | 0         | .5      | true
            """);

    @Test
    void rankedUsersWithAPoolAreKocsAndActiveIfTheySharedAndAreNotRevoked() {
        assertThat(text(KOCS.select("koc_id", "koc_type", "pool_size", "is_active", "is_revoked")))
                .containsExactly(
                        "[absent,user,2,true,false]",
                        "[bad,external,1,false,true]",
                        "[busy,user,2,true,false]",
                        "[idle,user,1,false,false]");
    }

    @Test
    void kocsAreReadyIfTheRankingSaysSoButNeverIfRevoked() {
        assertThat(text(KOCS.select("koc_id", "is_ready")))
                .containsExactly("[absent,false]", "[bad,false]", "[busy,true]", "[idle,false]");
    }

    @Test
    void withoutAPurchaseOfAnyKocAllWhoAreNotRevokedAreReady() {
        Dataset<Row> kocs = describe("""
                koc_id | koc_type | level   | shares_90d | pool_size | own_use | is_ready
                busy   | user     | bronze  | 1          | 2         |         | false
                bad    | external | revoked | 5          | 1         |         | false
                idle   | user     | recruit | 0          | 1         |         | false
                """);

        assertThat(text(kocs.select("koc_id", "is_ready")))
                .containsExactly("[bad,false]", "[busy,true]", "[idle,true]");
    }

    @Test
    void theMainPortraitIsThatOfMostMembersWithoutNewcomers() {
        assertThat(text(KOCS.select("koc_id", "main_portrait_id")))
                .containsExactly("[absent,null]", "[bad,null]", "[busy,p2]", "[idle,null]");
    }

    @Test
    void theProfileListsWhatIsFilledInAndIsUnknownForKocsWhoAreNotInUsers() {
        assertThat(text(KOCS.select("koc_id", "profile", "profile_completeness")))
                .containsExactly(
                        "[absent,unknown,null]",
                        "[bad,nickname, avatar, greeting,1.0]",
                        "[busy,avatar,0.3333333333333333]",
                        "[idle,none,0.0]");
    }

    @Test
    void theMainCategoryIsTheMostSharedOneOrElseTheTopCategory() {
        assertThat(text(KOCS.select("koc_id", "main_category")))
                .containsExactly("[absent,null]", "[bad,null]", "[busy,tea]", "[idle,coffee]");
    }

    private static Dataset<Row> describe(String ranking) {
        return GrowthKocs.describe(
                        rows(KocTables.KOC_RANKING, ranking),
                        GrowthUsers.describe(rows(CleanTables.USERS, """
                    user_id | role     | nickname | avatar_url | greeting
                    bad     | external | Bad      | u          | hello
                    busy    | consumer |          | u          |
                    idle    | consumer |          |            |
                    """), rows(FeatureTables.USER_CATEGORIES, """
                    user_id | category | attention_fraction
                    busy    | milk     | .9
                    idle    | coffee   | .6
                    idle    | tea      | .4
                    """)),
                        rows(CategoryShares.CATEGORY_SHARES, """
                    koc_id | category | shares
                    busy   | tea      | 3
                    busy   | milk     | 2
                    """),
                        MainPortraits.select(
                                rows(InfluenceTables.TIE_STRENGTHS, """
                    koc_id | user_id
                    busy   | a
                    busy   | b
                    busy   | c
                    busy   | n1
                    busy   | n2
                    busy   | n3
                    idle   | n1
                    """), rows(PortraitTables.USER_PORTRAITS, """
                    user_id | portrait_id
                    a       | p1
                    b       | p2
                    c       | p2
                    n1      | newcomers
                    n2      | newcomers
                    n3      | newcomers
                    """)))
                .orderBy("koc_id");
    }
}
