package koc.cli.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.warehouse.StoredRow;

/**
 * What people did with products that they bought, from rows of user_product_days.
 *
 * @param rows of one product or of one person
 */
record OwnUse(List<StoredRow> rows) {
    /** The columns that are read. */
    static final String[] COLUMNS = {
        "user_id", "product_id", "day", "units", "refunded_units", "complaints", "bad_reviews", "good_reviews"
    };

    /** Only the rows of this user. */
    OwnUse of(String user) {
        return new OwnUse(
                rows.stream().filter(row -> row.text("user_id").equals(user)).toList());
    }

    /** Only the rows of these products. */
    OwnUse ofProducts(Set<String> products) {
        return new OwnUse(rows.stream()
                .filter(row -> products.contains(row.text("product_id")))
                .toList());
    }

    /** Of these users, those who kept the product. */
    Set<String> owners(Set<String> users) {
        Map<String, Double> units = new HashMap<>();
        for (StoredRow row : rows) {
            units.merge(row.text("user_id"), kept(row), Double::sum);
        }
        Set<String> owners = new HashSet<>(users);
        owners.removeIf(user -> units.getOrDefault(user, 0.0) <= 0);
        return owners;
    }

    /** Days with a kept purchase of a product, and reviews of four or five stars. */
    double uses() {
        Map<List<String>, Double> units = new HashMap<>();
        for (StoredRow row : rows) {
            units.merge(List.of(row.text("product_id"), row.text("day")), kept(row), Double::sum);
        }
        return units.values().stream().filter(kept -> kept > 0).count() + sum("good_reviews");
    }

    double sum(String column) {
        return rows.stream().mapToDouble(row -> row.value(column)).sum();
    }

    private static double kept(StoredRow row) {
        return row.value("units") - row.value("refunded_units");
    }
}
