package koc.clean;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import koc.rules.KocType;
import koc.source.LandingReader;
import koc.source.SourceSchema;
import koc.tables.CleanTables;
import koc.warehouse.Table;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** A source of the landing folder: its table, and the rules for its columns. */
public enum Source {
    EVENTS,
    USERS,
    PRODUCTS,
    TIES,
    COSTS,
    ASSETS,
    CAMPAIGNS;

    /** The column with the channel or user that acquired a user. */
    static final String INVITATION = "acquired_via";

    private static final Set<String> EVENT_TYPES = Set.of(
            "view",
            "click",
            "favorite",
            "cart",
            "purchase",
            "refund",
            "share",
            "share_open",
            "inquiry",
            "reply",
            "review",
            "complaint",
            "post",
            "join",
            "leave",
            "mute",
            "attend",
            "train");
    private static final Set<String> COMPUTED_EVENT_COLUMNS = Set.of("day", "amount");
    private static final Set<String> LIFECYCLE_STAGES = Set.of("draw", "activate", "convert", "repeat", "recall");

    /** The source of this name, if there is one. */
    public static Optional<Source> named(String folder) {
        return Arrays.stream(values())
                .filter(source -> source.folder().equals(folder))
                .findFirst();
    }

    /** Its folder in the landing folder, and its name in tables. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table of its accepted rows. */
    public Table table() {
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

    /** Whether a run fails without it. */
    public boolean isRequired() {
        return this == EVENTS || this == USERS || this == PRODUCTS;
    }

    /**
     * The columns that identify a row, within one arrival or, for events, in all arrivals; none for costs, where two equal
     * rows are two costs.
     */
    List<String> identity() {
        return table().key();
    }

    /** The column that alone tells rows apart; empty if it takes several. */
    Optional<String> idColumn() {
        return switch (this) {
            case EVENTS, USERS, PRODUCTS, ASSETS -> Optional.of(required().get(0));
            case TIES, COSTS, CAMPAIGNS -> Optional.empty();
        };
    }

    /** The column with the time at which the row's event happened; empty when its rows may lie in the future. */
    Optional<String> happenedAt() {
        return switch (this) {
            case EVENTS -> Optional.of("occurred_at");
            case USERS -> Optional.of("registered_at");
            case TIES -> Optional.of("since");
            case COSTS -> Optional.of("day");
            // A campaign may be announced before it begins.
            case PRODUCTS, ASSETS, CAMPAIGNS -> Optional.empty();
        };
    }

    /** The columns that must have a value. */
    public List<String> required() {
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

    /**
     * The columns whose values must be readable where there is one. A value of another column that cannot be read or cannot be
     * right is left out, and the row stays.
     *
     * <p>An unreadable limit of a campaign would turn into no limit, so the whole row is rejected.
     */
    List<String> mustBeReadable() {
        return switch (this) {
            case CAMPAIGNS -> landed().stream().map(StructField::name).toList();
            case EVENTS, USERS, PRODUCTS, TIES, COSTS, ASSETS -> required();
        };
    }

    /** Whether a column holds an identifier. */
    public static boolean isId(String column) {
        return column.endsWith("_id");
    }

    /** The columns that are read from files: those of the table, without its computed ones. */
    public List<StructField> landed() {
        return Arrays.stream(table().schema().fields())
                .filter(field -> !field.name().equals(LandingReader.ARRIVED)
                        && !(this == EVENTS && COMPUTED_EVENT_COLUMNS.contains(field.name())))
                .toList();
    }

    /** The allowed values of columns that have such a list. Event types are not listed: they have another reject reason. */
    Map<String, Set<String>> allowedValues() {
        return switch (this) {
            case USERS -> Map.of("role", KocType.roles());
            case TIES -> Map.of("tie_type", Set.of("friend", "group", "follow", "served"));
            case COSTS -> Map.of("cost_type", Set.of("ad", "gift", "coupon", "bonus", "training", "sample"));
            case ASSETS -> Map.of("kind", Set.of("script", "material"), "stage", LIFECYCLE_STAGES);
            case CAMPAIGNS -> Map.of("rule", Set.of("allow", "exclude"), "koc_type", KocType.codes());
            case EVENTS, PRODUCTS -> Map.of();
        };
    }

    /** The columns with fixed words, and these words; none for columns of yes and no. */
    public Map<String, Set<String>> words() {
        Map<String, Set<String>> words = new HashMap<>(allowedValues());
        if (this == EVENTS) {
            words.put("event_type", EVENT_TYPES);
        }
        landed().stream()
                .filter(field -> field.dataType().equals(DataTypes.BooleanType))
                .forEach(field -> words.put(field.name(), Set.of()));
        return words;
    }

    /** The columns with fixed words of all sources, sorted. */
    static List<String> columnsWithWords() {
        return Arrays.stream(values())
                .flatMap(source -> source.words().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The minimum and maximum of columns with a fixed range. */
    public Map<String, List<Integer>> ranges() {
        return switch (this) {
            case EVENTS -> Map.of("rating", List.of(1, 5));
            case PRODUCTS -> Map.of("brand_tier", List.of(1, 5));
            case USERS, TIES, COSTS, ASSETS, CAMPAIGNS -> Map.of();
        };
    }

    /**
     * The minimum of amounts: a lower value is negative. It rejects rows that need the value, and is left out of others. The
     * least quantity is a thousandth of a unit.
     */
    Map<String, Number> minAmounts() {
        return switch (this) {
            case EVENTS -> Map.of("quantity", new BigDecimal("0.001"), "unit_price", 0);
            case PRODUCTS -> Map.of("price", 0, "unit_cost", 0, "stock", 0, "use_cycle_days", 1);
            case COSTS -> Map.of("amount", 0);
            case USERS, TIES, ASSETS, CAMPAIGNS -> Map.of();
        };
    }

    /** Values that replace negative ones: without a stock, a product would count as in stock. */
    Map<String, Number> valuesOfNegative() {
        return this == PRODUCTS ? Map.of("stock", 0L) : Map.of();
    }

    /**
     * Whether the time at which a row happened is left out when it is impossibly late. A user without a day of registration is
     * still a user; a tie without a first day would have existed always.
     */
    boolean leavesOutFuture() {
        return this == USERS;
    }

    /**
     * The values that replace empty ones, and those that cannot be read. Only {@link #defaultsOfUnreadable} has others for
     * the latter.
     */
    Map<String, Object> defaults() {
        return switch (this) {
            case EVENTS -> Map.of("quantity", BigDecimal.ONE);
            case USERS -> Map.of("role", KocType.USER.role(), "marketing_opt_out", false);
            case ASSETS -> Map.of("approved", false);
            case PRODUCTS, TIES, COSTS, CAMPAIGNS -> Map.of();
        };
    }

    /** Values that replace those that cannot be read: whoever may have opted out of marketing counts as opted out. */
    Map<String, Object> defaultsOfUnreadable() {
        return this == USERS ? Map.of("marketing_opt_out", true) : Map.of();
    }

    /** Whether a row of this source can be rejected for this reason. */
    boolean canBeRejectedFor(RejectReason reason) {
        return switch (reason) {
            case MALFORMED, MISSING_FIELD, BAD_TYPE -> true;
            case NEGATIVE_AMOUNT ->
                minAmounts().keySet().stream().anyMatch(column -> RowRules.mayBeNeeded(this, column));
            case FUTURE -> happenedAt().isPresent() && !leavesOutFuture();
            case BEFORE_EPOCH -> happenedAt().filter(mustBeReadable()::contains).isPresent();
            case DUPLICATE, CONFLICTING_ID -> !identity().isEmpty();
            case UNKNOWN_EVENT_TYPE, ORPHAN_PRODUCT, ROBOT -> this == EVENTS;
        };
    }

    /**
     * The columns that the reader looks for.
     *
     * @param format how values are written in the files, and which columns settings fill
     */
    SourceSchema schema(Map<String, String> names, ValueFormat format) {
        Set<String> required = new HashSet<>(required());
        required.removeAll(format.filledColumns(this));
        TypeConversion conversion = new TypeConversion(this, format);
        return new SourceSchema(
                folder(),
                landed().stream().map(StructField::name).toList(),
                required,
                names,
                landed().stream().collect(Collectors.toMap(StructField::name, conversion::textFilter)));
    }
}
