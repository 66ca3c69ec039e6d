package koc.cli.explain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import koc.recommend.RecommendSettings;
import koc.rules.Absent;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.tables.InfluenceTables;
import koc.tables.RecommendTables;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;

/**
 * Says why a product is not on the list of a KOC: the first stage of recommending that drops it, as far as its reason is
 * stored. The stages are launch, quality gate, stock, campaigns, the KOC's own use, and the order of the candidates.
 */
final class AbsentProduct {
    private static final String[] USE = {
        "user_id", "product_id", "day", "units", "refunded_units", "complaints", "reviews", "bad_reviews", "good_reviews"
    };

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
     */
    List<Section> of(String koc, List<StoredRow> list) {
        List<StoredRow> uses = tables.findUpTo(FeatureTables.USER_PRODUCT_DAYS, day, "product_id", id, USE);
        List<StoredRow> mix = tables.find(RecommendTables.KOC_POOL_MIX, day, "koc_id", koc);
        List<Section> sections = new ArrayList<>();
        sections.add(product.profile());
        sections.add(ProductSide.fit(mix, product.fits(tables, day)));
        sections.add(pool(koc, uses));
        sections.add(reason(koc, list, uses));
        return sections;
    }

    private Section pool(String koc, List<StoredRow> uses) {
        Set<String> members = new HashSet<>();
        tables.find(InfluenceTables.TIE_STRENGTHS, day, "koc_id", koc, "koc_id", "user_id")
                .forEach(tie -> members.add(tie.text("user_id")));
        Set<String> owners = new HashSet<>(members);
        owners.removeIf(member -> kept(member, uses) <= 0);
        return new Section.Builder("The pool")
                .add(new Entry.Value("members", members.size(), "tie_strengths.user_id"))
                .add(new Entry.Value("members who own it", owners.size(), "user_product_days.units"))
                .add(new Entry.Value(
                        "days after which it is used up",
                        product.row().get("use_cycle_days"),
                        product.row().source("use_cycle_days")))
                .build();
    }

    private static double kept(String user, List<StoredRow> uses) {
        return uses.stream()
                .filter(use -> use.text("user_id").equals(user))
                .mapToDouble(use -> use.value("units") - use.value("refunded_units"))
                .sum();
    }

    private Section reason(String koc, List<StoredRow> list, List<StoredRow> uses) {
        Section.Builder section = new Section.Builder("Why it is not on the list");
        String reason = ofProduct()
                .or(() -> ofCampaigns(section))
                .or(() -> ofOwnUse(koc, uses, section))
                .orElseGet(() -> ofOrder(list, section));
        return section.remark(reason).build();
    }

    private Optional<String> ofProduct() {
        StoredRow row = product.row();
        if (!ProductFactors.isLaunched(row, day)) {
            return Optional.of("It is not launched yet: product_profile.launched_on is " + row.text("launched_on") + ".");
        }
        if (!row.text("quality_gate").equals("pass")) {
            return Optional.of("The quality gate refuses it for every KOC: " + row.text("quality_gate"));
        }
        return row.is("is_in_stock") || !settings.rerank().stock().isOn()
                ? Optional.empty()
                : Optional.of("It is out of stock: product_profile.is_in_stock is false.");
    }

    /** Campaigns are not evaluated again here: those that name the product, its brand or a category are shown. */
    private Optional<String> ofCampaigns(Section.Builder section) {
        List<StoredRow> open = openCampaigns();
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
                        "Campaigns are open, which allow some products only or exclude some: look whether one of them"
                                + " keeps it off the list.");
    }

    private List<StoredRow> openCampaigns() {
        List<LocalDate> arrivals = tables.days(CleanTables.CAMPAIGNS);
        List<StoredRow> open = new ArrayList<>();
        for (LocalDate arrived : arrivals) {
            if (!arrived.isAfter(day)) {
                tables.read(CleanTables.CAMPAIGNS, arrived).stream()
                        .filter(campaign -> isOpen(campaign))
                        .forEach(open::add);
            }
        }
        return open;
    }

    private boolean isOpen(StoredRow campaign) {
        boolean hasStarted =
                campaign.get("starts_on") instanceof LocalDate start && !start.isAfter(day);
        return hasStarted && !(campaign.get("ends_on") instanceof LocalDate end && end.isBefore(day));
    }

    private Optional<String> ofOwnUse(String koc, List<StoredRow> uses, Section.Builder section) {
        List<StoredRow> own = uses.stream()
                .filter(use -> use.text("user_id").equals(koc))
                .toList();
        double complaints = sum(own, "complaints");
        double returned = sum(own, "refunded_units");
        double badReviews = sum(own, "bad_reviews");
        section.add(new Entry.Value("own complaints of the KOC", complaints, "user_product_days.complaints"))
                .add(new Entry.Value("units that the KOC returned", returned, "user_product_days.refunded_units"))
                .add(new Entry.Value("own reviews of 1 or 2 stars", badReviews, "user_product_days.bad_reviews"));
        return complaints + returned + badReviews > 0
                ? Optional.of("It is blocked for this KOC, who complained about it, returned it or rated it badly.")
                : Optional.empty();
    }

    private static double sum(List<StoredRow> rows, String column) {
        return rows.stream().mapToDouble(row -> row.value(column)).sum();
    }

    private String ofOrder(List<StoredRow> list, Section.Builder section) {
        if (list.isEmpty()) {
            return "The KOC has no list on this day.";
        }
        StoredRow last = list.get(list.size() - 1);
        section.column("products on the list", last, "rank")
                .column("lowest score on the list", lowest(list), "score");
        List<StoredRow> relaxed =
                tables.find(RecommendTables.BASELINE_RECOMMENDATIONS, day, "product_id", id).stream()
                        .filter(row -> row.text("koc_id").equals(last.text("koc_id")))
                        .toList();
        for (StoredRow row : relaxed) {
            section.column("its rank by " + row.text("recommender"), row, "rank");
        }
        String path = product.path(product.row().text("category"));
        long inCategory = list.stream()
                .filter(other -> product.path(other.text("category")).equals(path))
                .count();
        boolean isCapped = settings.rerank().categoryCap().isOn()
                && !path.equals(Absent.NONE)
                && inCategory >= product.maxOfCategory();
        section.add(new Entry.Value("products of " + path + " on the list", inCategory, last.source("category")))
                .setting("koc.recommend.rerank.category-cap.max-fraction", product.maxOfCategory());
        return isCapped
                ? "Its category fills as much of the list as it may, with products of a higher score."
                : "It is not among the candidates with the highest scores. The score of a product that is not listed is"
                        + " not stored.";
    }

    private static StoredRow lowest(List<StoredRow> list) {
        return list.stream()
                .min((one, other) -> Double.compare(one.value("score"), other.value("score")))
                .orElseThrow();
    }
}
