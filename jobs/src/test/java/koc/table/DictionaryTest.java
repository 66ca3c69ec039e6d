package koc.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    private static final Table SCORES = Table.named("scores")
            .describedAs("One row per day and user.")
            .writtenBy("score")
            .keyedBy("day", "user_id")
            .partitionedBy("day")
            .published()
            .shares("score")
            .columns("""
                    day     DATE NOT NULL COMMENT 'Run date',
                    user_id STRING NOT NULL COMMENT 'User',
                    score   DECIMAL(18,2) COMMENT 'a | b'""");

    @Test
    void markdownSaysEverythingTheDeclarationSays() {
        assertThat(Dictionary.markdown(List.of(SCORES))).isEqualTo("""
                # Data dictionary

                | table | one row per |
                | --- | --- |
                | [scores](#scores) | One row per day and user. |

                ## scores

                One row per day and user.

                - Written by `koc score`, published for marketers.
                - Key: `day`, `user_id`.
                - Partitioned by `day`.
                - Every row keeps: `score BETWEEN 0 AND 1`.

                | column | type | may be null | meaning |
                | --- | --- | --- | --- |
                | day | DATE |  | Run date |
                | user_id | STRING |  | User |
                | score | DECIMAL(18,2) | yes | a \\| b |
                """);
    }

    @Test
    void textAlignsTheColumns() {
        assertThat(Dictionary.text(List.of(SCORES))).isEqualTo("""
                scores
                  One row per day and user.
                  Written by koc score, published for marketers.
                  Key: day, user_id.
                  Partitioned by day.
                  Every row keeps: score BETWEEN 0 AND 1.
                    day      DATE                 Run date
                    user_id  STRING               User
                    score    DECIMAL(18,2)  null  a | b
                """);
    }

    @Test
    void everyColumnOfEveryTableHasAMeaning() {
        assertThat(Catalog.tables())
                .allSatisfy(table -> assertThat(table.schema().fields())
                        .allMatch(column -> column.getComment().isDefined()));
    }
}
