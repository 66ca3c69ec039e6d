package koc.clean;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import koc.rules.KocType;
import koc.source.LandingReader;
import koc.source.Shape;
import koc.tables.CleanTables;
import koc.warehouse.Table;
import org.apache.spark.sql.types.StructField;

/** A source of the landing folder: the table it becomes, and what makes a row of it whole. */
enum Source {
    EVENTS,
    USERS,
    PRODUCTS,
    TIES,
    COSTS,
    ASSETS,
    CAMPAIGNS;

    private static final Set<String> WORKED_OUT = Set.of("day", "amount");
    private static final Set<String> STAGES = Set.of("draw", "activate", "convert", "repeat", "recall");

    /** The source of this name, if there is one. */
    static Optional<Source> named(String folder) {
        return Arrays.stream(values())
                .filter(source -> source.folder().equals(folder))
                .findFirst();
    }

    /** Its folder in landing, and its name in tables. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table of its accepted rows. */
    Table table() {
        return switch (this) {
            case EVENTS -> CleanTables.EVENTS;
            case USERS -> CleanTables.USERS;
            case PRODUCTS -> CleanTables.PRODUCTS;
            case TIES -> CleanTables.TIES;
            case COSTS -> CleanTables.COSTS;
            case ASSETS -> CleanTables.ASSETS;
            case CAMPAIGNS -> CleanTables.CAMPAIGNS;
        };
    }

    /** Whether a run cannot do without it. */
    boolean isNeeded() {
        return this == EVENTS || this == USERS || this == PRODUCTS;
    }

    /** The columns that tell rows apart, in one arrival or, for events, in all; none when equal rows add up. */
    List<String> identity() {
        return table().key();
    }

    /** The column that says when the row came true; empty when it holds at any time. */
    Optional<String> happened() {
        return switch (this) {
            case EVENTS -> Optional.of("occurred_at");
            case USERS -> Optional.of("registered_at");
            case TIES -> Optional.of("since");
            case COSTS -> Optional.of("day");
            // A campaign may be told of before it begins.
            case PRODUCTS, ASSETS, CAMPAIGNS -> Optional.empty();
        };
    }

    /** The columns without which a row means nothing. */
    List<String> required() {
        return switch (this) {
            case EVENTS -> List.of("event_id", "occurred_at", "user_id", "event_type");
            case USERS -> List.of("user_id");
            case PRODUCTS -> List.of("product_id");
            case TIES -> List.of("koc_id", "user_id", "tie_type");
            case COSTS -> List.of("day", "cost_type", "amount");
            case ASSETS -> List.of("asset_id", "kind");
            case CAMPAIGNS -> List.of("campaign_id", "rule", "starts_on");
        };
    }

    /** The columns that come from the landing: those of the table, less what is worked out. */
    List<StructField> landed() {
        return Arrays.stream(table().schema().fields())
                .filter(field -> !field.name().equals(LandingReader.ARRIVED)
                        && !(this == EVENTS && WORKED_OUT.contains(field.name())))
                .toList();
    }

    /** The words a column may hold, for the columns that have such a list. Types of event are judged apart. */
    Map<String, Set<String>> vocabulary() {
        return switch (this) {
            case USERS -> Map.of("role", KocType.roles());
            case TIES -> Map.of("tie_type", Set.of("friend", "group", "follow", "served"));
            case COSTS -> Map.of("cost_type", Set.of("ad", "gift", "coupon", "bonus", "training"));
            case ASSETS -> Map.of("kind", Set.of("script", "material"), "stage", STAGES);
            case CAMPAIGNS -> Map.of("rule", Set.of("allow", "exclude"), "koc_type", KocType.words());
            case EVENTS, PRODUCTS -> Map.of();
        };
    }

    /** The least and greatest value of columns with a scale. */
    Map<String, List<Integer>> scales() {
        return switch (this) {
            case EVENTS -> Map.of("rating", List.of(1, 5));
            case PRODUCTS -> Map.of("brand_tier", List.of(1, 5));
            case USERS, TIES, COSTS, ASSETS, CAMPAIGNS -> Map.of();
        };
    }

    /** The least value of amounts: what lies below is refused as negative. */
    Map<String, Integer> minAmounts() {
        return switch (this) {
            case EVENTS -> Map.of("quantity", 1, "unit_price", 0);
            case PRODUCTS -> Map.of("price", 0, "unit_cost", 0, "stock", 0, "use_cycle_days", 1);
            case COSTS -> Map.of("amount", 0);
            case USERS, TIES, ASSETS, CAMPAIGNS -> Map.of();
        };
    }

    /** What stands for an empty value. */
    Map<String, Object> defaults() {
        return switch (this) {
            case EVENTS -> Map.of("quantity", 1);
            case USERS -> Map.of("role", KocType.USER.role(), "marketing_opt_out", false);
            case ASSETS -> Map.of("approved", false);
            case PRODUCTS, TIES, COSTS, CAMPAIGNS -> Map.of();
        };
    }

    /** Whether a row of this source can be turned away for this reason. */
    boolean canFail(RejectReason reason) {
        return switch (reason) {
            case MALFORMED, MISSING_FIELD, BAD_TYPE -> true;
            case NEGATIVE_AMOUNT -> !minAmounts().isEmpty();
            case FUTURE, BEFORE_EPOCH -> happened().isPresent();
            case DUPLICATE, CONFLICTING_ID -> !identity().isEmpty();
            case UNKNOWN_EVENT_TYPE, ORPHAN_PRODUCT, ROBOT -> this == EVENTS;
        };
    }

    /** What the reader looks for. */
    Shape shape(Map<String, String> names) {
        return new Shape(folder(), landed().stream().map(StructField::name).toList(), new HashSet<>(required()), names);
    }
}
