package koc.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.config.Configuration;
import koc.recommend.RecommendSettings;
import koc.recommend.features.Part;
import koc.tables.FitTables;
import koc.tables.RecommendTables;
import koc.warehouse.StoredRow;
import org.junit.jupiter.api.Test;

class RecommendationScoreTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final StoredRow NO_PROFILE = profile(Map.of("product_id", "p"));
    private static final PoolMix EVEN = new PoolMix(List.of(members("a", 5), members("b", 5)), 2);

    @Test
    void theScoreIsTheProductOfExpectedBuyersAndAllFactors() {
        assertThat(RecommendationScore.score(row(Map.of(
                                "expected_buyers", 10.0,
                                "repurchase_factor", .8,
                                "trust_factor", 1.1,
                                "score", 8.8)))
                        .isEqual())
                .isTrue();
        for (String factor : RecommendationScore.FACTORS) {
            assertThat(RecommendationScore.score(row(Map.of("expected_buyers", 10.0, factor, .5)))
                            .recomputed())
                    .as(factor)
                    .isEqualTo(5);
        }
    }

    @Test
    void expectedBuyersAreTheSumOfAllSources() {
        assertThat(RecommendationScore.expectedBuyers(
                                row(Map.of("from_portraits", 1.5, "from_item_model", 2.0, "expected_buyers", 3.5)))
                        .isEqual())
                .isTrue();
        for (String part : Part.publishedColumns()) {
            assertThat(RecommendationScore.expectedBuyers(row(Map.of(part, 2.0)))
                            .recomputed())
                    .as(part)
                    .isEqualTo(2);
        }
    }

    @Test
    void factorsFollowFromAffinityDueBuyersAndOwnUse() {
        RecommendationScore score = score("koc.recommend.weight.repurchase=.5", "koc.recommend.weight.own-use=2");
        StoredRow row = row(
                Map.of("from_repurchase", 1.0, "from_portraits", 2.0, "product_affinity", 4.0, "product_loyalty", .5));

        assertThat(score.repurchaseFactor(row).recomputed()).isCloseTo(1 - .5 / 3, within(1e-12));
        assertThat(score.ownUseFactor(row).recomputed()).isCloseTo(Math.E, within(1e-12));
        assertThat(score.affinities(row))
                .extracting(Entry.Check::recomputed)
                .as("4 ^ .5, and 1 ^ 2")
                .containsExactly(2.0, 1.0);
    }

    @Test
    void marginTrustAndGeneralityAreComparedWithTheMedianOfProductsThatMayBeRecommended() {
        ProductFactors medians = ProductFactors.of(
                List.of(
                        eligible("a", 10, .4),
                        eligible("b", 30, .8),
                        profile(Map.of("product_id", "refused", "quality_gate", "2 stars", "is_in_stock", true)),
                        profile(Map.of("product_id", "gone", "quality_gate", "pass", "is_in_stock", false)),
                        profile(Map.of(
                                "product_id",
                                "later",
                                "quality_gate",
                                "pass",
                                "is_in_stock",
                                true,
                                "unit_margin",
                                999.0,
                                "launched_on",
                                DAY.plusDays(1)))),
                DAY);
        RecommendSettings settings = settings(
                "koc.recommend.weight.margin=.25",
                "koc.recommend.weight.trust=1",
                "koc.recommend.weight.generality=1",
                "koc.recommend.factor-bound=2");

        assertThat(medians.medianMargin()).isEqualTo(20);
        assertThat(medians.margin(eligible("c", 320, .4), settings))
                .as("16 ^ .25")
                .isEqualTo(2);
        assertThat(medians.margin(eligible("c", -1, .4), settings))
                .as("bounded")
                .isEqualTo(.5);
        assertThat(medians.margin(NO_PROFILE, settings)).as("unknown").isEqualTo(1);
        assertThat(medians.trust(eligible("c", 1, .3), settings)).as(".3 / .6").isEqualTo(.5);
        assertThat(medians.trust(NO_PROFILE, settings)).as("not assessed").isEqualTo(1);
        assertThat(medians.generality(eligible("c", 1, .7), EVEN.heterogeneity(), settings))
                .as("e ^ (.7 - .6)")
                .isCloseTo(Math.exp(.1), within(1e-12));
    }

    @Test
    void aPoolIsTheMoreMixedTheMoreEvenItsPortraits() {
        assertThat(EVEN.heterogeneity()).isCloseTo(1, within(1e-12));
        assertThat(new PoolMix(List.of(members("a", 9), members("b", 1)), 2).heterogeneity())
                .isCloseTo(.469, within(.001));
        assertThat(new PoolMix(List.of(members("a", 9)), 5).heterogeneity()).isZero();
        assertThat(new PoolMix(List.of(members("a", 9)), 1).heterogeneity()).isZero();
    }

    @Test
    void theFactorOfGeneralityIsLeftOutForAPoolThatOtherUsersComplete() {
        ProductFactors medians = ProductFactors.of(List.of(eligible("a", 10, .4)), DAY);
        RecommendationScore score = new RecommendationScore(settings(), Map.of(), medians);

        assertThat(score.productFactors(row(Map.of("basis", "pool")), eligible("a", 10, .4), EVEN))
                .hasSize(3);
        assertThat(score.productFactors(row(Map.of("basis", "county")), eligible("a", 10, .4), EVEN))
                .hasSize(2);
    }

    private static RecommendationScore score(String... settings) {
        return new RecommendationScore(
                settings(settings), Map.of("product_affinity", .5, "category_affinity", 2.0), null);
    }

    private static RecommendSettings settings(String... settings) {
        return RecommendSettings.from(Configuration.load(null, List.of(settings)));
    }

    /** A product that may be recommended, with trust and generality of this value. */
    private static StoredRow eligible(String id, double margin, double trust) {
        return profile(Map.of(
                "product_id",
                id,
                "quality_gate",
                "pass",
                "is_in_stock",
                true,
                "unit_margin",
                margin,
                "trust",
                trust,
                "trust_purchases",
                trust,
                "generality_low",
                trust));
    }

    private static StoredRow profile(Map<String, Object> values) {
        return new StoredRow(FitTables.PRODUCT_PROFILE, values);
    }

    private static StoredRow members(String portrait, long members) {
        return new StoredRow(RecommendTables.KOC_POOL_MIX, Map.of("portrait_id", portrait, "members", members));
    }

    /** A recommendation in which all other factors and affinities are 1, and all other parts 0. */
    private static StoredRow row(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>();
        RecommendationScore.FACTORS.forEach(factor -> all.put(factor, 1.0));
        Part.publishedColumns().forEach(part -> all.put(part, 0.0));
        for (String column : List.of("product_affinity", "category_affinity", "score", "expected_buyers")) {
            all.put(column, 1.0);
        }
        all.put("product_affinity_factor", 1.0);
        all.put("category_affinity_factor", 1.0);
        all.putAll(values);
        return new StoredRow(RecommendTables.KOC_RECOMMENDATIONS, all);
    }
}
