package koc.clean;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Matches the refunds of one user and one product with the purchase lines that they refund.
 *
 * <p>Refunds are matched in order of arrival, time and id. A refund that names an order of the product matches lines of
 * that order. Any other refund matches the latest lines bought no later than itself. No line is refunded for more units
 * than were bought. Units for which no line is left form one unmatched part, on the day of the refund.
 *
 * <p>Amounts are rounded half-up to cents and add up to the refund. A part has the rounded price of all units up to its
 * last one, less the amounts of the parts before it. Worked: 3 units at 0.3350 cost 1.01. Split into 2 + 1 units, the
 * parts have 0.67 and 1.01 - 0.67 = 0.34.
 */
final class RefundMatching {
    /** The values of the column match. */
    static final String BY_ORDER = "order";

    static final String EARLIER = "earlier";
    static final String UNMATCHED = "unmatched";

    private static final Comparator<Line> LATEST_FIRST =
            Comparator.comparing(Line::occurredAt).thenComparing(Line::eventId).reversed();

    private final List<Line> purchases;
    private final Map<String, BigDecimal> refundedUnits = new HashMap<>();

    private RefundMatching(List<Line> purchases) {
        this.purchases = purchases.stream().sorted(LATEST_FIRST).toList();
    }

    /**
     * A purchase or a refund.
     *
     * @param orderId null when the event names no order
     */
    record Line(
            LocalDate arrived,
            String eventId,
            Instant occurredAt,
            LocalDate day,
            @Nullable String orderId,
            BigDecimal quantity,
            BigDecimal unitPrice) {}

    /**
     * A part of a refund.
     *
     * @param purchase the purchase line it refunds; null when unmatched
     */
    record Part(
            Line refund, int number, @Nullable Line purchase, String match, BigDecimal quantity, BigDecimal amount) {}

    /**
     * The parts of these refunds.
     *
     * @param purchases every line of the user for the product, whatever its arrival
     * @param refunds the refunds to match
     * @param refundedUnits units that refunds of earlier arrivals refunded, by purchase line
     */
    static List<Part> match(List<Line> purchases, List<Line> refunds, Map<String, BigDecimal> refundedUnits) {
        RefundMatching matching = new RefundMatching(purchases);
        matching.refundedUnits.putAll(refundedUnits);
        List<Part> parts = new ArrayList<>();
        refunds.stream()
                .sorted(Comparator.comparing(Line::arrived)
                        .thenComparing(Line::occurredAt)
                        .thenComparing(Line::eventId))
                .forEach(refund -> parts.addAll(matching.matchRefund(refund)));
        return parts;
    }

    private List<Part> matchRefund(Line refund) {
        List<Line> arrived = purchases.stream()
                .filter(line -> !line.arrived().isAfter(refund.arrived()))
                .toList();
        List<Line> ofOrder = refund.orderId() == null
                ? List.of()
                : arrived.stream()
                        .filter(line -> refund.orderId().equals(line.orderId()))
                        .toList();
        String match = ofOrder.isEmpty() ? EARLIER : BY_ORDER;
        List<Line> candidates = ofOrder.isEmpty()
                ? arrived.stream()
                        .filter(line -> !line.occurredAt().isAfter(refund.occurredAt()))
                        .toList()
                : ofOrder;
        List<Part> parts = new ArrayList<>();
        BigDecimal remaining = refund.quantity();
        for (Line line : candidates) {
            BigDecimal notRefunded =
                    line.quantity().subtract(refundedUnits.getOrDefault(line.eventId(), BigDecimal.ZERO));
            BigDecimal units = remaining.min(notRefunded);
            if (units.signum() > 0) {
                refundedUnits.merge(line.eventId(), units, BigDecimal::add);
                parts.add(part(refund, parts.size() + 1, line, match, remaining, units));
                remaining = remaining.subtract(units);
            }
        }
        if (remaining.signum() > 0) {
            parts.add(part(refund, parts.size() + 1, null, UNMATCHED, remaining, remaining));
        }
        return parts;
    }

    private static Part part(
            Line refund, int number, @Nullable Line purchase, String match, BigDecimal remaining, BigDecimal units) {
        BigDecimal matchedUnits = refund.quantity().subtract(remaining);
        BigDecimal amount = amount(refund, matchedUnits.add(units)).subtract(amount(refund, matchedUnits));
        return new Part(refund, number, purchase, match, units, amount);
    }

    private static BigDecimal amount(Line refund, BigDecimal units) {
        return refund.unitPrice().multiply(units).setScale(2, RoundingMode.HALF_UP);
    }
}
