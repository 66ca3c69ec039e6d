package koc.growth;

import static org.apache.spark.sql.functions.col;

import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A county Hongshan with one active KOC and two inactive ones. Active KOCs reach a once, b twice and c once; inactive
 * KOCs would add a, b and d.
 */
public abstract class CountyReportTest extends GrowthReportTest {
    public static final String TIES = """
            koc_id    | user_id | relation        | is_inferred
            active    | a       | guide_customer  | false
            active    | b       | guide_customer  | false
            away      | b       | user_friend     | false
            away      | c       | user_friend     | false
            inactive1 | a       | user_friend     | false
            inactive1 | b       | user_friend     | false
            inactive1 | d       | user_friend     | false
            inactive2 | d       | user_friend     | false
            inactive2 | nowhere | user_friend     | false
            revoked   | d       | external_friend | false
            """;
    public static final String NO_TIES = "koc_id | user_id | relation | is_inferred";

    public static Dataset<Row> users() {
        return describe("""
                user_id   | province | city  | county
                a         | Hubei    | Wuhan | Hongshan
                b         | Hubei    | Wuhan | Hongshan
                c         | Hubei    | Wuhan | Hongshan
                d         | Hubei    | Wuhan | Hongshan
                x         |          |       | Hongshan
                nowhere   | Hubei    | Wuhan |
                active    | Hubei    | Wuhan | Hongshan
                inactive1 | Hubei    | Wuhan | Hongshan
                inactive2 | Hubei    | Wuhan | Hongshan
                revoked   | Hubei    | Wuhan | Hongshan
                away      | Hunan    | Yong  | Jiang
                """);
    }

    public static Dataset<Row> kocs() {
        return rows(GrowthKocs.KOCS, """
                koc_id    | koc_type | level   | pool_size | is_active | is_revoked | region
                active    | guide    | bronze  | 2         | true      | false      | Hubei / Wuhan / Hongshan
                away      | user     | silver  | 2         | true      | false      | Hunan / Yong / Jiang
                inactive1 | user     | trainee | 3         | false     | false      | Hubei / Wuhan / Hongshan
                inactive2 | user     |         | 2         | false     | false      | Hubei / Wuhan / Hongshan
                revoked   | external | revoked | 1         | false     | true       | Hubei / Wuhan / Hongshan
                """).withColumn("name", col("koc_id"));
    }

    public static Dataset<Row> describe(String users) {
        return GrowthUsers.describe(
                rows(CleanTables.USERS, users), rows(FeatureTables.USER_CATEGORIES, "user_id | category"));
    }

    public static Dataset<Row> ties(String text) {
        return rows(InfluenceTables.TIE_STRENGTHS, text);
    }
}
