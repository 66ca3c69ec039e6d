package koc.portraits.transitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.portraits.assign.PortraitAssignment;
import koc.portraits.transitions.TransitionMatrix.Cell;
import koc.tables.PortraitTables;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class TransitionMatrixTest extends SparkTest {
    private static final TransitionMatrix MATRIX = TransitionMatrix.between(
            rows(PortraitTables.USER_PORTRAITS, """
                    day        | user_id | portrait_id | portrait_name
                    2024-06-29 | stays   | a           | Tea
                    2024-06-29 | moves   | a           | Tea
                    2024-06-29 | leaves  | b           | Coffee
                    """),
            SPARK.createDataFrame(
                    List.of(
                            RowFactory.create("stays", "a", 1.0, 0.0),
                            RowFactory.create("moves", "b", 1.0, 0.0),
                            RowFactory.create("comes", "b", 1.0, 0.0)),
                    PortraitAssignment.ASSIGNMENTS.schema()));

    @Test
    void everyPairOfPortraitsIsACell() {
        assertThat(MATRIX.previousDay()).isEqualTo("2024-06-29");
        assertThat(MATRIX.cells())
                .containsExactly(
                        new Cell("(none)", "", "b", 1),
                        new Cell("a", "Tea", "a", 1),
                        new Cell("a", "Tea", "b", 1),
                        new Cell("b", "Coffee", "(none)", 1));
        assertThat(MATRIX.usersBefore()).containsEntry("a", 2L).containsEntry("b", 1L);
        assertThat(MATRIX.usersToday()).containsEntry("a", 1L).containsEntry("b", 2L);
    }

    @Test
    void theRetainedRateIsTheFractionOfUsersWhoStay() {
        assertThat(MATRIX.retainedRates()).containsEntry("a", 0.5).containsEntry("b", 0.0);
    }
}
