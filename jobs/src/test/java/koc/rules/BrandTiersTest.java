package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BrandTiersTest extends SparkTest {
    private static final Dataset<Row> PRODUCTS = rows(CleanTables.PRODUCTS, """
            product_id | brand | brand_tier
            a          | Fine  | 4
            b          | Fine  | 4
            c          | Fine  | 5
            d          | Two   | 2
            e          | Two   | 3
            f          |       | 5
            g          | Fine  |
            h          | None  |
            """);

    @Test
    void everyProductOfABrandHasTheMedianTierRoundedToTheBetter() {
        assertThat(BrandTiers.withMedianTier(PRODUCTS)
                        .orderBy("product_id")
                        .select("product_id", "brand_tier")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[a,4], [b,4], [c,4], [d,2], [e,2], [f,5], [g,4], [h,null]]");
    }

    @Test
    void productsWithAnotherTierThanTheirBrandAreCounted() {
        assertThat(BrandTiers.countDeviating(PRODUCTS).toString()).isEqualTo("[5,2,2]");
    }
}
