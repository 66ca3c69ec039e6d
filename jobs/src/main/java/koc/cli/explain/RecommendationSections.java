package koc.cli.explain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import koc.recommend.features.Part;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;

/** The derivation of one recommendation: its expected buyers, its score, and its place on the list of the KOC. */
final class RecommendationSections {
    private final ProductSide product;
    private final RecommendationScore score;
    private final PoolMix mix;

    /**
     * Reads what the recommendations of a KOC depend on.
     *
     * @param koc the KOC's id
     */
    RecommendationSections(
            StoredTables tables, LocalDate day, String koc, ExplainSettings settings, ProductSide product) {
        this.product = product;
        this.score = new RecommendationScore(
                settings.recommend(),
                RecommendationScore.exponents(tables.read(RecommendTables.BUYER_MODEL, day)),
                product.medians());
        this.mix = new PoolMix(
                tables.find(RecommendTables.KOC_POOL_MIX, day, "koc_id", koc),
                tables.read(PortraitTables.PORTRAITS, day, "portrait_id").size());
    }

    /**
     * All sections of a recommendation.
     *
     * @param row of koc_recommendations
     * @param list the whole list of the KOC
     * @param ranking of the KOC; none if the KOC is not ranked
     */
    List<Section> of(StoredRow row, List<StoredRow> list, List<StoredRow> ranking) {
        List<Section> sections = new ArrayList<>();
        sections.add(product.profile());
        sections.add(expectedBuyers(row));
        sections.add(ifShared(row));
        sections.add(place(row, list, ranking));
        sections.add(score(row));
        return sections;
    }

    private Section expectedBuyers(StoredRow row) {
        Section.Builder section = new Section.Builder(
                        "Expected buyers in the next " + row.text("horizon_days") + " days")
                .columns(row, "target_event", "basis", "pool_size", "owners", "owners_not_due");
        for (String part : Part.publishedColumns()) {
            if (row.value(part) > 0) {
                section.columns(row, part);
            }
        }
        return section.columns(row, "product_affinity", "category_affinity")
                .addAll(score.affinities(row))
                .add(RecommendationScore.expectedBuyers(row))
                .columns(row, "target_portraits")
                .build();
    }

    private Section ifShared(StoredRow row) {
        Section.Builder section = new Section.Builder("If the KOC shares it once, and what it earns");
        section.columns(row, "extra_buyers_if_shared", "extra_buyers_if_shared_low", "extra_buyers_if_shared_high");
        List<Entry.Check> margin = RecommendationScore.expectedMargin(row, product.row());
        if (margin.isEmpty()) {
            section.columns(row, "expected_margin");
        }
        return section.addAll(margin)
                .columns(row, "unit_cost", "unit_commission", "extra_margin_if_shared", "extra_margin_if_shared_low")
                .columns(row, "is_actionable", "is_next_product")
                .columns(row, "usual_buyers", "usual_extra_buyers", "is_above_record", "no_buyer_chance")
                .build();
    }

    private Section score(StoredRow row) {
        List<Entry.Check> factors = score.productFactors(row, product.row(), mix);
        Section.Builder section = new Section.Builder("Score: expected buyers times its factors")
                .columns(row, "expected_buyers")
                .add(score.repurchaseFactor(row));
        for (String factor : List.of("margin_factor", "trust_factor", "generality_factor")) {
            if (factors.stream().noneMatch(check -> check.name().equals(factor))) {
                section.columns(row, factor);
            }
        }
        return section.addAll(factors)
                .columns(row, "product_loyalty")
                .add(score.ownUseFactor(row))
                .columns(row, "overlap_factor")
                .add(RecommendationScore.score(row))
                .build();
    }

    /** Whether the KOC is ready, and what moved the product from its rank by score. */
    private Section place(StoredRow row, List<StoredRow> list, List<StoredRow> ranking) {
        Section.Builder section = new Section.Builder("Place on the list");
        ranking.forEach(koc -> section.columns(koc, "is_tied_to_brand", "approves_products", "approval_rate", "level"));
        section.columns(row, "is_ready", "advice", "is_new", "score_rank", "rank", "promoted_by", "change");
        section.columns(row, "previous_rank");
        section.addAll(product.categoryCap(list, row));
        double rank = row.value("rank");
        double byScore = row.value("score_rank");
        section.remark(
                rank == byScore
                        ? "It has the rank that its score gives it."
                        : rank < byScore
                                ? "It is before products with a higher score" + because(row) + "."
                                : "Other products were moved before it.");
        return section.build();
    }

    private static String because(StoredRow row) {
        return switch (row.text("promoted_by")) {
            case "mix" -> ", because the list follows the portraits of the pool";
            case "floor" -> ", because a large portrait had no product";
            case "category_cap" -> ", because the category of the others fills as much of the list as it may";
            case "new_products" -> ", because the list has as many new products as it may";
            case "readiness" -> ", because the KOC is not ready for the others";
            default -> "";
        };
    }
}
