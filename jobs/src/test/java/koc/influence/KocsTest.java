package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.table.CleanTables;
import koc.table.FeatureTables;
import koc.table.InfluenceTables;
import koc.table.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocsTest extends SparkTest {
    @Test
    void aKocIsWhoIsRankedAndOwnsAPoolActiveWhenItSharedAndIsNotRevoked() {
        Dataset<Row> kocs = kocs();

        assertThat(kocs.orderBy("koc_id")
                        .select("koc_id", "koc_type", "members", "is_active", "is_revoked")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[bad,external,1,false,true]", "[busy,user,2,true,false]", "[idle,user,1,false,false]");
    }

    @Test
    void theProfileNamesWhatIsThere() {
        assertThat(kocs().orderBy("koc_id")
                        .select("koc_id", "profile", "profile_completeness")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[bad,nickname, avatar, greeting,1.0]", "[busy,avatar,0.3333333333333333]", "[idle,none,0.0]");
    }

    @Test
    void aKocStandsForWhatItSharesMostElseForWhatItLikes() {
        assertThat(kocs().orderBy("koc_id").select("koc_id", "main_category").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[bad,null]", "[busy,tea]", "[idle,coffee]");
    }

    @Test
    void sharesCountIn90DaysAndByKnownCategory() {
        Dataset<Row> shared = Kocs.sharedCategories(
                rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | shares
                2024-06-30 | 2024-04-02 | k       | tea1       | 1
                2024-06-30 | 2024-06-30 | k       | tea2       | 2
                2024-06-30 | 2024-04-01 | k       | tea1       | 1
                2024-07-01 | 2024-07-01 | k       | tea1       | 1
                2024-06-30 | 2024-06-30 | k       | plain      | 1
                2024-06-30 | 2024-06-30 | k       | unknown    | 1
                2024-06-30 | 2024-06-30 | m       | tea1       | 0
                """),
                SPARK.sql("SELECT * FROM VALUES ('tea1', 'tea'), ('tea2', 'tea'), ('plain', '(none)')"
                        + " AS products(product_id, path)"),
                day("2024-06-30"));

        assertThat(shared.collectAsList()).extracting(Row::toString).containsExactly("[k,tea,3]");
    }

    private static Dataset<Row> kocs() {
        return Kocs.of(
                rows(InfluenceTables.TIE_STRENGTHS, """
                koc_id   | user_id
                busy     | a
                busy     | b
                bad      | a
                idle     | a
                staff    | a
                stranger | a
                """),
                rows(KocTables.KOC_RANKING, """
                koc_id | koc_type | level   | shares_90d
                busy   | user     | bronze  | 1
                bad    | external | revoked | 5
                idle   | user     | recruit | 0
                poolless | user   | gold    | 9
                """),
                Kocs.places(rows(CleanTables.USERS, """
                user_id | role     | nickname | avatar_url | greeting
                bad     | external | Bad      | u          | hello
                busy    | consumer |          | u          |
                idle    | consumer |          |            |
                """)),
                SPARK.sql("SELECT * FROM VALUES ('busy', 'tea', 3L), ('busy', 'milk', 2L)"
                        + " AS shared(koc_id, category, category_shares)"),
                rows(FeatureTables.USER_CATEGORIES, """
                user_id | category | share
                busy    | milk     | .9
                idle    | coffee   | .6
                idle    | tea      | .4
                """));
    }
}
