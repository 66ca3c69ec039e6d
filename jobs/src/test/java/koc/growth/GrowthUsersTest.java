package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class GrowthUsersTest extends GrowthReportTest {
    private static final Dataset<Row> USERS =
            GrowthUsers.describe(rows(CleanTables.USERS, """
                    user_id | province | city  | county
                    a       | Hubei    | Wuhan | Hongshan
                    b       |          |       | Hongshan
                    c       | Hubei    | Wuhan |
                    """), rows(FeatureTables.USER_CATEGORIES, """
                    user_id | category | attention_fraction
                    a       | milk     | .4
                    a       | tea      | .4
                    a       | coffee   | .2
                    b       | (none)   | .7
                    b       | coffee   | .3
                    """));

    @Test
    void theRegionNamesProvinceCityAndCountyAndIsNullWithoutACounty() {
        assertThat(text(USERS.orderBy("user_id").select("user_id", "region")))
                .containsExactly("[a,Hubei / Wuhan / Hongshan]", "[b, /  / Hongshan]", "[c,null]");
    }

    @Test
    void theTopCategoryIsTheLargestKnownOneAndOfEqualOnesTheLastByName() {
        assertThat(text(USERS.orderBy("user_id").select("user_id", "top_category", "top_category_fraction")))
                .containsExactly("[a,tea,0.4]", "[b,coffee,0.3]", "[c,null,null]");
    }
}
