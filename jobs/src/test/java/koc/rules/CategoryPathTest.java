package koc.rules;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CategoryPathTest extends SparkTest {
    private static final Dataset<Row> PRODUCTS = rows(CleanTables.PRODUCTS, """
            product_id | category
            a          | drinks > tea > green
            b          | drinks>tea  >  green
            c          | drinks
            d          |
            """);

    @Test
    void aPathIsTruncatedToItsFirstLevels() {
        assertThat(PRODUCTS.orderBy("product_id")
                        .select(CategoryPath.truncate(col("category"), 1), CategoryPath.truncate(col("category"), 2))
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly(
                        "[drinks,drinks > tea]", "[drinks,drinks > tea]", "[drinks,drinks]", "[(none),(none)]");
    }

    @Test
    void aBlankPathCountsAsNoCategory() {
        assertThat(PRODUCTS.select(CategoryPath.truncate(lit("  "), 2)).head().getString(0))
                .isEqualTo(Absent.NONE);
    }

    @Test
    void blanksAroundSeparatorsAreIgnored() {
        assertThat(PRODUCTS.orderBy("product_id")
                        .select(CategoryPath.normalize(col("category")))
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("drinks > tea > green", "drinks > tea > green", "drinks", null);
    }

    @Test
    void aProductThatIsNotInTheCatalogueHasNoCategory() {
        assertThat(PRODUCTS.where("product_id = 'd'")
                        .select(CategoryPath.orNone(col("category")), CategoryPath.isPresent(lit(Absent.NONE)))
                        .head())
                .hasToString("[(none),false]");
    }
}
