package koc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.RecommendTables;
import org.junit.jupiter.api.Test;

class NextProductsTest extends SparkTest {
    @Test
    void aKocWithAListHasARowThatSaysWhatIsNextOrWhyNothingIs() {
        assertThat(choose("""
                koc_id | rank | product_id | is_next_product | is_actionable | expected_buyers | advice
                u1     | 1    | tea        | false           | true          | 4               | recommend
                u1     | 2    | phone      | true            | true          | 2               | recommend
                u2     | 1    | tea        | false           | true          | 0.5             | sample first
                u3     | 1    | tea        | false           | false         | 0.1             | not ready
                u3     | 2    | pan        | false           | false         | 7               | check first
                """)).containsExactly("u1: phone, true, 4.0", "u2: null, true, 0.5", "u3: null, false, 0.1");
    }

    private static List<String> choose(String recommendations) {
        return NextProducts.choose(rows(RecommendTables.KOC_RECOMMENDATIONS, recommendations)).collectAsList().stream()
                .map(row -> row.getAs("koc_id") + ": " + row.getAs("product_id") + ", " + row.getAs("is_actionable")
                        + ", " + row.getAs("most_expected_buyers"))
                .toList();
    }
}
