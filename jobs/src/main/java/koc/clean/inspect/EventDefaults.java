package koc.clean.inspect;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import koc.clean.inspect.SourceProposal.Setting;
import org.jspecify.annotations.Nullable;

/** What can be said of events whose files have no type or no id. */
final class EventDefaults {
    private static final double NEARLY_ALL = 0.95;
    /** More columns are proposed only if they tell this fraction of the rows apart. */
    private static final double MIN_GAIN = 0.005;

    private static final List<List<String>> IDENTITIES = List.of(
            List.of("order_id", "product_id", "event_type"),
            List.of("user_id", "occurred_at", "event_type", "product_id"),
            List.of("user_id", "occurred_at", "event_type", "product_id", "order_id", "content_id"));

    private final SourceSample sample;
    private final SourceMapping mapping;

    EventDefaults(SourceSample sample, SourceMapping mapping) {
        this.sample = sample;
        this.mapping = mapping;
    }

    /** Whether rows without a type are lines of orders: nearly all have a price, and an order or a quantity. */
    boolean arePurchases() {
        int orders = Math.max(values("order_id"), values("quantity"));
        return sample.rows() > 0 && Math.min(orders, values("unit_price")) >= NEARLY_ALL * sample.rows();
    }

    private int values(String target) {
        String column = mapping.column(target);
        return column == null ? 0 : sample.values(column).size();
    }

    /** The columns that together identify an event best; null if there are too few columns. */
    @Nullable
    Setting eventId(Predicate<String> isFound) {
        Setting best = null;
        double mostDistinct = 0;
        for (List<String> identity : IDENTITIES) {
            List<String> parts = identity.stream().filter(isFound).toList();
            boolean hasOrders = !identity.get(0).equals("order_id") || values("order_id") >= NEARLY_ALL * sample.rows();
            double distinct = distinctRate(parts);
            if (hasOrders && parts.size() >= 2 && distinct > mostDistinct + MIN_GAIN) {
                mostDistinct = distinct;
                best = new Setting(
                        "event-id",
                        ProposalText.list(parts),
                        String.format(
                                Locale.ROOT,
                                "no column identifies an event; these are different in %.1f%% of the sampled rows, and"
                                        + " equal rows count as one event",
                                100 * distinct));
            }
        }
        return best;
    }

    private double distinctRate(List<String> targets) {
        Set<List<String>> distinct = new HashSet<>();
        for (int i = 0; i < sample.rows(); i++) {
            int row = i;
            distinct.add(targets.stream()
                    .map(mapping::column)
                    .map(column ->
                            column == null ? "" : String.valueOf(sample.row(row).apply(column)))
                    .toList());
        }
        return sample.rows() == 0 ? 0 : (double) distinct.size() / sample.rows();
    }
}
