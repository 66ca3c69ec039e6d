package koc.cli.explain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koc.tables.CleanTables;
import koc.tables.CommissionTables;
import koc.tables.EconomicsTables;
import koc.tables.FitTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.tables.PortraitTables;
import koc.tables.RecommendTables;
import koc.warehouse.StoredRow;
import koc.warehouse.StoredTables;
import koc.warehouse.Table;

/** Computes the numbers of all KOCs and all recommendations of a day again, and shows those that differ. */
final class AllScores {
    private final StoredTables tables;
    private final LocalDate day;
    private final ExplainSettings settings;

    AllScores(StoredTables tables, LocalDate day, ExplainSettings settings) {
        this.tables = tables;
        this.day = day;
        this.settings = settings;
    }

    /** One line for each column with the number of rows, and the values that differ. */
    Explanation recompute() {
        List<Entry.Check> checks = new ArrayList<>(ofKocs());
        checks.addAll(ofRecommendations());
        Map<String, Long> rows = new TreeMap<>(
                checks.stream().collect(Collectors.groupingBy(Entry.Check::source, Collectors.counting())));
        Section.Builder columns = new Section.Builder("Rows computed again, by column");
        rows.forEach((source, count) ->
                columns.add(new Entry.Value(source.substring(source.indexOf('.') + 1), count, source)));
        List<Entry.Check> different =
                checks.stream().filter(check -> !check.isEqual()).toList();
        Section.Builder differences = new Section.Builder("Rows that differ from the stored ones").addAll(different);
        return new Explanation(
                "all KOCs and recommendations",
                day,
                different.isEmpty() ? List.of(columns.build()) : List.of(columns.build(), differences.build()),
                checks);
    }

    private List<Entry.Check> ofKocs() {
        List<StoredRow> ranking = tables.read(KocTables.KOC_RANKING, day);
        Map<String, List<StoredRow>> flags = byKoc(InfluenceTables.KOC_FLAGS);
        Map<String, List<StoredRow>> lifecycles = byKoc(KocTables.KOC_LIFECYCLE);
        Map<String, List<StoredRow>> economics = byKoc(EconomicsTables.KOC_ECONOMICS);
        Map<String, List<StoredRow>> statements = byKoc(CommissionTables.COMMISSION_STATEMENT);
        Double priorLow = tables.read(InfluenceTables.INFLUENCE_PRIORS, day).stream()
                .map(prior -> prior.number("prior_low"))
                .findFirst()
                .orElse(null);
        KocScore score = new KocScore(settings.kocs().score());
        LevelRequirements levels = new LevelRequirements(settings.kocs().levels());
        List<Entry.Check> checks = new ArrayList<>();
        for (StoredRow koc : ranking) {
            String id = koc.text("koc_id");
            checks.add(KocScore.credibility(koc, of(id, flags)));
            checks.addAll(KocScore.influence(koc, priorLow));
            checks.addAll(score.reach(koc));
            checks.addAll(KocScore.poolBuyerRate(koc));
            checks.add(score.score(koc));
            checks.add(KocScore.rank(koc, ranking));
            of(id, lifecycles).forEach(row -> checks.add(levels.progress(levels.of(row.text("next_level"), koc), row)));
            of(id, economics).forEach(row -> checks.addAll(checks(KocMoney.economics(row))));
            checks.addAll(checks(KocMoney.statement(of(id, statements))));
        }
        return checks;
    }

    private List<Entry.Check> ofRecommendations() {
        List<StoredRow> profiles = tables.read(FitTables.PRODUCT_PROFILE, day);
        Map<String, StoredRow> byProduct =
                profiles.stream().collect(Collectors.toMap(row -> row.text("product_id"), row -> row));
        Map<String, List<StoredRow>> mixes = byKoc(RecommendTables.KOC_POOL_MIX);
        int portraits =
                tables.read(PortraitTables.PORTRAITS, day, "portrait_id").size();
        boolean isComparable = tables.days(CleanTables.CAMPAIGNS).isEmpty()
                && settings.recommend().rerank().stock().isOn();
        RecommendationScore score = new RecommendationScore(
                settings.recommend(),
                RecommendationScore.exponents(tables.read(RecommendTables.BUYER_MODEL, day)),
                isComparable ? ProductFactors.of(profiles, day) : null);
        List<Entry.Check> checks = new ArrayList<>();
        for (StoredRow row : tables.read(RecommendTables.KOC_RECOMMENDATIONS, day)) {
            StoredRow profile = byProduct.get(row.text("product_id"));
            if (profile == null) {
                throw new IllegalStateException("product_profile lacks the product of " + row);
            }
            checks.addAll(score.all(row, profile, new PoolMix(of(row.text("koc_id"), mixes), portraits)));
        }
        return checks;
    }

    private Map<String, List<StoredRow>> byKoc(Table table) {
        return tables.read(table, day).stream().collect(Collectors.groupingBy(row -> row.text("koc_id")));
    }

    private static List<StoredRow> of(String koc, Map<String, List<StoredRow>> rows) {
        return rows.getOrDefault(koc, List.of());
    }

    private static List<Entry.Check> checks(List<Entry> entries) {
        return Entry.checks(entries).toList();
    }
}
