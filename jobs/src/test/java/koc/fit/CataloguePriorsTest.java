package koc.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import koc.SparkTest;
import koc.spark.Checkpoints;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CataloguePriorsTest extends SparkTest {
    private static final LocalDate DAY = day("2024-03-31");

    @Test
    void productsThatDifferFromTheirCategoryCountMore() {
        // Two products with 20 buyers each: all of one portrait each, or of both portraits alike.
        CataloguePriors different = priors("IF(id % 2 = 0, 'p1', 'p2')");
        CataloguePriors alike = priors("IF(id % 4 < 2, 'p1', 'p2')");

        assertThat(different.products().concentration()).isLessThan(5);
        assertThat(alike.products().concentration()).isEqualTo(1000);
        assertThat(different.products().observations()).isEqualTo(2);
        assertThat(alike.products().observations()).isEqualTo(4);
    }

    @Test
    void productsWithABrandAreComparedWithTheirBrand() {
        CataloguePriors priors = priors("IF(id % 2 = 0, 'p1', 'p2')", "IF(id % 2 = 0, 'even', 'odd')");

        assertThat(priors.brands().concentration()).isLessThan(5);
        assertThat(priors.brands().observations()).isEqualTo(2);
    }

    private static CataloguePriors priors(String portrait) {
        return priors(portrait, "CAST(NULL AS STRING)");
    }

    /** The priors of 40 buyers of the products 0 and 1 of one category. */
    private static CataloguePriors priors(String portrait, String brand) {
        Dataset<Row> buyers = SPARK.range(40)
                .selectExpr(
                        "CAST(id AS STRING) AS user_id",
                        "CAST(id % 2 AS STRING) AS product_id",
                        portrait + " AS portrait_id",
                        "'a > b' AS path",
                        brand + " AS brand");
        Dataset<Row> portraits = SPARK.sql("SELECT * FROM VALUES ('p1', 20L), ('p2', 20L) AS t(portrait_id, users)");
        try (Checkpoints checkpoints = new Checkpoints()) {
            return CataloguePriors.fit(
                    new FitInputs(DAY, DAY, portraits, buyers, buyers, buyers, buyers),
                    FitSettings.from(DEFAULTS),
                    checkpoints);
        }
    }
}
