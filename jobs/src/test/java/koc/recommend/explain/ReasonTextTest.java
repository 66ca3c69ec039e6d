package koc.recommend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import koc.text.Texts;
import org.junit.jupiter.api.Test;

class ReasonTextTest extends SparkTest {
    private static final ReasonText REASON = new ReasonText(RecommendSettings.from(config()), Texts.of("en"));

    @Test
    void theReasonNamesTheLeadPortraitAndTheSourcesOfTheBuyers() {
        String reason = reason();

        assertThat(reason)
                .startsWith("3 of 10 members: 'Mothers', buying it 2.0 times as often as average (at least 1.5 times)")
                .contains("1.50 buyers expected in 28 days")
                .contains("1.20 because of their portraits + 0.30 because of what they bought before")
                .doesNotContain("due to repurchase + ", "because this KOC influences them");
    }

    @Test
    void aThinPoolNamesWhoStandsIn() {
        assertThat(reason("basis = 'county'", "county = 'Xihu'"))
                .startsWith(
                        "too few buyers in the pool (4 of 10 members, 10 needed): completed with the users of Xihu");
        assertThat(reason("basis = 'everybody'"))
                .startsWith("too few buyers in the pool (4 of 10 members, 10 needed): completed with all users");
    }

    @Test
    void theEvidenceOfTheLiftDecidesItsWords() {
        assertThat(reason("lift_low = 0.8D")).contains("(uncertain: at least 0.8 times)");
        assertThat(reason("lift = 0.5D", "lift_low = 0.2D")).contains("less often than average (0.5 times)");
        assertThat(reason("lift = CAST(NULL AS DOUBLE)", "lift_low = CAST(NULL AS DOUBLE)"))
                .contains("too few purchases to compare");
        assertThat(reason("lead_id = CAST(NULL AS STRING)")).contains("counted as average users");
    }

    @Test
    void aNewProductNamesItsPeers() {
        assertThat(reason("is_new = true", "peer_level = 4"))
                .contains("new, on sale since 2024-01-25", "category, brand and price band", "(2 with 30 buyers)");
    }

    @Test
    void promotionAndOverlapAreMentionedOnlyWhenTheyHappened() {
        assertThat(reason()).doesNotContain("moved up", "KOCs with priority");
        assertThat(reason("promoted_by = 'floor'")).contains("rank 7 by score, moved up for a portrait");
        assertThat(reason("overlap_factor = 0.9D", "level = 'gold'")).contains("KOCs with priority (level");
    }

    @Test
    void missingEvidenceIsNamed() {
        assertThat(reason(
                        "product_loyalty = 0D",
                        "is_trust_assessed = false",
                        "unit_margin = CAST(NULL AS DECIMAL(18,4))"))
                .contains("send a sample first", "trust not assessed yet", "margin unknown");
    }

    @Test
    void aKocWhoIsNotReadyReadsWhy() {
        assertThat(reason()).doesNotContain("not ready");
        assertThat(reason("not_ready = 'tie'")).contains("the KOC is not ready: not tied to the brand yet");
        assertThat(reason("not_ready = 'approval'")).contains("the KOC is not ready: approves too few");
    }

    /** The reason of a typical row with some columns replaced, each written {@code name = SQL}. */
    private static String reason(String... replaced) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : List.of(
                "basis = 'pool'",
                "county = 'Xihu'",
                "buying_members = 4L",
                "pool_size = 10L",
                "is_new = false",
                "peer_level = CAST(NULL AS INT)",
                "launched_on = DATE'2024-01-25'",
                "peer_products = 2L",
                "peer_buyers = 30L",
                "buyers = 5L",
                "lead = named_struct('members', 3L, 'name', 'Mothers')",
                "lead_id = 'm'",
                "lift = 2D",
                "lift_low = 1.5D",
                "expected_buyers = 1.5D",
                "from_portraits = 1.2D",
                "from_new_users = 0D",
                "from_item_model = 0.3D",
                "from_repurchase = 0D",
                "from_influence = 0.001D",
                "from_cold_start = 0D",
                "from_long_tail = 0D",
                "from_popularity = 0D",
                "from_recent_popularity = 0D",
                "from_latest_popularity = 0D",
                "from_pool = 0D",
                "from_portrait_fit = 0D",
                "product_affinity = 1.1D",
                "product_affinity_factor = 1D",
                "category_affinity = 1D",
                "category_affinity_factor = 1D",
                "path = 'baby'",
                "owners = 2L",
                "owners_not_due = 2L",
                "score = 1.5D",
                "repurchase_factor = 1D",
                "margin_factor = 1D",
                "trust_factor = 1D",
                "generality_factor = 1D",
                "own_use_factor = 1D",
                "overlap_factor = 1D",
                "level = CAST(NULL AS STRING)",
                "promoted_by = CAST(NULL AS STRING)",
                "score_rank = 7",
                "product_loyalty = 0.5D",
                "not_ready = CAST(NULL AS STRING)",
                "is_trust_assessed = true",
                "trust = 0.8D",
                "unit_margin = CAST(3 AS DECIMAL(18,4))")) {
            put(columns, column);
        }
        for (String column : replaced) {
            put(columns, column);
        }
        List<String> expressions = new ArrayList<>();
        columns.forEach((name, value) -> expressions.add(value + " AS " + name));
        return SPARK.range(1)
                .selectExpr(expressions.toArray(String[]::new))
                .select(REASON.reason())
                .head()
                .getString(0);
    }

    private static void put(Map<String, String> columns, String column) {
        int at = column.indexOf(" = ");
        columns.put(column.substring(0, at), column.substring(at + 3));
    }
}
