package koc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import koc.SparkTest;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.warehouse.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSummaryTest extends SparkTest {
    @TempDir
    Path warehouse;

    @Test
    void portraitsAreShownBySizeAndRecommendationsOfDifferentProductsFirst() {
        publish(PortraitTables.PORTRAITS, """
                portrait_id | name            | users | user_fraction
                p1          | careful parents | 120   | 0.12
                p2          | night gamers    | 880   | 0.88
                """);
        publish(RecommendTables.KOC_RECOMMENDATIONS, """
                koc_id | koc_type | rank | product_id | title  | score | is_next_product | next_action | reason
                amy    | employee | 1    | milk       | Milk 1 | 9     | true            | Let Amy ... | About 12 members
                amy    | employee | 2    | tea        | Tea    | 8     | false           | second      | second
                bob    | user     | 1    | milk       | Milk 1 | 7     | true            | Let Bob ... | also parents
                cat    | guide    | 1    | cap        |        | 9     | false           | Wait        | first
                cat    | guide    | 2    | pad        |        | 5     | true            | Let Cat ... | gamers
                dan    | guide    | 1    | pad        |        | 9     | false           | Wait        | hardly anybody
                """);

        String shown = print();

        assertThat(shown).containsSubsequence("880 users  88.0%  night gamers", "120 users  12.0%  careful parents");
        assertThat(shown)
                .containsSubsequence(
                        "amy (employee): Milk 1 [milk]\n      Let Amy ...\n      About 12 members",
                        "cat (guide): pad",
                        "bob (user): Milk 1 [milk]")
                .doesNotContain("second", "Wait", "dan");
        assertThat(shown).contains(warehouse + "/published", "read_parquet", "DuckDB");
    }

    @Test
    void aRunWithoutKocsSaysSo() {
        publish(PortraitTables.PORTRAITS, "portrait_id | name | users | user_fraction\np1 | all | 1 | 1.0");
        publish(RecommendTables.KOC_RECOMMENDATIONS, "koc_id | rank");

        assertThat(print()).contains("none: this run found no KOC with a large enough pool");
    }

    @Test
    void aRunWithNothingToActOnSaysSo() {
        publish(PortraitTables.PORTRAITS, "portrait_id | name | users | user_fraction\np1 | all | 1 | 1.0");
        publish(RecommendTables.KOC_RECOMMENDATIONS, "koc_id | rank | is_next_product\namy | 1 | false");

        assertThat(print()).contains("none: no product is worth a share");
    }

    private void publish(Table table, String rows) {
        rows(table, rows).write().parquet(warehouse + "/published/" + table.name());
    }

    private String print() {
        StringWriter out = new StringWriter();
        new DemoSummary(SPARK, warehouse.toString()).print(new PrintWriter(out));
        return out.toString();
    }
}
