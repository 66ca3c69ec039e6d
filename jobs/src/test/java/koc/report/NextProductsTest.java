package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.FitTables;
import koc.tables.RecommendTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class NextProductsTest extends SparkTest {
    private static final String PROFILES = """
            product_id | price | unit_margin
            tea        | 20    | 5
            phone      | 2000  | 1200
            cake       | 30    | 10
            """;

    @Test
    void theFirstProductToActOnComesWithTheOneWhoseShareAddsTheMostMargin() {
        // The phone adds 1.5 x 1200 less a sample of 800: 1000; the tea 3 x 5; the cake adds nobody for certain.
        assertThat(choose("""
                koc_id | rank | product_id | title | is_actionable | expected_buyers | expected_margin | extra_buyers_if_shared | extra_buyers_if_shared_low | advice
                u1     | 1    | unready    | No    | false         | 9               | 900             | 9                      | 8                          | not ready
                u1     | 2    | tea        | Tea   | true          | 4               | 20              | 3                      | 2                          | recommend
                u1     | 3    | cake       | Cake  | true          | 2               | 2000            | 1                      | -1                         | recommend
                u1     | 4    | phone      |       | true          | 1               | 1200            | 1.5                    | 1                          | sample first
                """)).containsExactly("u1: tea Tea, recommend; most margin: phone, sample first");
    }

    @Test
    void aSampleThatCostsMoreThanItsBuyersBringAddsNoMargin() {
        assertThat(choose("""
                koc_id | rank | product_id | title | is_actionable | expected_buyers | expected_margin | extra_buyers_if_shared | extra_buyers_if_shared_low | advice
                u1     | 1    | tea        | Tea   | true          | 4               | 20              | 3                      | 2                          | recommend
                u1     | 2    | phone      | Phone | true          | 1               | 1200            | 0.5                    | 0.1                        | sample first
                """)).containsExactly("u1: tea Tea, recommend; most margin: null, null");
    }

    @Test
    void aKocWithoutAProductToActOnHasARowWithoutProduct() {
        assertThat(choose("""
                koc_id | rank | product_id | title | is_actionable | expected_buyers | expected_margin | extra_buyers_if_shared | extra_buyers_if_shared_low | advice
                u1     | 1    | tea        | Tea   | false         | 0.4             | 20              | 3                      | 2                          | recommend
                u2     | 1    | tea        | Tea   | true          | 0               | 0               | 3                      | 2                          | recommend
                """))
                .containsExactly(
                        "u1: null null, null; most margin: null, null",
                        "u2: tea Tea, recommend; most margin: null, null");
    }

    private static List<String> choose(String recommendations) {
        Dataset<Row> chosen = NextProducts.choose(
                rows(RecommendTables.KOC_RECOMMENDATIONS, recommendations), rows(FitTables.PRODUCT_PROFILE, PROFILES));
        return chosen.collectAsList().stream()
                .map(row -> row.getAs("koc_id") + ": " + row.getAs("product_id") + " " + row.getAs("title") + ", "
                        + row.getAs("advice") + "; most margin: " + row.getAs("margin_title") + ", "
                        + row.getAs("margin_advice"))
                .toList();
    }
}
