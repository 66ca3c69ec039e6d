package koc.kocs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import koc.kocs.KocFeatureRows;
import koc.kocs.levels.LevelCriteria;
import koc.kocs.levels.LevelMovement;
import koc.tables.KocTables;
import koc.text.RowSentences;
import koc.text.Texts;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocExplanationsTest extends KocFeatureRows {
    private static final FrequencyCaps TWO_POSTS = new FrequencyCaps(Map.of("user", new FrequencyCap(2, 2.5)));

    /** One KOC for each thing that may matter most, with the first letters of its reason and action. */
    private static final String KOCS = """
            koc_id   | koc_type | pool_size | influence_lift | influence_low | influence_high | attributed_buyers_90d | inquiries_90d | answered_inquiries_90d | days_above_cap | active_days_30d | active_days_90d | purchase_days_365d | products_approved | products_blocked | own_orders_365d | net_sales_90d | new_customers_90d | courses_365d | flag        | severity | nickname
            fraud    | user     | 10        | 5.04           | 4             | 6              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 3                 | 0                | 1               | 600           | 1                 | 0            | spam        | .9       | Lili
            posts    | user     | 10        | 3.31           | 2.26          | 6              | 4                     | 0             | 0                      | 3              | 9               | 27              | 4                  | 3                 | 0                | 1               | 600           | 1                 | 0            |             |          |
            leaving  | external | 10        | 1.5            | .9            | 2              | 4                     | 0             | 0                      | 0              | 0               | 27              | 4                  | 3                 | 0                | 1               | 600           | 1                 | 0            |             |          | Bo
            silent   | user     | 10        | .5             | .2            | .9             | 4                     | 9             | 4                      | 0              | 9               | 27              | 4                  | 3                 | 0                | 1               | 600           | 1                 | 0            |             |          |
            stranger | user     | 10        |                |               |                | 4                     | 0             | 0                      | 0              | 9               | 27              | 1                  | 3                 | 0                | 1               | 600           | 1                 | 0            |             |          |
            hungry   | user     | 10        | 2              | 1.5           | 3              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 0                 | 0                | 1               | 600           | 1                 | 0            |             |          |
            critic   | user     | 10        | 2              | 1.5           | 3              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 1                 | 9                | 1               | 600           | 1                 | 0            |             |          |
            hater    | user     | 10        | 2              | 1.5           | 3              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 0                 | 4                | 1               | 600           | 1                 | 0            |             |          |
            untaught | user     | 10        | 2              | 1.5           | 3              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 3                 | 0                | 1               | 6000          | 3                 | 0            |             |          |
            unproven | user     | 10        | 2              | .9            | 3              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 3                 | 0                | 1               | 6000          | 3                 | 0            |             |          |
            taught   | user     | 10        | 2              | 1.5           | 3              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 3                 | 0                | 1               | 600           | 1                 | 1            |             |          |
            served   | user     | 10        | 1.25           | .75           | 3              | 4                     | 0             | 0                      | 0              | 9               | 27              | 4                  | 3                 | 0                | 1               | 600           | 1                 | 1            | served_only | .9       |
            """;

    @Test
    void theReasonsAreInfluenceAndTheOneThingThatMattersMost() {
        Map<String, Row> kocs = explain(KOCS);

        assertThat(reasons(kocs, "fraud"))
                .isEqualTo(
                        "Members buy 5.0 times as often after their posts (at least 4.00). Doubtful: far more shares than"
                                + " others. The score trusts only 10%.");
        assertThat(reasons(kocs, "posts"))
                .isEqualTo(
                        "Members buy 3.3 times as often after their posts (at least 2.26). They posted more than 2 times a"
                                + " day on 3 days; more members then mute or leave.");
        assertThat(reasons(kocs, "leaving"))
                .isEqualTo("It is uncertain whether their posts sell more (1.5 times, at least 0.90). They may be"
                        + " leaving: activity, sales and own orders fell by 95% on average.");
        assertThat(reasons(kocs, "silent"))
                .startsWith("Members do not buy more after their posts (0.5 times as often). ");
        assertThat(reasons(kocs, "stranger")).startsWith("No post has reached anyone yet. ");
        assertThat(reasons(kocs, "taught"))
                .isEqualTo(
                        "Members buy 2.0 times as often after their posts (at least 1.50). 40% of the pool bought after"
                                + " contact (average pool of users: 40%).");
    }

    @Test
    void theNextActionIsTheMostUrgentOne() {
        Map<String, Row> kocs = explain(KOCS);

        assertThat(action(kocs, "fraud")).isEqualTo("Ask Lili to share less: they share far more than others.");
        assertThat(action(kocs, "served"))
                .isEqualTo("Ask served to win friends too: most members are customers they served.");
        assertThat(action(kocs, "posts")).isEqualTo("Ask posts to post at most 2 times a day.");
        assertThat(action(kocs, "leaving")).isEqualTo("Call Bo: they may be leaving.");
        assertThat(action(kocs, "silent")).isEqualTo("Ask silent to answer questions: only 4 of 9 answered in time.");
        assertThat(action(kocs, "stranger"))
                .isEqualTo("Ask stranger to buy for themselves before they share: they are not tied to the brand yet.");
        assertThat(action(kocs, "hungry")).isEqualTo("Send hungry a product to try: they use none yet.");
        assertThat(action(kocs, "critic")).isEqualTo("Ask critic what was wrong with 9 products that they tried.");
        assertThat(action(kocs, "hater")).isEqualTo("Ask hater what was wrong with 4 products that they tried.");
        assertThat(action(kocs, "untaught"))
                .isEqualTo("Book a training for untaught: nothing else is missing for silver.");
        assertThat(action(kocs, "unproven"))
                .as("a higher level costs money: not for posts that may move nobody")
                .isEqualTo(
                        "As a test, let unproven share a product: it is not certain yet that members buy more after posts.");
        assertThat(action(kocs, "taught"))
                .isEqualTo("Let taught share a product: members surely buy more after their posts.");
    }

    @Test
    void theKindOfStepIsThatOfTheSentence() {
        assertThat(explain(KOCS).values())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("next_step"))
                .containsExactlyInAnyOrder(
                        "fraud spam",
                        "posts frequency_cap",
                        "leaving flight_risk",
                        "silent answers",
                        "stranger tie",
                        "hungry use",
                        "critic approval",
                        "hater approval",
                        "untaught training",
                        "unproven share_again",
                        "taught share_more",
                        "served served_only");
    }

    @Test
    void theNumbersOfSentencesAreColumnsAndLongNamesAreShortened() {
        Dataset<Row> kocs = candidates(KOCS)
                .withColumn("nickname", expr("repeat('x', 5000)"))
                .withColumn("blocked", blocked(9, "repeat('y', 5000)"));
        for (String language : List.of("en", "zh")) {
            List<Row> rows = explained(kocs, language).collectAsList();

            assertThat(rows).hasSize(12);
            assertThat(RowSentences.faults(rows, List.of(), "reasons", "readiness", "next_action"))
                    .isEmpty();
        }
    }

    @Test
    void theReadinessSaysWhatIsMissingAndWhichProductsAreBlocked() {
        String text = """
                koc_id   | koc_type | purchase_days_365d | products_approved | products_blocked
                ready    | user     | 2                  | 12                | 0
                newcomer | user     | 1                  | 12                | 0
                selector | user     | 20                 | 9                 | 1
                pair     | user     | 20                 | 9                 | 2
                critic   | user     | 20                 | 1                 | 9
                staff    | guide    | 0                  | 0                 | 0
                """;
        Map<String, Row> kocs = byKoc(explained(
                candidates(text)
                        .withColumn(
                                "blocked",
                                when(col("koc_id").equalTo("selector"), blocked(1, "'Soap'"))
                                        .when(col("koc_id").equalTo("pair"), blocked(2, "'Soap ' || i"))
                                        .when(col("koc_id").equalTo("critic"), blocked(9, "null"))),
                "en"));

        assertThat(get(kocs, "ready").<String>getAs("readiness")).isEqualTo("ready");
        assertThat(get(kocs, "newcomer").<String>getAs("readiness"))
                .isEqualTo("not tied to the brand yet: own purchases on only 1 day");
        assertThat(get(kocs, "selector").<String>getAs("readiness"))
                .isEqualTo("ready; must not recommend Soap (they complained)");
        assertThat(get(kocs, "pair").<String>getAs("readiness"))
                .isEqualTo("ready; must not recommend Soap 1 or Soap 2");
        assertThat(get(kocs, "critic").<String>getAs("readiness"))
                .isEqualTo("approves of 1 product that they tried, but not of 9 others; must not recommend 9 products,"
                        + " such as p1 (they complained)");
        assertThat(get(kocs, "staff").<String>getAs("readiness"))
                .isEqualTo("neither uses nor approves of a product yet");
    }

    private static Column blocked(int products, String title) {
        return expr(
                "transform(sequence(1, " + products + "), i -> named_struct('product_id', 'p' || i, 'complaints', 1L,"
                        + " 'refunded_units', 1.0, 'bad_reviews', 1L, 'title', CAST(" + title + " AS STRING)))");
    }

    @Test
    void aLevelThatDiffersFromTheRankIsExplained() {
        Map<String, Row> kocs = explain("""
                koc_id | pool_size | own_orders_365d | influence_lift | influence_low | influence_high | net_sales_90d | new_customers_90d | active_days_90d
                first  | 10        | 1               | 5              | 4             | 6              | 500           | 1                 | 9
                second | 10        | 1               | 3              | 2             | 4              | 9000          | 6                 | 30
                third  | 10        | 1               | 1              | .5            | 2              | 500           | 1                 | 9
                """);

        assertThat(reasons(kocs, "first"))
                .endsWith(" Rank 1, but only bronze: a level needs each of its requirements.");
        assertThat(reasons(kocs, "second"))
                .endsWith(" The level is gold, but the rank by influence, ties and own use only 2.");
        assertThat(reasons(kocs, "third")).doesNotContain("ank");
    }

    @Test
    void rowsAreThoseOfTheRanking() {
        Row koc = get(explain("koc_id\nkoc"), "koc");

        assertThat(koc.schema().fieldNames())
                .containsExactly(KocTables.KOC_RANKING.columnNames().toArray(String[]::new));
        assertThat(koc.<Integer>getAs("frequency_cap")).isEqualTo(2);
        assertThat(koc.<String>getAs("levels_version")).isEqualTo("2024-1");
    }

    private static String reasons(Map<String, Row> kocs, String koc) {
        return get(kocs, koc).getAs("reasons");
    }

    private static String action(Map<String, Row> kocs, String koc) {
        return get(kocs, koc).getAs("next_action");
    }

    private static Map<String, Row> explain(String text) {
        return byKoc(explained(candidates(text), "en"));
    }

    private static Dataset<Row> explained(Dataset<Row> candidates, String language) {
        Dataset<Row> moved = new LevelMovement(new LevelCriteria(SETTINGS.levels()), DAY).move(candidates, true);
        Dataset<Row> scored = new KocScoring(SETTINGS, DAY).score(moved);
        return new KocExplanations(SETTINGS, Texts.of(language), DAY, TWO_POSTS).explain(scored);
    }
}
