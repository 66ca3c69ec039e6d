package koc.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.config.Configuration;
import koc.kocs.KocSettings;
import koc.kocs.levels.LevelSettings;
import koc.tables.EconomicsTables;
import koc.tables.InfluenceTables;
import koc.tables.KocTables;
import koc.warehouse.StoredRow;
import org.junit.jupiter.api.Test;

class KocScoreTest {
    private static final KocScore SCORE =
            new KocScore(KocSettings.from(Configuration.load(null, List.of())).score());

    @Test
    void theScoreIsTheWeightedMeanOfTheComponentsThatAreKnown() {
        Entry.Check check = SCORE.score(ranking(Map.of("influence", .6, "own_use", .5, "score", .315 / .55)));

        assertThat(check.recomputed()).isCloseTo(.572727, within(1e-6));
        assertThat(check.formula()).endsWith("= 0.315 / 0.55");
        assertThat(check.source()).isEqualTo("koc_ranking.score");
        assertThat(check.isEqual()).isTrue();
    }

    @Test
    void aStoredScoreThatIsWrongByMoreThanAMillionthDiffers() {
        Map<String, Object> components = Map.of("influence", .5, "own_use", .5);

        assertThat(SCORE.score(ranking(components, "score", .5 + 9e-7)).isEqual())
                .isTrue();
        assertThat(SCORE.score(ranking(components, "score", .5 + 2e-6)).isEqual())
                .isFalse();
    }

    @Test
    void aKocWithoutComponentsHasTheScoreZero() {
        assertThat(SCORE.score(ranking(Map.of("score", 0.0))).isEqual()).isTrue();
    }

    @Test
    void equalScoresRankByInfluenceThenPoolThenId() {
        StoredRow first = ranking(Map.of("koc_id", "d", "score", .5, "influence_low", 2.0, "pool_size", 1L, "rank", 1));
        StoredRow second =
                ranking(Map.of("koc_id", "c", "score", .5, "influence_low", 1.0, "pool_size", 9L, "rank", 2));
        StoredRow third = ranking(Map.of("koc_id", "a", "score", .5, "influence_low", 1.0, "pool_size", 8L, "rank", 3));
        StoredRow fourth =
                ranking(Map.of("koc_id", "b", "score", .5, "influence_low", 1.0, "pool_size", 8L, "rank", 4));
        StoredRow fifth = ranking(Map.of("koc_id", "a0", "score", .5, "pool_size", 99L, "rank", 5));
        List<StoredRow> all = List.of(fifth, third, second, first, fourth);

        assertThat(all)
                .allSatisfy(row -> assertThat(KocScore.rank(row, all).isEqual()).isTrue());
    }

    @Test
    void flagsLowerTheCredibilityAndTheComponentsThatCanBeFaked() {
        StoredRow ranking = ranking(Map.of(
                "credibility",
                .1,
                "influence_low",
                1.5,
                "influence",
                .06,
                "strong_ties",
                12L,
                "reach_of_strong_ties",
                .1 * Math.log(13) / Math.log(151)));
        List<StoredRow> flags = List.of(flag(.5), flag(.8));

        assertThat(KocScore.credibility(ranking, flags).isEqual()).isTrue();
        assertThat(KocScore.influence(ranking, null)).singleElement().matches(Entry.Check::isEqual);
        assertThat(SCORE.reach(ranking)).singleElement().matches(Entry.Check::isEqual);
    }

    @Test
    void aKocWhoReachedNobodyHasTheInfluenceOfThePrior() {
        StoredRow ranking = ranking(Map.of("credibility", 1.0, "influence", 1 / 3.0));

        assertThat(KocScore.influence(ranking, .5)).singleElement().matches(Entry.Check::isEqual);
        assertThat(KocScore.influence(ranking, null)).isEmpty();
    }

    @Test
    void progressIsTheMeanOverTheRequirementsOfTheNextLevel() {
        LevelRequirements levels = new LevelRequirements(LevelSettings.from(Configuration.load(null, List.of())));
        StoredRow ranking = ranking(Map.of(
                "koc_type",
                "user",
                "net_sales_90d",
                new BigDecimal("8000.00"),
                "new_customers_90d",
                5L,
                "active_days_90d",
                20L,
                "courses_365d",
                0L));
        StoredRow lifecycle = new StoredRow(KocTables.KOC_LIFECYCLE, Map.of("next_level", "gold", "progress", .7));
        List<LevelRequirements.Requirement> gold = levels.of("gold", ranking);

        assertThat(levels.progress(gold, lifecycle).isEqual()).isTrue();
        assertThat(gold).extracting(LevelRequirements.Requirement::isMet).containsExactly(true, true, false, false);
        assertThat(levels.of("trainee", ranking))
                .extracting(LevelRequirements.Requirement::key)
                .contains("koc.kocs.levels.recruitment.user.pool");
        assertThat(levels.of("", ranking)).isEmpty();
    }

    @Test
    void moneyIsEqualIfItIsRoundedToCents() {
        Map<String, Object> economics = new HashMap<>(Map.of(
                "commission",
                money("400.00"),
                "ad",
                money("18.79"),
                "gift",
                money("0"),
                "coupon",
                money("0"),
                "bonus",
                money("0"),
                "training",
                money("0"),
                "sample",
                money("0"),
                "cost",
                money("418.79"),
                "new_customers",
                2L,
                "customer_value",
                money("1000.00")));
        economics.put("cac", money("209.40"));
        economics.put("ltv", money("500.00"));
        economics.put("ltv_to_cac", 2.3878);
        List<Entry> right = KocMoney.economics(new StoredRow(EconomicsTables.KOC_ECONOMICS, economics));
        economics.put("cac", money("209.41"));
        List<Entry> wrong = KocMoney.economics(new StoredRow(EconomicsTables.KOC_ECONOMICS, economics));

        assertThat(Entry.checks(right)).hasSize(4).allMatch(Entry.Check::isEqual);
        assertThat(Entry.checks(wrong).filter(check -> !check.isEqual()))
                .extracting(Entry.Check::name)
                .containsExactly("cac");
    }

    private static BigDecimal money(String text) {
        return new BigDecimal(text);
    }

    private static StoredRow flag(double severity) {
        return new StoredRow(InfluenceTables.KOC_FLAGS, Map.of("severity", severity));
    }

    private static StoredRow ranking(Map<String, Object> values) {
        return new StoredRow(KocTables.KOC_RANKING, values);
    }

    private static StoredRow ranking(Map<String, Object> values, String column, double value) {
        Map<String, Object> all = new HashMap<>(values);
        all.put(column, value);
        return ranking(all);
    }
}
