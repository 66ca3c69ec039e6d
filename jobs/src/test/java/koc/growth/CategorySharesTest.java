package koc.growth;

import static org.assertj.core.api.Assertions.assertThat;

import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.junit.jupiter.api.Test;

class CategorySharesTest extends GrowthReportTest {
    @Test
    void sharesOf90DaysAreCountedPerKnownCategory() {
        assertThat(text(CategoryShares.count(
                        rows(FeatureTables.USER_PRODUCT_DAYS, """
                        day        | user_id | product_id | shares
                        2024-06-30 | k       | sencha     | 2
                        2024-04-02 | k       | matcha     | 1
                        2024-04-01 | k       | matcha     | 9
                        2024-06-30 | k       | unsorted   | 1
                        2024-06-30 | m       | sencha     | 0
                        """),
                        rows(CleanTables.PRODUCTS, """
                        product_id | category
                        sencha     | tea
                        matcha     | tea
                        unsorted   | (none)
                        """).select("product_id", "category"),
                        day("2024-06-30"))))
                .containsExactly("[k,tea,3]");
    }
}
