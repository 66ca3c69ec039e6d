package koc.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A source in the landing folder.
 *
 * @param name its name and folder
 * @param columns its columns, in the order in which they are written
 * @param plain the columns that are numbers or flags in JSON
 */
record Source(String name, List<String> columns, Set<String> plain) {
    static final Source EVENTS = new Source(
            "events",
            List.of(
                    "event_id",
                    "occurred_at",
                    "user_id",
                    "event_type",
                    "product_id",
                    "order_id",
                    "quantity",
                    "unit_price",
                    "sharer_id",
                    "channel",
                    "content_id",
                    "group_id",
                    "rating"),
            Set.of("quantity", "unit_price", "rating"));

    static final Source USERS = new Source(
            "users",
            List.of(
                    "user_id",
                    "role",
                    "registered_at",
                    "province",
                    "city",
                    "county",
                    "team_id",
                    "store_id",
                    "nickname",
                    "avatar_url",
                    "greeting",
                    "gender",
                    "birth_year",
                    "life_stage",
                    "tags",
                    "acquired_via",
                    "marketing_opt_out"),
            Set.of("birth_year", "marketing_opt_out"));

    static final Source PRODUCTS = new Source(
            "products",
            List.of(
                    "product_id",
                    "title",
                    "category",
                    "brand",
                    "price",
                    "unit_cost",
                    "brand_tier",
                    "stock",
                    "launched_on",
                    "audience_tags",
                    "use_cycle_days"),
            Set.of("price", "unit_cost", "brand_tier", "stock", "use_cycle_days"));

    static final Source TIES = new Source(
            "ties", List.of("koc_id", "user_id", "tie_type", "since", "until", "group_id", "scene"), Set.of());

    static final Source COSTS =
            new Source("costs", List.of("day", "koc_id", "channel", "cost_type", "amount"), Set.of("amount"));

    static final Source ASSETS = new Source(
            "assets",
            List.of("asset_id", "kind", "stage", "category", "audience_tag", "body", "approved"),
            Set.of("approved"));

    static final List<Source> ALL = List.of(EVENTS, USERS, PRODUCTS, TIES, COSTS, ASSETS);

    /** The row with another value in one column. */
    List<String> with(List<String> row, String column, String value) {
        List<String> changed = new ArrayList<>(row);
        changed.set(index(column), value);
        return changed;
    }

    /** The index of a column in a row. */
    int index(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(name + " has no column " + column);
        }
        return index;
    }
}
