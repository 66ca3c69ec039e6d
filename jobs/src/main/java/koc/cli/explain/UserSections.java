package koc.cli.explain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koc.tables.EconomicsTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.text.ShortName;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;

/** The derivation of what is said about one user: portrait, tags, value, KOCs, and what they will probably buy next. */
final class UserSections {
    private static final String USER = "user_id";
    /** Products shown as probably bought next. */
    private static final int NEXT = 5;

    private static final double HALF_CENT = .005;
    /** Half of the last decimal of expected orders and margin per order. */
    private static final double FACTOR_PRECISION = 5e-7;

    private final StoredTables tables;
    private final LocalDate day;

    UserSections(StoredTables tables, LocalDate day) {
        this.tables = tables;
        this.day = day;
    }

    /**
     * All sections.
     *
     * @param features the row of user_features as of the day
     */
    List<Section> of(StoredRow features) {
        String user = features.text(USER);
        List<StoredRow> portrait = tables.find(PortraitTables.USER_PORTRAITS, day, USER, user);
        List<StoredRow> ties = tables.find(InfluenceTables.TIE_STRENGTHS, day, USER, user).stream()
                .sorted(Comparator.comparingDouble((StoredRow tie) -> -tie.value("strength"))
                        .thenComparing(tie -> tie.text("koc_id")))
                .toList();
        List<Section> sections = new ArrayList<>();
        sections.add(activity(features));
        sections.add(tags(user));
        sections.add(portrait(features, portrait));
        sections.add(value(user));
        sections.add(kocs(ties));
        sections.add(next(user, portrait, ties));
        return sections;
    }

    private static Section activity(StoredRow features) {
        Section.Builder section = new Section.Builder("What the user did")
                .columns(features, "role", "tenure_days", "history_days", "actions_365d", "product_actions_365d")
                .columns(features, "active_days_365d", "inactive_days", "recency_days", "orders_90d", "orders_365d")
                .columns(features, "net_spend_90d", "net_spend_365d");
        if (features.get("average_order_365d") != null) {
            section.add(Entry.Check.of(
                    features,
                    "average_order_365d",
                    "net_spend_365d / orders_365d",
                    features.value("net_spend_365d") / features.value("orders_365d")));
        }
        return section.columns(features, "price_level", "discount_rate", "refund_rate")
                .columns(features, "morning_fraction", "daytime_fraction", "evening_fraction", "night_fraction")
                .columns(
                        features,
                        "weekend_fraction",
                        "shares_90d",
                        "inquiries_90d",
                        "is_newcomer",
                        "is_likely_joint_account")
                .build();
    }

    private Section tags(String user) {
        Section.Builder section = new Section.Builder("Tags, with their weights");
        List<StoredRow> tags = tables.find(FeatureTables.USER_TAGS, day, USER, user).stream()
                .sorted(Comparator.comparingDouble((StoredRow tag) -> -tag.value("weight"))
                        .thenComparing(tag -> tag.text("tag")))
                .toList();
        tags.forEach(tag -> section.column(tag.text("tag") + " (" + tag.text("kind") + ")", tag, "weight"));
        if (tags.isEmpty()) {
            section.remark("The user has no tag.");
        }
        return section.build();
    }

    private Section portrait(StoredRow features, List<StoredRow> userPortrait) {
        Section.Builder section = new Section.Builder("Portrait");
        if (userPortrait.isEmpty()) {
            return section.remark("The user has no portrait: the account looks shared by several people.")
                    .build();
        }
        StoredRow portrait = userPortrait.get(0);
        section.columns(portrait, "portrait_id", "portrait_name", "since", "previous_portrait_id");
        if (portrait.get("confidence") == null) {
            return section.columns(portrait, "confidence")
                    .remark("There is no confidence: the user has too little activity to be compared.")
                    .build();
        }
        return distances(features, portrait, section).build();
    }

    private Section.Builder distances(StoredRow features, StoredRow portrait, Section.Builder section) {
        List<StoredRow> models = tables.readLatestDay(PortraitTables.PORTRAIT_MODELS, day);
        PortraitDistances distances = new PortraitDistances(
                tables.readLatestDay(PortraitTables.PORTRAIT_SCALING, day).stream()
                        .sorted(Comparator.comparingDouble(input -> input.value("position")))
                        .toList(),
                tables.readLatestDay(PortraitTables.PORTRAIT_CENTRES, day),
                models.get(models.size() - 1));
        if (!distances.isComputable()) {
            return section.columns(portrait, "confidence")
                    .remark(
                            "The model describes users by product groups too. How much attention a user gives to each is"
                                    + " not stored, so that the confidence cannot be computed again.");
        }
        Map<String, Double> squares = distances.squares(
                features,
                tables.find(FeatureTables.USER_CATEGORIES, day, USER, features.text(USER)).stream()
                        .filter(category -> day.equals(category.get("as_of")))
                        .toList());
        squares.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(square -> section.add(new Entry.Value(
                        "squared distance to " + distances.name(square.getKey()),
                        square.getValue(),
                        "portrait_centres.centre")));
        return section.add(distances.confidence(squares, portrait));
    }

    private Section value(String user) {
        Section.Builder section = new Section.Builder("Value");
        for (StoredRow value : tables.find(EconomicsTables.USER_VALUE, day, USER, user)) {
            section.columns(value, "stage", "orders", "first_order_on", "last_order_on", "margin_to_date", "model")
                    .columns(value, "parameters_of", "p_alive", "expected_orders_90d", "margin_per_order");
            if (value.get("expected_margin_90d") != null) {
                double orders = value.value("expected_orders_90d");
                double margin = value.value("margin_per_order");
                // Both factors are stored with 6 decimals, and their product with 2.
                double precision = HALF_CENT + FACTOR_PRECISION * (orders + Math.abs(margin));
                section.add(Entry.Check.of(
                                value, "expected_margin_90d", "expected_orders_90d x margin_per_order", orders * margin)
                        .rounded(precision));
            }
            section.columns(value, "ltv", "ltv_error");
        }
        return section.build();
    }

    private Section kocs(List<StoredRow> ties) {
        Section.Builder section = new Section.Builder("KOCs, the strongest tie first");
        Map<String, StoredRow> ranking = new HashMap<>();
        tables.read(KocTables.KOC_RANKING, day, "koc_id", "rank", "level")
                .forEach(row -> ranking.put(row.text("koc_id"), row));
        for (StoredRow tie : ties) {
            String koc = tie.text("koc_id");
            section.column("tie with " + koc, tie, "tie_types")
                    .column("  towards the user", tie, "strength_out")
                    .column("  from the user", tie, "strength_in")
                    .column("  strong", tie, "is_strong");
            StoredRow rank = ranking.get(koc);
            if (rank != null) {
                section.column("  rank of the KOC", rank, "rank").column("  level of the KOC", rank, "level");
            }
        }
        if (ties.isEmpty()) {
            section.remark("The user is in no pool: nobody reaches them.");
        }
        return section.build();
    }

    /** The products that the user's portrait buys most, without those that the user has and does not use up. */
    private Section next(String user, List<StoredRow> userPortrait, List<StoredRow> ties) {
        Section.Builder section = new Section.Builder("Probably bought next: what the user's portrait buys most");
        if (userPortrait.isEmpty()) {
            return section.remark("Without a portrait nothing is known.").build();
        }
        Map<String, StoredRow> rates = rates(userPortrait.get(0).text("portrait_id"));
        Set<String> owned = owned(user);
        List<StoredRow> products = tables.read(FitTables.PRODUCT_PROFILE, day).stream()
                .filter(product -> isOffered(product, rates, owned))
                .sorted(Comparator.comparingDouble((StoredRow product) -> -rate(rates, product))
                        .thenComparing(product -> product.text("product_id")))
                .limit(NEXT)
                .toList();
        List<StoredRow> lists = lists(ties);
        for (StoredRow product : products) {
            String id = product.text("product_id");
            section.column(
                    id + " " + ShortName.of(product.text("title"), ShortName.MAX_LENGTH),
                    rates.getOrDefault(id, product),
                    "buy_rate");
            lists.stream()
                    .filter(row -> row.text("product_id").equals(id))
                    .forEach(row -> section.column("  rank on the list of " + row.text("koc_id"), row, "rank"));
        }
        if (products.isEmpty()) {
            section.remark("No product has a rate for this portrait.");
        }
        return section.build();
    }

    private static boolean isOffered(StoredRow product, Map<String, StoredRow> rates, Set<String> owned) {
        String id = product.text("product_id");
        return rates.containsKey(id)
                && product.text("quality_gate").equals("pass")
                && product.is("is_in_stock")
                && (!owned.contains(id) || product.is("is_consumable"));
    }

    private static double rate(Map<String, StoredRow> rates, StoredRow product) {
        return rates.getOrDefault(product.text("product_id"), product).value("buy_rate");
    }

    /** The recommendations of the user's KOCs. */
    private List<StoredRow> lists(List<StoredRow> ties) {
        Set<String> kocs = new HashSet<>();
        ties.forEach(tie -> kocs.add(tie.text("koc_id")));
        return tables.read(RecommendTables.KOC_RECOMMENDATIONS, day, "koc_id", "rank", "product_id").stream()
                .filter(row -> kocs.contains(row.text("koc_id")))
                .sorted(Comparator.comparing(row -> row.text("koc_id")))
                .toList();
    }

    private Map<String, StoredRow> rates(String portrait) {
        Map<String, StoredRow> rates = new HashMap<>();
        tables.find(FitTables.PRODUCT_PORTRAIT_FIT, day, "portrait_id", portrait)
                .forEach(fit -> rates.put(fit.text("product_id"), fit));
        return rates;
    }

    private Set<String> owned(String user) {
        Map<String, Double> units = new HashMap<>();
        tables.findUpTo(FeatureTables.USER_PRODUCT_DAYS, day, USER, user, USER, "product_id", "units", "refunded_units")
                .forEach(row -> units.merge(
                        row.text("product_id"), row.value("units") - row.value("refunded_units"), Double::sum));
        units.values().removeIf(kept -> kept <= 0);
        return units.keySet();
    }
}
