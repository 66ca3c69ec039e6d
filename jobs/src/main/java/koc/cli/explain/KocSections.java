package koc.cli.explain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.RecommendTables;
import koc.text.ShortName;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;
import org.jspecify.annotations.Nullable;

/**
 * The derivation of everything that is said about one KOC: score, influence, pool, level, money and recommendations.
 */
final class KocSections {
    private static final String KOC = "koc_id";

    private final StoredTables tables;
    private final LocalDate day;
    private final ExplainSettings settings;
    /** All of koc_ranking of the day: the rank depends on the other KOCs. */
    private final List<StoredRow> allKocs;

    KocSections(StoredTables tables, LocalDate day, ExplainSettings settings, List<StoredRow> allKocs) {
        this.tables = tables;
        this.day = day;
        this.settings = settings;
        this.allKocs = allKocs;
    }

    /** All sections, for the row of the KOC in koc_ranking. */
    List<Section> of(StoredRow ranking) {
        String koc = ranking.text(KOC);
        List<StoredRow> flags = tables.find(InfluenceTables.KOC_FLAGS, day, KOC, koc);
        List<Section> sections = new ArrayList<>();
        sections.add(influence(ranking, flags));
        sections.add(pool(ranking));
        sections.add(score(ranking));
        sections.add(level(ranking));
        sections.add(money(koc));
        sections.add(recommendations(koc));
        return sections;
    }

    private Section influence(StoredRow ranking, List<StoredRow> flags) {
        Section.Builder section = new Section.Builder("Influence: do people buy because of this KOC?");
        List<StoredRow> pools = tables.find(InfluenceTables.KOC_INFLUENCE, day, KOC, ranking.text(KOC)).stream()
                .filter(row -> row.text("portrait_id").equals(InfluenceTables.WHOLE_POOL))
                .toList();
        pools.forEach(pool -> section.columns(pool, "exposures", "observed_purchases", "expected_purchases"));
        section.columns(ranking, "naive_lift", "influence_lift", "influence_low", "influence_high");
        pools.forEach(
                pool -> section.columns(pool, "expected_purchases_90d").addAll(KocScore.extraBuyers(ranking, pool)));
        Double priorLow = null;
        for (StoredRow prior : tables.read(InfluenceTables.INFLUENCE_PRIORS, day)) {
            section.columns(prior, "no_effect_weight", "no_effect_mean", "effect_mean", "prior_low");
            priorLow = prior.number("prior_low");
        }
        if (ranking.get("influence_lift") == null) {
            section.remark(
                    "No influence was measured: nobody in the pool was exposed to a share, or no lift is known.");
        }
        for (StoredRow flag : flags) {
            section.column("severity of " + flag.text("flag"), flag, "severity");
        }
        return section.add(KocScore.credibility(ranking, flags))
                .addAll(KocScore.influence(ranking, priorLow))
                .build();
    }

    private Section pool(StoredRow ranking) {
        return new Section.Builder("Pool and activity")
                .columns(ranking, "koc_type", "kol_stage", "pool_size", "strong_ties")
                .addAll(new KocScore(settings.kocs().score()).reach(ranking))
                .columns(ranking, "attributed_buyers_90d")
                .addAll(KocScore.poolBuyerRate(ranking))
                .columns(ranking, "type_pool_buyer_rate", "net_sales_90d", "new_customers_90d")
                .columns(ranking, "shares_90d", "responses_90d", "inquiries_90d", "answered_inquiries_90d")
                .columns(ranking, "main_category", "on_category_rate", "original_rate", "muted_or_left_90d")
                .columns(ranking, "loyalty", "products_approved", "products_blocked", "approval_rate")
                .columns(ranking, "is_tied_to_brand", "approves_products", "is_ready")
                .columns(ranking, "frequency_cap", "days_above_cap", "flight_risk")
                .build();
    }

    private Section score(StoredRow ranking) {
        KocScore score = new KocScore(settings.kocs().score());
        return new Section.Builder("Score and rank: the weighted mean of the components that are known")
                .addAll(score.components(ranking))
                .add(KocScore.rank(ranking, allKocs))
                .add(score.score(ranking))
                .build();
    }

    private Section level(StoredRow ranking) {
        Section.Builder section = new Section.Builder("Level")
                .columns(ranking, "level", "level_change", "level_since", "grace_until", "levels_version");
        for (StoredRow lifecycle : tables.find(KocTables.KOC_LIFECYCLE, day, KOC, ranking.text(KOC))) {
            section.columns(lifecycle, "next_level");
            LevelRequirements levels = new LevelRequirements(settings.kocs().levels());
            List<LevelRequirements.Requirement> next = levels.of(lifecycle.text("next_level"), ranking);
            section.addAll(levels.entries(next)).add(levels.progress(next, lifecycle));
        }
        return section.build();
    }

    private Section money(String koc) {
        Section.Builder section = new Section.Builder("Money");
        List<StoredRow> economics = tables.find(EconomicsTables.KOC_ECONOMICS, day, KOC, koc);
        economics.forEach(row -> section.addAll(KocMoney.economics(row)));
        List<StoredRow> months = tables.find(CommissionTables.COMMISSION_STATEMENT, day, KOC, koc);
        section.addAll(KocMoney.statement(months));
        if (economics.isEmpty() && months.isEmpty()) {
            section.remark("Nothing is recorded: neither costs nor new customers nor commission.");
        }
        return section.build();
    }

    private Section recommendations(String koc) {
        Section.Builder section = new Section.Builder("Recommendations, with the score of each");
        List<StoredRow> list = tables.find(RecommendTables.KOC_RECOMMENDATIONS, day, KOC, koc).stream()
                .sorted(Comparator.comparingDouble(row -> row.value("rank")))
                .toList();
        for (StoredRow row : list) {
            Entry.Check score = RecommendationScore.score(row);
            section.add(new Entry.Check(
                    Numbers.text(row.get("rank")) + ". " + row.text("product_id") + titleOf(row.text("title")),
                    Numbers.text(row.get("expected_buyers")) + " expected buyers x "
                            + Numbers.text(row.value("score") / row.value("expected_buyers")) + ", "
                            + row.text("advice"),
                    score.recomputed(),
                    score.stored(),
                    score.precision(),
                    score.source()));
        }
        section.remark(
                list.isEmpty()
                        ? "There are no recommendations for this KOC on this day."
                        : "--product ID explains one of them, or why another product is not among them.");
        return section.build();
    }

    private static String titleOf(@Nullable String title) {
        return title == null || title.isEmpty() ? "" : " " + ShortName.of(title, ShortName.MAX_LENGTH);
    }
}
