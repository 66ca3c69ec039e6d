package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.KocTables;
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
    void sharesCountByKnownCategory() {
        Dataset<Row> shared = Kocs.sharedCategories(
                rows(FeatureTables.USER_PRODUCT_DAYS, """
                day        | user_id | product_id | shares
                2024-06-30 | k       | sencha     | 2
                2024-04-02 | k       | matcha     | 1
                2024-04-01 | k       | matcha     | 9
                2024-06-30 | k       | unsorted   | 1
                2024-06-30 | m       | sencha     | 0
                """),
                SPARK.sql("SELECT * FROM VALUES ('sencha', 'tea'), ('matcha', 'tea'), ('unsorted', '(none)')"
                        + " AS products(product_id, category)"),
                day("2024-06-30"));

        assertThat(shared.collectAsList()).extracting(Row::toString).containsExactly("[k,tea,3]");
    }

    private static Dataset<Row> kocs() {
        return Kocs.of(
                rows(KocTables.KOC_RANKING, """
                koc_id   | koc_type | level   | shares_90d | pool_size
                busy     | user     | bronze  | 1          | 2
                bad      | external | revoked | 5          | 1
                idle     | user     | recruit | 0          | 1
                poolless | user     | gold    | 9          | 0
                """),
                Kocs.places(rows(CleanTables.USERS, """
                user_id | role     | nickname | avatar_url | greeting
                bad     | external | Bad      | u          | hello
                busy    | consumer |          | u          |
                idle    | consumer |          |            |
                """))
                        .join(Kocs.liked(rows(FeatureTables.USER_CATEGORIES, """
                user_id | category | attention_fraction
                busy    | milk     | .9
                idle    | coffee   | .6
                idle    | (none)   | .7
                idle    | tea      | .4
                """)), new String[] {"user_id"}, "left"),
                SPARK.sql("SELECT * FROM VALUES ('busy', 'tea', 3L), ('busy', 'milk', 2L)"
                        + " AS shared(koc_id, category, category_shares)"));
    }
}
