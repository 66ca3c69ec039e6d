package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.PortraitTables;
import org.junit.jupiter.api.Test;

class ProductPathsTest extends SparkTest {
    @Test
    void aGroupStandsInForAMissingCategory() {
        assertThat(ProductPaths.withPath(rows(CleanTables.PRODUCTS, """
                                        product_id | category
                                        green      | drinks > tea > green
                                        cake       |
                                        new        |
                                        """), rows(PortraitTables.PRODUCT_GROUPS, """
                                        product_id | name
                                        green      | Tea, Cake
                                        cake       | Tea, Cake
                                        """), 2)
                        .orderBy("product_id")
                        .select("product_id", "path")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[cake,Tea, Cake], [green,drinks > tea], [new,(none)]]");
    }
}
