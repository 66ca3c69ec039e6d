package koc.tables;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FrameTest extends SparkTest {
    private static final Frame TOUCHES = Frame.named("touches")
            .grain("one row per event that reached a user")
            .columns("""
                    user_id STRING COMMENT 'Who was reached',
                    day     DATE   COMMENT 'Day of the event',
                    weight  DOUBLE COMMENT 'Weight of the touch, 0..1'""");

    @Test
    void columnsKeepTheirOrder() {
        assertThat(TOUCHES.columnNames()).containsExactly("user_id", "day", "weight");
    }

    @Test
    void describesItselfByNameAndGrain() {
        assertThat(TOUCHES).hasToString("touches (one row per event that reached a user)");
    }

    @Test
    void rowsOfTextHaveTheDeclaredTypesAndNullsWhereNothingIsGiven() {
        Dataset<Row> touches = rows(TOUCHES, """
                user_id | weight
                ann     | 0.5
                bob     |
                """);

        assertThat(touches.schema().fieldNames()).containsExactly("user_id", "day", "weight");
        assertThat(touches.select("user_id", "weight").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[ann,0.5]", "[bob,null]");
        assertThat(touches.where("day IS NOT NULL").isEmpty()).isTrue();
    }
}
