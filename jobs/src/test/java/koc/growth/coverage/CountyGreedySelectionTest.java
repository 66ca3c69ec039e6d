package koc.growth.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import koc.growth.GrowthReportTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CountyGreedySelectionTest extends GrowthReportTest {
    private static final String ADDITIONS = """
            region | koc_id | user_id | reaching_kocs | max_picks | uncompared | max_uncompared_gain
            r      | small  | a       | 0             | 2         | 0          | 0
            r      | large  | a       | 0             | 2         | 0          | 0
            r      | large  | b       | 0             | 2         | 0          | 0
            r      | large  | c       | 1             | 2         | 0          | 0
            r      | single | d       | 0             | 2         | 0          | 0
            """;

    @Test
    void kocsAreSelectedByTheUsersTheyAdd() {
        assertThat(select(rows(CountyGreedySelection.INPUT, ADDITIONS)))
                .containsExactly("[large,1,2,1,2.5,2.5,1.0,1.0]", "[single,2,1,0,1.0,3.5,0.75,1.0]");
    }

    @Test
    void theResultDoesNotDependOnTheOrderOfTheRows() {
        Dataset<Row> additions = rows(CountyGreedySelection.INPUT, ADDITIONS);

        assertThat(select(additions.orderBy("user_id", "koc_id")))
                .isEqualTo(select(additions.orderBy(additions.col("koc_id").desc())));
    }

    private static List<String> select(Dataset<Row> additions) {
        Iterator<Row> selected = new CountyGreedySelection(.5)
                .call("r", additions.collectAsList().iterator());
        List<String> rows = new ArrayList<>();
        selected.forEachRemaining(row -> rows.add(row.toString()));
        return rows;
    }
}
