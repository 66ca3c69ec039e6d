package koc.recommend.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CampaignsTest extends SparkTest {
    /** Two KOCs with all products each: anna, a guide in Xihu, and ben, a user without a county. */
    private static final Dataset<Row> CANDIDATES = products().crossJoin(kocs());

    @Test
    void anOpenExcludeForbidsItsProductForEveryKoc() {
        assertThat(allowed("""
                campaign_id | rule    | starts_on  | ends_on    | product_id | category | brand
                open        | exclude | 2024-03-01 |            | milk       |          |
                last-day    | exclude | 2024-03-01 | 2024-03-10 | tea        |          |
                first-day   | exclude | 2024-03-10 |            | cup        |          |
                ended       | exclude | 2024-03-01 | 2024-03-09 | rice       |          |
                to-come     | exclude | 2024-03-11 |            | rice       |          |
                other-brand | exclude | 2024-03-01 |            | rice       |          | Acme
                """)).containsExactly("anna diapers", "anna rice", "ben diapers", "ben rice");
    }

    @Test
    void aCategoryIncludesItsSubcategoriesButNotOtherNamesWithItsPrefix() {
        assertThat(allowed("""
                campaign_id | rule    | starts_on  | category
                no-baby     | exclude | 2024-03-01 | Baby
                no-drinks   | exclude | 2024-03-01 | Food>Drinks
                no-dri      | exclude | 2024-03-01 | Food > Ric
                """)).containsExactly("anna cup", "anna rice", "ben cup", "ben rice");
    }

    @Test
    void allStatedColumnsMustMatch() {
        assertThat(allowed("""
                campaign_id | rule    | starts_on  | category | brand
                acme-food   | exclude | 2024-03-01 | Food     | Acme
                """))
                .containsExactly(
                        "anna cup",
                        "anna diapers",
                        "anna rice",
                        "anna tea",
                        "ben cup",
                        "ben diapers",
                        "ben rice",
                        "ben tea");
    }

    @Test
    void anOpenAllowForbidsOtherProductsAndAnExcludeOverridesIt() {
        assertThat(allowed("""
                campaign_id | rule    | starts_on  | product_id | category | brand
                festival    | allow   | 2024-03-01 | cup        |          |
                festival    | allow   | 2024-03-01 |            | Food     |
                sold-out    | exclude | 2024-03-01 | tea        |          |
                """))
                .containsExactly("anna cup", "anna milk", "anna rice", "ben cup", "ben milk", "ben rice");
    }

    @Test
    void aLimitedCampaignAppliesToItsKocsOnly() {
        assertThat(allowed("""
                campaign_id | rule    | starts_on  | product_id | koc_type | koc_id | county
                guides      | allow   | 2024-03-01 | milk       | guide    |        |
                xihu        | allow   | 2024-03-01 | tea        |          |        | Xihu
                nobody      | allow   | 2024-03-01 | cup        | user     | anna   |
                not-ben     | exclude | 2024-03-01 | rice       |          | ben    |
                """))
                .containsExactly("anna milk", "anna tea", "ben cup", "ben diapers", "ben milk", "ben tea");
    }

    @Test
    void anAllowForOneKocLeavesTheOthersUnlimited() {
        assertThat(allowed("""
                campaign_id | rule  | starts_on  | product_id | koc_id
                annas       | allow | 2024-03-01 | milk       | anna
                """))
                .containsExactly("anna milk", "ben cup", "ben diapers", "ben milk", "ben rice", "ben tea");
    }

    @Test
    void withoutCampaignsEverythingIsAllowed() {
        Dataset<Row> none = rows(CleanTables.CAMPAIGNS, "campaign_id\n");

        assertThat(Campaigns.keepAllowed(CANDIDATES, none).columns()).isEqualTo(CANDIDATES.columns());
        assertThat(Campaigns.keepAllowed(CANDIDATES, none).count()).isEqualTo(10);
    }

    @Test
    void aProductStaysWhenAtLeastOneKocMayRecommendIt() {
        assertThat(allowedForAll("""
                campaign_id | rule    | starts_on  | product_id | category | koc_id
                for-all     | exclude | 2024-03-01 | milk       |          |
                for-anna    | exclude | 2024-03-01 | tea        |          | anna
                """)).containsExactly("cup", "diapers", "rice", "tea");
        assertThat(allowedForAll("""
                campaign_id | rule  | starts_on  | product_id | category | koc_id
                for-all     | allow | 2024-03-01 |            | Food     |
                for-anna    | allow | 2024-03-01 | cup        |          | anna
                """)).containsExactly("cup", "milk", "rice", "tea");
        assertThat(allowedForAll("""
                campaign_id | rule  | starts_on  | product_id | category | koc_id
                for-anna    | allow | 2024-03-01 | cup        |          | anna
                """)).hasSize(5);
    }

    private static Dataset<Row> open(String campaigns) {
        return Campaigns.keepOpen(day("2024-03-10"), rows(CleanTables.CAMPAIGNS, campaigns));
    }

    private static List<String> allowed(String campaigns) {
        return Campaigns.keepAllowed(CANDIDATES, open(campaigns))
                .selectExpr("concat(koc_id, ' ', product_id)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private static List<String> allowedForAll(String campaigns) {
        return Campaigns.keepAllowedForSomeKoc(products(), open(campaigns))
                .select("product_id")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private static Dataset<Row> products() {
        return rows(CleanTables.PRODUCTS, """
                product_id | category            | brand
                milk       | Food > Drinks       | Acme
                tea        | Food > Drinks > Hot | Leaf
                rice       | Food > Rice         |
                diapers    | Baby                | Soft
                cup        |                     | Acme
                """).select("product_id", "category", "brand");
    }

    private static Dataset<Row> kocs() {
        StructType columns = StructType.fromDDL("koc_id STRING, koc_type STRING, county STRING, score DOUBLE");
        return SPARK.createDataFrame(
                List.of(RowFactory.create("anna", "guide", "Xihu", .5), RowFactory.create("ben", "user", null, .5)),
                columns);
    }
}
