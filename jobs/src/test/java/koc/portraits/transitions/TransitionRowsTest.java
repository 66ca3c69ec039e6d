package koc.portraits.transitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.portraits.transitions.ClusterTransitions.Match;
import koc.portraits.transitions.ClusterTransitions.Transition;
import koc.portraits.transitions.TransitionMatrix.Cell;
import koc.text.Texts;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TransitionRowsTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final ClusterTransitions REFIT = new ClusterTransitions(
            List.of(new Match("a", "a", Transition.SURVIVED, 0.9)), List.of("n"), List.of("empty", "lost"));

    @Test
    void aRefitExplainsEveryPortrait() {
        TransitionMatrix matrix = new TransitionMatrix(
                DAY.minusDays(1), List.of(new Cell("a", "Tea", "a", 3), new Cell("lost", "Milk", "n", 1)));

        List<Row> rows = new TransitionRows(DAY, REFIT, DAY.minusDays(28), Texts.of("en"))
                .rows(matrix, Map.of("a", "Tea", "n", "Cake"), Map.of("empty", "Soap"));

        assertThat(rows)
                .extracting(row -> row.mkString("|"))
                .containsExactly(
                        "2024-06-30|a|Tea|a|Tea|2024-06-29|3|1.0|1.0|kept|kept"
                                + "|'Tea' continues as 'Tea' with 100% of its users.",
                        "2024-06-30|lost|Milk|n|Cake|2024-06-29|1|1.0|1.0|gone|new|'Milk' is gone. 'Cake' is new.",
                        "2024-06-30|empty|Soap|(none)||2024-06-29|0|0.0|0.0|gone|null|'Soap' is gone.");
    }

    @Test
    void withoutARefitUsersStayMoveComeAndLeave() {
        TransitionMatrix matrix = new TransitionMatrix(
                DAY.minusDays(1),
                List.of(
                        new Cell("a", "Tea", "a", 3),
                        new Cell("a", "Tea", "b", 1),
                        new Cell("(none)", "", "b", 1),
                        new Cell("b", "Milk", "(none)", 1)));

        List<Row> rows = new TransitionRows(DAY, ClusterTransitions.unchanged(List.of("a", "b")), null, Texts.of("en"))
                .rows(matrix, Map.of("a", "Tea", "b", "Milk"), Map.of());

        assertThat(rows)
                .extracting(row -> row.getString(11))
                .containsExactly("Stayed.", "Moved.", "New since the previous run.", "No longer exists.");
    }

    @Test
    void withoutAPreviousRunThereAreNoRows() {
        assertThat(new TransitionRows(DAY, REFIT, null, Texts.of("en"))
                        .rows(new TransitionMatrix(null, List.of(new Cell("(none)", "", "a", 1))), Map.of(), Map.of()))
                .isEmpty();
    }
}
