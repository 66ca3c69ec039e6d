package koc.cli.explain;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koc.recommend.NotReadyPolicy;
import koc.recommend.RecommendSettings;
import koc.rules.Absent;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.RecommendTables;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;

/**
 * Says why a product is not on the list of a KOC: the first stage of recommending that drops it, as far as its reason
 * is stored. The stages are launch, quality gate, stock, the KOC's own use, the first days of a new product,
 * readiness, campaigns, and the order of the candidates.
 */
final class AbsentProduct {
    private final StoredTables tables;
    private final LocalDate day;
    private final ProductSide product;
    private final RecommendSettings settings;
    private final String id;

    AbsentProduct(StoredTables tables, LocalDate day, ProductSide product, RecommendSettings settings) {
        this.tables = tables;
        this.day = day;
        this.product = product;
        this.settings = settings;
        this.id = product.row().text("product_id");
    }

    /**
     * All sections for a product that is not on the list.
     *
     * @param koc the KOC's id
     * @param list of the KOC, which lacks the product
     * @param ranking of the KOC; none if the KOC is not ranked
     */
    List<Section> of(String koc, List<StoredRow> list, List<StoredRow> ranking) {
        OwnUse uses =
                new OwnUse(tables.findUpTo(FeatureTables.USER_PRODUCT_DAYS, day, "product_id", id, OwnUse.COLUMNS));
        Set<String> members = tables.find(InfluenceTables.TIE_STRENGTHS, day, "koc_id", koc, "user_id").stream()
                .map(tie -> tie.text("user_id"))
                .collect(Collectors.toSet());
        Set<String> owners = uses.owners(members);
        Section.Builder reason = new Section.Builder("Why it is not on the list");
        String found = Stream.of(
                        ofProduct(),
                        ofOwnUse(uses.of(koc), reason),
                        ofOwners(members, owners),
                        ofFirstDays(koc, reason),
                        ofReadiness(ranking, reason),
                        ofCampaigns(reason))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> ofOrder(list, reason));
        List<StoredRow> mix = tables.find(RecommendTables.KOC_POOL_MIX, day, "koc_id", koc);
        return List.of(
                product.profile(),
                ProductSide.fit(mix, product.fits(tables, day)),
                new Section.Builder("The pool")
                        .add(new Entry.Value("members", members.size(), "tie_strengths.user_id"))
                        .add(new Entry.Value("members who own it", owners.size(), "user_product_days.units"))
                        .column("days after which it is used up", product.row(), "use_cycle_days")
                        .build(),
                reason.remark(found).build());
    }

    private Optional<String> ofProduct() {
        StoredRow row = product.row();
        if (!ProductFactors.isLaunched(row, day)) {
            return Optional.of(
                    "It is not launched yet: product_profile.launched_on is " + row.text("launched_on") + ".");
        }
        if (!row.text("quality_gate").equals("pass")) {
            return Optional.of("The quality gate refuses it for every KOC: " + row.text("quality_gate"));
        }
        return row.is("is_in_stock") || !settings.rerank().stock().isOn()
                ? Optional.empty()
                : Optional.of("It is out of stock: product_profile.is_in_stock is false.");
    }

    private static Optional<String> ofOwnUse(OwnUse own, Section.Builder section) {
        double returned = own.sum("refunded_units");
        section.add(new Entry.Value("own complaints of the KOC", own.sum("complaints"), "user_product_days.complaints"))
                .add(new Entry.Value("units that the KOC returned", returned, "user_product_days.refunded_units"))
                .add(new Entry.Value(
                        "own reviews of 1 or 2 stars", own.sum("bad_reviews"), "user_product_days.bad_reviews"));
        return own.sum("complaints") + returned + own.sum("bad_reviews") > 0
                ? Optional.of("It is blocked for this KOC, who complained about it, returned it or rated it badly.")
                : Optional.empty();
    }

    private Optional<String> ofOwners(Set<String> members, Set<String> owners) {
        return !members.isEmpty()
                        && owners.size() == members.size()
                        && !product.row().is("is_consumable")
                ? Optional.of("Every member of the pool owns it, and it is not used up.")
                : Optional.empty();
    }

    /** In its first days a new product is for KOCs who use its category. */
    private Optional<String> ofFirstDays(String koc, Section.Builder section) {
        RecommendSettings.NewProductSettings launches = settings.newProducts();
        String path = product.path(product.row().text("category"));
        if (!(product.row().get("launched_on") instanceof LocalDate launch)
                || ChronoUnit.DAYS.between(launch, day) >= Math.min(launches.days(), launches.seedingDays())
                || path.equals(Absent.NONE)) {
            return Optional.empty();
        }
        Set<String> inCategory = tables.read(FitTables.PRODUCT_PROFILE, day, "product_id", "category").stream()
                .filter(other -> product.path(other.text("category")).equals(path))
                .map(other -> other.text("product_id"))
                .collect(Collectors.toCollection(HashSet::new));
        double uses = new OwnUse(tables.findUpTo(FeatureTables.USER_PRODUCT_DAYS, day, "user_id", koc, OwnUse.COLUMNS))
                .ofProducts(inCategory)
                .uses();
        section.add(new Entry.Value("the KOC's uses of " + path, uses, "user_product_days.units"))
                .add(new Entry.Value("  required", launches.seedingUses(), "koc.recommend.new-products.seeding-uses"));
        return uses < launches.seedingUses()
                ? Optional.of("It was launched on " + launch + ", and in its first " + launches.seedingDays()
                        + " days only KOCs who use its category get it.")
                : Optional.empty();
    }

    private Optional<String> ofReadiness(List<StoredRow> ranking, Section.Builder section) {
        ranking.forEach(koc -> section.columns(koc, "is_tied_to_brand", "approves_products"));
        boolean isReady = ranking.stream().allMatch(koc -> koc.is("is_tied_to_brand") && koc.is("approves_products"));
        return isReady || settings.rerank().notReady() != NotReadyPolicy.EXCLUDE
                ? Optional.empty()
                : Optional.of("The KOC is not ready for it, and such products are left out (koc.recommend.not-ready).");
    }

    /** Campaigns are not evaluated again here: the open ones are shown. */
    private Optional<String> ofCampaigns(Section.Builder section) {
        List<String> key = CleanTables.CAMPAIGNS.key().stream()
                .filter(name -> !name.equals("arrived"))
                .toList();
        Map<List<String>, StoredRow> latest = new LinkedHashMap<>();
        for (LocalDate arrived : tables.days(CleanTables.CAMPAIGNS)) {
            if (!arrived.isAfter(day)) {
                // A later arrival replaces an earlier one.
                tables.read(CleanTables.CAMPAIGNS, arrived)
                        .forEach(row -> latest.put(key.stream().map(row::text).toList(), row));
            }
        }
        List<StoredRow> open = latest.values().stream().filter(this::isOpen).toList();
        for (StoredRow campaign : open) {
            section.column("campaign " + campaign.text("campaign_id"), campaign, "rule");
            for (String column : List.of("product_id", "category", "brand", "koc_type", "koc_id", "county")) {
                if (campaign.get(column) != null) {
                    section.column("  " + column, campaign, column);
                }
            }
        }
        return open.isEmpty() || !settings.rerank().campaigns().isOn()
                ? Optional.empty()
                : Optional.of(
                        "Campaigns are open, which allow only some products or exclude some: see whether one of them"
                                + " keeps it off the list.");
    }

    private boolean isOpen(StoredRow campaign) {
        boolean hasStarted = campaign.get("starts_on") instanceof LocalDate start && !start.isAfter(day);
        return hasStarted && !(campaign.get("ends_on") instanceof LocalDate end && end.isBefore(day));
    }

    private String ofOrder(List<StoredRow> list, Section.Builder section) {
        if (list.isEmpty()) {
            return "The KOC has no list on this day.";
        }
        StoredRow last = list.get(list.size() - 1);
        StoredRow lowest = list.stream()
                .min((one, other) -> Double.compare(one.value("score"), other.value("score")))
                .orElse(last);
        section.column("products on the list", last, "rank").column("lowest score on the list", lowest, "score");
        tables.find(RecommendTables.BASELINE_RECOMMENDATIONS, day, "product_id", id).stream()
                .filter(row -> row.text("koc_id").equals(last.text("koc_id")))
                .forEach(row -> section.column("its rank by " + row.text("recommender"), row, "rank"));
        section.addAll(product.categoryCap(list, product.row()));
        if (product.isCategoryFull(list)) {
            return "Its category fills as much of the list as it may, with products of a higher score.";
        }
        return "It is not among the candidates with the highest scores. The score of a product that is not listed is"
                + " not stored.";
    }
}
