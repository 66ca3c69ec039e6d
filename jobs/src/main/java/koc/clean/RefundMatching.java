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
 * Says which purchase lines the refunds of one user for one product take back.
 *
 * <p>Refunds take their turn by arrival, time and id. A refund that names an order of the product takes back lines of
 * that order; any other takes back the latest lines bought no later than itself. A line gives back no more units than
 * were bought. Units for which no line is left are a part of their own, unmatched, on the day of the refund.
 *
 * <p>The money of a part is what the units up to and with it cost, rounded half-up to cents, less what those before it
 * did, so that parts add up to the refund: 3 units at 0.3350 split 2 + 1 are 0.67 and 1.01 - 0.67 = 0.34.
 */
final class RefundMatching {
    /** The parts' matches, as the table has them. */
    static final String BY_ORDER = "order";

    static final String EARLIER = "earlier";
    static final String UNMATCHED = "unmatched";

    private static final Comparator<Line> LATEST_FIRST =
            Comparator.comparing(Line::at).thenComparing(Line::eventId).reversed();

    private final List<Line> purchases;
    private final Map<String, Integer> taken = new HashMap<>();

    private RefundMatching(List<Line> purchases) {
        this.purchases = purchases.stream().sorted(LATEST_FIRST).toList();
    }

    /**
     * A purchase or a refund.
     *
     * @param orderId null when it names none
     */
    record Line(
            LocalDate arrived,
            String eventId,
            Instant at,
            LocalDate day,
            @Nullable String orderId,
            int quantity,
            BigDecimal unitPrice) {}

    /**
     * A part of a refund.
     *
     * @param purchase the line it takes back; null when unmatched
     */
    record Part(Line refund, int number, @Nullable Line purchase, String match, int quantity, BigDecimal amount) {}

    /**
     * The parts of these refunds.
     *
     * @param purchases every line of the user for the product, whatever its arrival
     * @param refunds the refunds to match
     * @param taken units that refunds of earlier arrivals took back, by purchase line
     */
    static List<Part> match(List<Line> purchases, List<Line> refunds, Map<String, Integer> taken) {
        RefundMatching matching = new RefundMatching(purchases);
        matching.taken.putAll(taken);
        List<Part> parts = new ArrayList<>();
        refunds.stream()
                .sorted(Comparator.comparing(Line::arrived)
                        .thenComparing(Line::at)
                        .thenComparing(Line::eventId))
                .forEach(refund -> parts.addAll(matching.partsOf(refund)));
        return parts;
    }

    private List<Part> partsOf(Line refund) {
        List<Line> known = purchases.stream()
                .filter(line -> !line.arrived().isAfter(refund.arrived()))
                .toList();
        List<Line> ofOrder = refund.orderId() == null
                ? List.of()
                : known.stream()
                        .filter(line -> refund.orderId().equals(line.orderId()))
                        .toList();
        String match = ofOrder.isEmpty() ? EARLIER : BY_ORDER;
        List<Line> candidates = ofOrder.isEmpty()
                ? known.stream().filter(line -> !line.at().isAfter(refund.at())).toList()
                : ofOrder;
        List<Part> parts = new ArrayList<>();
        int left = refund.quantity();
        for (Line line : candidates) {
            int units = Math.min(left, line.quantity() - taken.getOrDefault(line.eventId(), 0));
            if (units > 0) {
                taken.merge(line.eventId(), units, Integer::sum);
                parts.add(part(refund, parts.size() + 1, line, match, refund.quantity() - left, units));
                left -= units;
            }
        }
        if (left > 0) {
            parts.add(part(refund, parts.size() + 1, null, UNMATCHED, refund.quantity() - left, left));
        }
        return parts;
    }

    private static Part part(Line refund, int number, @Nullable Line purchase, String match, int before, int units) {
        BigDecimal amount = money(refund, before + units).subtract(money(refund, before));
        return new Part(refund, number, purchase, match, units, amount);
    }

    private static BigDecimal money(Line refund, int units) {
        return refund.unitPrice().multiply(BigDecimal.valueOf(units)).setScale(2, RoundingMode.HALF_UP);
    }
}
