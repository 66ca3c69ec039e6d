package koc.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import koc.tables.Catalog;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    private static final Table SCORES = Table.named("scores")
            .describedAs("One row per user.")
            .writtenBy("score")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .fractions("score")
            .columns("""
                    day     DATE NOT NULL COMMENT 'Run date',
                    user_id STRING NOT NULL COMMENT 'User',
                    tags    ARRAY<STRUCT<tag: STRING, weight: DOUBLE>> COMMENT 'a | b',
                    score   DOUBLE COMMENT '0..1'""");

    @Test
    void theTextSaysGrainKeyPartitionsWriterAndColumns() {
        assertThat(Dictionary.text(List.of(SCORES))).isEqualTo("""
                scores
                  One row per user.
                  Key: day, user_id
                  Partitioned by: day
                  Written by: the job score
                  Every row: score BETWEEN 0 AND 1
                    day      DATE                  not null  Run date
                    user_id  STRING                not null  User
                    tags     ARRAY of (tag STRING, weight DOUBLE)            a | b
                    score    DOUBLE                          0..1

                """);
    }

    @Test
    void publishedTablesComeFirst() {
        Table published = SCORES.published();
        Table internal = Table.named("inner").columns("day DATE").partitionedBy("day");

        assertThat(Dictionary.text(List.of(internal, published))).containsSubsequence("scores  (published)", "inner\n");
        assertThat(Dictionary.markdown(List.of(internal, published)))
                .containsSubsequence("## Published tables", "### scores", "## Internal tables", "### inner")
                .contains("| `tags` | ARRAY of (tag STRING, weight DOUBLE) | yes | a \\| b |");
    }

    @Test
    void everyTableAndColumnIsExplained() {
        for (Table table : Catalog.tables()) {
            assertThat(table.description()).as(table.name()).isNotBlank();
            assertThat(table.job()).as(table.name()).isNotBlank();
            assertThat(table.columnNames()).as(table.name()).containsAll(table.key());
            assertThat(table.columnNames()).as(table.name()).containsAll(table.partitioning());
            assertThat(Arrays.asList(table.schema().fields())).as(table.name()).allMatch(column -> column.getComment()
                    .isDefined());
        }
        assertThat(Catalog.tables().stream().map(Table::name)).doesNotHaveDuplicates();
    }
}
