package koc.kocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import koc.SparkTest;
import koc.text.Texts;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocComponentsTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final KocRankingSettings SETTINGS = KocRankingSettings.from(DEFAULTS);

    /** What KocFacts.joined returns. */
    private static final Table FACTS = Table.named("facts").columns("""
            koc_id STRING, koc_type STRING, is_candidate BOOLEAN, pool_size BIGINT, strong_ties BIGINT, shares_90d BIGINT,
            tenure_days INT, own_orders_365d BIGINT, own_orders_30d BIGINT, own_orders_90d BIGINT,
            previous_level STRING, previous_since DATE, previous_grace_until DATE,
            active_days_30d BIGINT, active_days_90d BIGINT, days_above_cap BIGINT, posting_days_90d BIGINT,
            group_shares_90d BIGINT, replies_90d BIGINT, answered_inquiries_90d BIGINT, courses_365d BIGINT, responses_90d BIGINT, inquiries_90d BIGINT,
            muted_or_left_90d BIGINT, left_90d BIGINT, content_shares_90d BIGINT, original_shares_90d BIGINT, first_purchase_on DATE, last_purchase_on DATE, first_share_on DATE, purchase_days_365d BIGINT,
            attributed_buyers_90d BIGINT, net_sales_30d DECIMAL(18,2), net_sales_90d DECIMAL(18,2),
            new_customers_30d BIGINT, new_customers_90d BIGINT, first_credit_on DATE, product_shares_90d BIGINT,
            used_shares_90d BIGINT, products_used BIGINT, own_reviews BIGINT, own_rating_sum BIGINT, own_complaints BIGINT,
            topics BIGINT, topic_weight DOUBLE, top_topic STRING, top_topic_shares BIGINT, all_topics BIGINT,
            pool_lines BIGINT, pool_reviews BIGINT, pool_rating_sum BIGINT, pool_complaints BIGINT,
            naive_lift DOUBLE, influence_lift DOUBLE, influence_low DOUBLE, influence_high DOUBLE, expected DOUBLE,
            flag STRING, severity DOUBLE, nickname STRING, avatar_url STRING, greeting STRING""");

    @Test
    void oneLuckySaleDoesNotLead() {
        Found found = scored("""
                koc_id | expected | influence_lift | influence_low | influence_high
                lucky  | 0.1      | 2.5            | 0.4           | 8
                steady | 30       | 1.6            | 1.2           | 2.1
                """);

        assertThat(found.get("steady").<Integer>getAs("rank")).isEqualTo(1);
        assertThat(found.get("steady").<Double>getAs("influence")).isCloseTo(1.2 / 2.2, within(1e-9));
        assertThat(found.get("lucky").<Double>getAs("influence")).isCloseTo(.4 / 1.4, within(1e-9));
    }

    @Test
    void whatWasNeverRecordedSpeaksAgainstNobody() {
        Row only = scored("""
                koc_id | expected | influence_lift | influence_low | influence_high
                only   | 30       | 1.6            | 1.5           | 2.1
                """).get("only");

        for (String component : List.of(
                "reach_of_strong_ties",
                "own_use",
                "content_and_answers",
                "persona_consistency",
                "restraint",
                "satisfaction",
                "loyalty",
                "profile_completeness",
                "conversion")) {
            assertThat(only.isNullAt(only.fieldIndex(component))).as(component).isTrue();
        }
        assertThat(only.<Double>getAs("score")).isCloseTo(.6, within(1e-9));
    }

    @Test
    void aKocWhoReachedNobodyYetStandsAtTheLowerEndOfThePrior() {
        Found found = scored("""
                koc_id  | expected | influence_lift | influence_low | influence_high
                known   | 30       | 1.6            | 1.5           | 2.1
                hardly  | 0.1      | 1              | 0.15          | 3
                unknown |          |                |               |
                """);

        // The prior's is .25.
        assertThat(found.get("unknown").<Double>getAs("influence")).isCloseTo(.2, within(1e-9));
        assertThat(found.get("unknown").isNullAt(found.get("unknown").fieldIndex("influence_lift")))
                .isTrue();
        assertThat(found.get("unknown").<String>getAs("reasons"))
                .startsWith(
                        "nobody was reached yet, so that its influence counts as low as is likely of any KOC (0.25)");
        assertThat(found.get("unknown").<Integer>getAs("rank")).isEqualTo(2);
    }

    @Test
    void ofAPoolWhoLeftIsCountedOnceAndWhoMutedIsStillIn() {
        Found found = scored("""
                koc_id | pool_size | muted_or_left_90d | left_90d
                muted  | 100       | 10                | 0
                left   | 90        | 10                | 10
                """);

        assertThat(found.get("muted").<Double>getAs("restraint"))
                .isEqualTo(found.get("left").<Double>getAs("restraint"))
                .isCloseTo(.5, within(1e-9));
        assertThat(found.get("left").<String>getAs("reasons")).contains("10 of 100 muted it or left");
        assertThat(found.get("muted").<String>getAs("reasons")).contains("10 of 100 muted it or left");
    }

    @Test
    void whatItSharesMostAndWhatIsItsOwnAreSharesOfAll() {
        Found found = scored("""
                koc_id | product_shares_90d | topics | top_topic | top_topic_shares | content_shares_90d | original_shares_90d
                koc    | 20                 | 2      | beauty    | 15               | 8                  | 2
                silent | 0                  | 1      | beauty    | 0                | 0                  | 0
                """);

        assertThat(found.get("koc").<String>getAs("main_category")).isEqualTo("beauty");
        assertThat(found.get("koc").<Double>getAs("on_category_rate")).isEqualTo(.75);
        assertThat(found.get("koc").<Double>getAs("original_rate")).isEqualTo(.25);
        for (String column : List.of("main_category", "on_category_rate", "original_rate")) {
            assertThat(found.get("silent").isNullAt(found.get("silent").fieldIndex(column)))
                    .as(column)
                    .isTrue();
        }
    }

    @Test
    void componentsAreAsTheirWorkedExamplesSay() {
        Row koc = scored("""
                koc_id | strong_ties | pool_size | purchase_days_365d | first_purchase_on | last_purchase_on | own_reviews | own_rating_sum | product_shares_90d | used_shares_90d | topics | topic_weight | all_topics | shares_90d | responses_90d | inquiries_90d | answered_inquiries_90d | muted_or_left_90d | left_90d
                koc    | 12          | 90        | 3                  | 2024-01-01        | 2024-04-01       | 1           | 5              | 20                 | 10              | 2      | 49.9066      | 10         | 20         | 40            | 10            | 8                      | 10                | 10
                """).get("koc");

        assertThat(koc.<Double>getAs("reach_of_strong_ties")).isCloseTo(Math.log(13) / Math.log(151), within(1e-9));
        assertThat(koc.<Double>getAs("loyalty")).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(koc.<Double>getAs("own_use")).isCloseTo((2.0 / 3 + .5) / 2, within(1e-9));
        // 16 ln 16 + 4 ln 4 = 49.9066
        assertThat(koc.<Double>getAs("persona_consistency")).isCloseTo(.772, within(1e-3));
        // As usual, for it is the only one: half; and 8 of 10 answered, the usual share too.
        assertThat(koc.<Double>getAs("content_and_answers")).isCloseTo((.5 + .8) / 2, within(1e-9));
        assertThat(koc.<Double>getAs("restraint")).isCloseTo(.5, within(1e-9));
    }

    @Test
    void whatLooksFakedIsDampedAndTheReasonSaysSoFirst() {
        Found found = scored("""
                koc_id | pool_size | strong_ties | expected | influence_lift | influence_low | influence_high | flag | severity
                faker  | 50        | 40          | 30       | 5              | 4             | 6              | ring | 0.9
                honest | 50        | 10          | 30       | 1.5            | 1             | 2              |      |
                """);

        Row faker = found.get("faker");
        assertThat(faker.<Integer>getAs("rank")).isEqualTo(2);
        assertThat(faker.<Double>getAs("credibility")).isCloseTo(.1, within(1e-9));
        assertThat(faker.<Double>getAs("influence")).isCloseTo(.08, within(1e-9));
        assertThat(faker.<String>getAs("reasons")).startsWith("damped by 90%: evidence of ring; those it reached");
        assertThat(found.get("honest").<String>getAs("reasons")).startsWith("those it reached");
    }

    @Test
    void equalKocsRankByTheirIds() {
        Found found = scored("koc_id\nb\na\n");

        assertThat(found.get("a").<Integer>getAs("rank")).isEqualTo(1);
        assertThat(found.get("b").<Integer>getAs("rank")).isEqualTo(2);
        assertThat(found.get("a").<Double>getAs("score")).isZero();
    }

    @Test
    void readinessNeedsBothATieToTheBrandAndApproval() {
        Found found = scored("""
                koc_id   | koc_type | purchase_days_365d | products_used | own_reviews | own_rating_sum | own_complaints
                ready    | user     | 2                  | 1             | 1           | 4              | 0
                newcomer | user     | 1                  | 1             | 0           | 0              | 0
                critic   | user     | 20                 | 9             | 2           | 6              | 0
                angry    | user     | 5                  | 1             | 0           | 0              | 1
                seller   | guide    | 0                  | 0             | 0           | 0              | 0
                """);

        assertThat(found.get("ready").<String>getAs("readiness")).isEqualTo("ready");
        assertThat(found.get("newcomer").<String>getAs("readiness"))
                .isEqualTo("not tied to the brand yet (own purchase days 1 of 2)");
        assertThat(found.get("critic").<String>getAs("readiness"))
                .isEqualTo("does not approve the products (own reviews 2, stars 3.0, complaints 0)");
        assertThat(found.get("angry").<Boolean>getAs("is_ready")).isFalse();
        assertThat(found.get("seller").<String>getAs("readiness")).isEqualTo("has kept no product itself");
    }

    @Test
    void aLargePoolIsAKolsOnlyWhenItBuys() {
        Found found = scored("""
                koc_id   | pool_size | attributed_buyers_90d
                small    | 199       | 100
                rising   | 200       | 4
                kol      | 1000      | 20
                audience | 1000      | 19
                """);

        assertThat(found.get("small").<String>getAs("stage")).isEqualTo("koc");
        assertThat(found.get("rising").<String>getAs("stage")).isEqualTo("rising");
        assertThat(found.get("kol").<String>getAs("stage")).isEqualTo("kol");
        assertThat(found.get("audience").<String>getAs("stage")).isEqualTo("audience_only");
        assertThat(found.get("kol").<Double>getAs("conversion")).isCloseTo(.02, within(1e-9));
        assertThat(found.get("kol").<Double>getAs("type_pool_buyer_rate")).isCloseTo(143.0 / 2399, within(1e-9));
    }

    @Test
    void onlyGuidesAreJudgedOnSatisfactionAndOnlyExternalKocsOnFlight() {
        Found found = scored("""
                koc_id   | koc_type | pool_lines | pool_reviews | pool_rating_sum | pool_complaints | active_days_30d | active_days_90d
                liked    | guide    | 100        | 20           | 100             | 0               | 0               | 0
                disliked | guide    | 100        | 20           | 40              | 20              | 0               | 0
                leaving  | external | 100        | 20           | 40              | 20              | 2               | 20
                user     | user     | 100        | 20           | 40              | 20              | 2               | 20
                """);

        assertThat(found.get("liked").<Double>getAs("satisfaction"))
                .isGreaterThan(found.get("disliked").<Double>getAs("satisfaction"));
        assertThat(found.get("user").isNullAt(found.get("user").fieldIndex("satisfaction")))
                .isTrue();
        assertThat(found.get("leaving").<Double>getAs("flight_risk")).isCloseTo(.7, within(1e-9));
        assertThat(found.get("leaving").<String>getAs("reasons")).contains("fallen by 70%");
        assertThat(found.get("user").isNullAt(found.get("user").fieldIndex("flight_risk")))
                .isTrue();
    }

    @Test
    void theReasonsHoldTheNumbers() {
        Row koc = scored("""
                koc_id | pool_size | strong_ties | expected | influence_lift | influence_low | influence_high | naive_lift | shares_90d | inquiries_90d | answered_inquiries_90d | attributed_buyers_90d | net_sales_90d | new_customers_90d | first_purchase_on | purchase_days_365d | product_shares_90d | used_shares_90d | topics | topic_weight | top_topic | top_topic_shares | all_topics | muted_or_left_90d | left_90d | days_above_cap | posting_days_90d | nickname
                koc    | 95        | 12          | 30       | 1.8            | 1.2           | 2.4            | 2.9        | 1234       | 10            | 8                      | 19                    | 1234.5        | 3                 | 2024-01-01        | 4                  | 20                 | 10              | 2      | 49.9066      | beauty    | 16               | 10         | 5                 | 5        | 3              | 9                | Lili
                """).get("koc");

        assertThat(koc.<String>getAs("reasons"))
                .isEqualTo(
                        "those it reached bought 1.80 times as often as their like who were not reached (surely 1.20;"
                                + " counted naively 2.90); in 90 days 1,234 shares (in groups 0), 10 inquiries, 19 buyers, 1,234.50 CNY net, new"
                                + " customers 3; 20.0% of the pool bought by it, friends of users on average 20.0%; strong ties 12 of"
                                + " 95; has bought what it shares in 10 of 20 shares, bought itself on 4 days in a year; mostly beauty"
                                + " (16 of 20 shares, topics 2); answered 8 of 10 inquiries; 5 of 100 muted it or left, usual are"
                                + " 5.0%, posted on 3 of 9 days more than the 2 times that people bear; profile lacks: avatar,"
                                + " greeting");
    }

    private static Found scored(String text) {
        Dataset<Row> facts = rows(FACTS, text)
                .na()
                .fill(
                        0L,
                        FACTS.columnNames().stream()
                                .filter(name -> List.of("bigint", "int", "decimal(18,2)")
                                        .contains(FACTS.column(name).dataType().catalogString()))
                                .toArray(String[]::new))
                .na()
                .fill(Map.of("koc_type", "user", "topic_weight", 0.0))
                .selectExpr(
                        "* EXCEPT (flag, severity, is_candidate)",
                        "true AS is_candidate",
                        "IF(flag IS NULL, NULL, array(named_struct('severity', severity, 'name', flag, 'evidence',"
                                + " 'evidence of ' || flag))) AS flags");
        Dataset<Row> moved = Levels.of(SETTINGS.levels())
                .move(KocComponents.withUsual(facts, SPARK.sql("SELECT .25D AS prior_low")), DAY, true);
        Map<String, Row> found = new TreeMap<>();
        KocReasons.explained(KocComponents.scored(moved, DAY, SETTINGS), DAY, 2, SETTINGS, Texts.of("en"))
                .collectAsList()
                .forEach(row -> found.put(row.getAs("koc_id"), row));
        return new Found(found);
    }

    /** The rows by KOC. */
    private record Found(Map<String, Row> rows) {
        Row get(String koc) {
            return Objects.requireNonNull(rows.get(koc), koc);
        }
    }
}
