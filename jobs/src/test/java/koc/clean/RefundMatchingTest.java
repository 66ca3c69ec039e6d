package koc.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import koc.clean.RefundMatching.Line;
import org.junit.jupiter.api.Test;

class RefundMatchingTest {
    private static final LocalDate FIRST = LocalDate.parse("2024-03-01");

    @Test
    void aRefundMatchesTheLinesOfItsOrderBeforeLaterLines() {
        List<Line> purchases = List.of(line("bought", 1, "order-1", 2), line("again", 2, "order-2", 2));

        assertThat(matched(purchases, List.of(line("back", 3, "order-1", 2)), Map.of()))
                .containsExactly("back/1 refunds 2 of bought by order for 20.00");
    }

    @Test
    void aRefundWithoutAKnownOrderMatchesTheLatestEarlierLinesAndLeavesUnitsUnmatched() {
        List<Line> purchases =
                List.of(line("first", 1, null, 1), line("second", 2, "order-2", 2), line("afterwards", 9, null, 5));

        assertThat(matched(purchases, List.of(line("back", 3, "order-unknown", 5)), Map.of()))
                .containsExactly(
                        "back/1 refunds 2 of second by earlier for 20.00",
                        "back/2 refunds 1 of first by earlier for 10.00",
                        "back/3 refunds 2 of nothing by unmatched for 20.00");
    }

    @Test
    void unitsBeyondTheOrderOfARefundAreUnmatched() {
        List<Line> purchases = List.of(line("bought", 1, "order-1", 1), line("again", 2, "order-2", 1));

        assertThat(matched(purchases, List.of(line("back", 3, "order-1", 2)), Map.of()))
                .containsExactly(
                        "back/1 refunds 1 of bought by order for 10.00",
                        "back/2 refunds 1 of nothing by unmatched for 10.00");
    }

    @Test
    void unitsThatEarlierArrivalsRefundedAreNotRefundedAgain() {
        List<Line> purchases = List.of(line("bought", 1, null, 3));

        assertThat(matched(purchases, List.of(line("back", 3, null, 2)), Map.of("bought", BigDecimal.valueOf(2))))
                .containsExactly(
                        "back/1 refunds 1 of bought by earlier for 10.00",
                        "back/2 refunds 1 of nothing by unmatched for 10.00");
    }

    @Test
    void aPurchaseThatArrivesAfterTheRefundIsNotMatched() {
        Line late = new Line(FIRST.plusDays(30), "late", at(1), FIRST, null, BigDecimal.ONE, new BigDecimal("10"));

        assertThat(matched(List.of(late), List.of(line("back", 3, null, 1)), Map.of()))
                .containsExactly("back/1 refunds 1 of nothing by unmatched for 10.00");
    }

    @Test
    void refundsAreMatchedInOrderOfArrivalThenTimeThenId() {
        List<Line> purchases = List.of(line("bought", 1, null, 1));
        List<Line> refunds = List.of(line("c", 4, null, 1), line("b", 3, null, 1), line("a", 3, null, 1));

        assertThat(matched(purchases, refunds, Map.of()))
                .containsExactly(
                        "a/1 refunds 1 of bought by earlier for 10.00",
                        "b/1 refunds 1 of nothing by unmatched for 10.00",
                        "c/1 refunds 1 of nothing by unmatched for 10.00");
    }

    @Test
    void partsAddUpToTheAmountOfTheRefund() {
        List<Line> purchases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            purchases.add(line("line-" + i, 1, null, 1));
        }
        Line refund = new Line(FIRST, "back", at(3), FIRST, null, new BigDecimal(5), new BigDecimal("0.0050"));

        List<BigDecimal> amounts = RefundMatching.match(purchases, List.of(refund), Map.of()).stream()
                .map(RefundMatching.Part::amount)
                .toList();

        assertThat(amounts).allMatch(amount -> amount.signum() >= 0);
        assertThat(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo("0.03");
    }

    @Test
    void goodsByWeightAreRefundedInPart() {
        Line bought = line("bought", 1, null, new BigDecimal("1.250"));
        Line refund = line("back", 3, null, new BigDecimal("1.500"));

        assertThat(matched(List.of(bought), List.of(refund), Map.of("bought", new BigDecimal("0.500"))))
                .containsExactly(
                        "back/1 refunds 0.750 of bought by earlier for 7.50",
                        "back/2 refunds 0.750 of nothing by unmatched for 7.50");
    }

    private static List<String> matched(
            List<Line> purchases, List<Line> refunds, Map<String, BigDecimal> refundedUnits) {
        return RefundMatching.match(purchases, refunds, refundedUnits).stream()
                .map(part -> part.refund().eventId() + "/" + part.number() + " refunds " + part.quantity() + " of "
                        + (part.purchase() == null ? "nothing" : part.purchase().eventId())
                        + " by " + part.match() + " for " + part.amount())
                .toList();
    }

    private static Line line(
            String eventId, int day, @org.jspecify.annotations.Nullable String order, BigDecimal quantity) {
        return new Line(FIRST, eventId, at(day), FIRST.plusDays(day), order, quantity, new BigDecimal("10.0000"));
    }

    private static Line line(String eventId, int day, @org.jspecify.annotations.Nullable String order, int quantity) {
        return line(eventId, day, order, BigDecimal.valueOf(quantity));
    }

    private static java.time.Instant at(int day) {
        return FIRST.plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
