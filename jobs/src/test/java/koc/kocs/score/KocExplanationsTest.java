package koc.kocs.score;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import koc.kocs.KocFeatureRows;
import koc.kocs.levels.LevelCriteria;
import koc.kocs.levels.LevelMovement;
import koc.tables.KocTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocExplanationsTest extends KocFeatureRows {
    private static final FrequencyCaps TWO_POSTS = new FrequencyCaps(Map.of("user", new FrequencyCap(2, 2.5)));

    @Test
    void theReasonsContainTheNumbers() {
        Row koc = get(explain("""
                koc_id | pool_size | strong_ties | influence_lift | influence_low | influence_high | naive_lift | shares_90d | inquiries_90d | answered_inquiries_90d | attributed_buyers_90d | net_sales_90d | new_customers_90d | first_purchase_on | purchase_days_365d | history_days | product_shares_90d | used_shares_90d | topics | sum_n_log_n  | top_topic | top_topic_shares | all_topics | muted_or_left_90d | left_90d | days_above_cap | posting_days_90d | nickname
                koc    | 95        | 12          | 1.8            | 1.2           | 2.4            | 2.9        | 1234       | 10            | 8                      | 19                    | 1234.5        | 3                 | 2024-01-01        | 4                  | 120          | 20                 | 10              | 2      | 49.9066      | beauty    | 16               | 10         | 5                 | 5        | 3              | 9                | Lili
                """), "koc");

        assertThat(koc.<String>getAs("reasons"))
                .isEqualTo(
                        "users exposed to their shares bought 1.80 times as often as similar users (very likely at least"
                                + " 1.20; 2.90 compared with all users); in 90 days 1,234 shares (in groups 0), 10 inquiries, 19 buyers,"
                                + " 1,234.50 CNY net, new customers 3; 20.0% of the pool bought after their posts (average for friends"
                                + " of users: 20.0%); strong ties 12 of 95; uses and approves the product in 10 of 20 product shares,"
                                + " bought on 4 of 120 days; mostly beauty (16 of 20 shares, topics 2); answered 8 of 10"
                                + " inquiries; 5 of 100 muted them or left, average 5.0%, posted more than 2 times a day on 3 of 9"
                                + " days: on such days 2.5 times as many members mute or leave KOCs of this type; profile is missing: avatar, greeting");
    }

    @Test
    void suspectedFraudIsTheFirstReason() {
        Map<String, Row> kocs = explain("""
                koc_id     | influence_lift | influence_low | influence_high | flag | severity
                suspicious | 5              | 4             | 6              | ring | 0.9
                honest     | 1.5            | 1             | 2              |      |
                """);

        assertThat(get(kocs, "suspicious").<String>getAs("reasons"))
                .startsWith("reduced by 90%: evidence of ring; users exposed to their shares");
        assertThat(get(kocs, "honest").<String>getAs("reasons")).startsWith("users exposed to their shares");
    }

    @Test
    void aKocWhoReachedNobodyReadsWhichInfluenceIsAssumed() {
        Map<String, Row> kocs = explain("""
                koc_id     | influence_lift | influence_low | influence_high
                measured   | 1.6            | 1.5           | 2.1
                unmeasured |                |               |
                """);

        assertThat(get(kocs, "unmeasured").<String>getAs("reasons"))
                .startsWith("no share has reached anyone yet, so influence is the low estimate for all KOCs (0.25)");
        assertThat(isNull(get(kocs, "unmeasured"), "influence_lift")).isTrue();
    }

    @Test
    void componentsWithoutEvidenceAreNamedLast() {
        Row koc = get(explain("koc_id\nkoc"), "koc");

        assertThat(koc.<String>getAs("reasons"))
                .startsWith("no share has reached anyone yet; in 90 days 0 shares")
                .doesNotContain("only rank", "but only")
                .endsWith(
                        "not recorded and left out of the score: influence, strong ties, own use, content and answers,"
                                + " persona, restraint");
    }

    @Test
    void theReadinessSaysWhatIsMissingAndWhichProductsAreBlocked() {
        Map<String, Row> kocs = byKoc(explained(candidates("""
                        koc_id   | koc_type | purchase_days_365d | products_approved | products_blocked
                        ready    | user     | 2                  | 12                | 0
                        newcomer | user     | 1                  | 12                | 0
                        selector | user     | 20                 | 9                 | 1
                        critic   | user     | 20                 | 1                 | 9
                        staff    | guide    | 0                  | 0                 | 0
                        """).withColumn("blocked", expr("""
                        CASE koc_id
                        WHEN 'selector' THEN array(named_struct(
                            'product_id', 'soap', 'complaints', 1L, 'refunded_units', 2L, 'bad_reviews', 0L))
                        WHEN 'critic' THEN transform(sequence(1, 9), i -> named_struct(
                            'product_id', 'p' || i, 'complaints', 0L, 'refunded_units', 0L, 'bad_reviews', 1L))
                        END"""))));

        assertThat(get(kocs, "ready").<String>getAs("readiness")).isEqualTo("ready");
        assertThat(get(kocs, "newcomer").<String>getAs("readiness"))
                .isEqualTo("not tied to the brand yet (own purchase days 1 of 2)");
        assertThat(get(kocs, "selector").<String>getAs("readiness"))
                .isEqualTo("ready; must not recommend soap (complained, returned it)");
        assertThat(get(kocs, "critic").<String>getAs("readiness"))
                .isEqualTo("approves 1 of 10 products that they tried (26% when shrunk to the average of all KOCs, 50%"
                        + " needed); must not recommend p1 (gave 1 or 2 stars), p2 (gave 1 or 2 stars), p3 (gave 1 or 2"
                        + " stars), and 6 more");
        assertThat(get(kocs, "staff").<String>getAs("readiness")).isEqualTo("uses and approves no product yet");
    }

    @Test
    void aLevelThatDiffersFromTheRankIsExplained() {
        Map<String, Row> kocs = explain("""
                koc_id | pool_size | own_orders_365d | influence_lift | influence_low | influence_high | net_sales_90d | new_customers_90d | active_days_90d
                first  | 10        | 1               | 5              | 4             | 6              | 500           | 1                 | 9
                second | 10        | 1               | 3              | 2             | 4              | 9000          | 6                 | 30
                third  | 10        | 1               | 1              | .5            | 2              | 500           | 1                 | 9
                """);

        assertThat(get(kocs, "first").<String>getAs("reasons"))
                .startsWith(
                        "rank 1 by influence, ties and own use, but only bronze by sales, new customers and activity"
                                + " (for silver: net sales 500.00 of 2,000.00, new customers 1 of 2, active days 9 of 15); ");
        assertThat(get(kocs, "second").<String>getAs("reasons"))
                .startsWith(
                        "gold by sales, new customers and activity, but only rank 2 by influence, ties and own use; ");
        assertThat(get(kocs, "third").<String>getAs("reasons")).startsWith("users exposed to their shares");
    }

    @Test
    void aHighFlightRiskIsMentioned() {
        Map<String, Row> kocs = explain("""
                koc_id    | koc_type | active_days_30d | active_days_90d
                declining | external | 2               | 20
                steady    | external | 7               | 20
                """);

        assertThat(get(kocs, "declining").<String>getAs("reasons")).contains("fell by 70%");
        assertThat(get(kocs, "steady").<String>getAs("reasons")).doesNotContain("may leave");
    }

    @Test
    void rowsAreThoseOfTheRanking() {
        Row koc = get(explain("koc_id\nkoc"), "koc");

        assertThat(koc.schema().fieldNames())
                .containsExactly(KocTables.KOC_RANKING.columnNames().toArray(String[]::new));
        assertThat(koc.<Integer>getAs("frequency_cap")).isEqualTo(2);
        assertThat(koc.<String>getAs("levels_version")).isEqualTo("2024-1");
    }

    private static Map<String, Row> explain(String text) {
        return byKoc(explained(candidates(text)));
    }

    private static Dataset<Row> explained(Dataset<Row> candidates) {
        Dataset<Row> moved = new LevelMovement(new LevelCriteria(SETTINGS.levels()), DAY).move(candidates, true);
        Dataset<Row> scored = new KocScoring(SETTINGS, DAY).score(moved);
        return new KocExplanations(SETTINGS, Texts.of("en"), DAY, TWO_POSTS).explain(scored);
    }
}
