package koc.kocs.levels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import koc.kocs.KocSettings;
import koc.kocs.LevelRows;
import koc.tables.KocTables;
import koc.text.RowSentences;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocLifecycleTest extends LevelRows {
    private static final String EARLIER = """
            day        | koc_id      | koc_type | level   | since      | days_at_level | sales_known_from | earliest_sale_on
            2024-06-01 | atThreshold | user     | trainee | 2024-05-01 | 31            | 2024-02-10       | 2024-03-03
            2024-06-01 | retaining   | user     | silver  | 2024-01-01 | 152           | 2024-02-20       |
            """;

    @Test
    void eachRowSaysWhatTheNextLevelNeedsAndHowLongThePreviousLasted() {
        assertThat(lifecycle())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("level") + " " + row.getAs("since") + " "
                        + row.getAs("days_at_level") + " after " + row.getAs("days_at_previous_level") + " as "
                        + row.getAs("previous_level") + " next " + row.getAs("next_level") + ": "
                        + row.getAs("missing"))
                .containsExactly(
                        "atThreshold silver 2024-06-30 0 after 60 as trainee next gold: 6,000.00 more net sales, 3 more new"
                                + " customers, 10 more active days, 1 more training",
                        "neverBought recruit 2024-02-11 140 after null as null next trainee: 1 more own order",
                        "retaining silver 2024-01-01 181 after null as null next gold: 6,400.00 more net sales, 3 more new"
                                + " customers, 13 more active days, 1 more training",
                        "stillRevoked revoked 2024-01-03 179 after null as null next trainee: may start again from"
                                + " 2024-07-01");
    }

    @Test
    void theJourneyIsTheFurthestStepAsAUser() {
        assertThat(lifecycle())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("journey") + " " + row.getAs("first_sale_on")
                        + " " + row.getAs("days_to_share") + " " + row.getAs("days_to_sale"))
                .containsExactly(
                        "atThreshold distributor 2024-03-03 10 21",
                        "neverBought spreader null null null",
                        "retaining spreader null 10 null",
                        "stillRevoked spreader null 10 null");
    }

    @Test
    void theFirstSaleIsUnknownIfThePersonMayHaveSoldBeforeSalesWereKnown() {
        assertThat(lifecycle("koc_id <> 'atThreshold' AS is_history_known", "DATE'2024-06-15'"))
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("journey") + " known from "
                        + row.getAs("sales_known_from") + ": " + row.getAs("earliest_sale_on") + " "
                        + row.getAs("first_sale_on"))
                .containsExactly(
                        // Registered before the records.
                        "atThreshold distributor known from 2024-02-10: 2024-03-03 null",
                        // Shared on 11 February, before sales were known.
                        "neverBought distributor known from 2024-04-02: 2024-06-15 null",
                        "retaining distributor known from 2024-02-20: 2024-06-15 null",
                        "stillRevoked distributor known from 2024-04-02: 2024-06-15 null");
    }

    @Test
    void progressIsTheMeanOverWhatTheNextLevelNeeds() {
        assertThat(lifecycle())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("progress"))
                .containsExactly("atThreshold 0.4375", "neverBought 0.666667", "retaining 0.395", "stillRevoked 1.0");
    }

    @Test
    void theRecruitmentIsExplained() {
        Row neverBought = lifecycle().get(1);

        assertThat(neverBought.<Boolean>getAs("recruitment_passed")).isFalse();
        assertThat(neverBought.<String>getAs("recruitment_reason"))
                .isEqualTo("does not pass recruitment: needs 1 more own order");
    }

    @Test
    void theNextActionSaysWhoDoesWhat() {
        assertThat(lifecycle())
                .extracting(row -> row.<String>getAs("next_action"))
                .containsExactly(
                        "Help atThreshold to become gold: they need 6,000.00 more net sales, 3 more new customers, 10"
                                + " more active days and 1 more training.",
                        "Ask neverBought to buy for themselves: they need 1 more own order to become trainee.",
                        "Help retaining to become gold: they need 6,400.00 more net sales, 3 more new customers, 13"
                                + " more active days and 1 more training.",
                        "Give stillRevoked no products to share. They may start again from 2024-07-01.");
    }

    @Test
    void theNumbersOfSentencesAreColumnsAndLongNamesAreShortened() {
        String people = """
                koc_id   | koc_type | pool_size | own_orders_365d | active_days_90d | influence_lift | influence_low
                koc      | user     | 10        | 1               | 0               |                |
                lift     | user     | 5         | 0               | 0               | 4.5            | 3.1
                maybe    | user     | 8         | 0               | 3               | 2.5            | .5
                near     | user     | 8         | 0               | 3               |                |
                """;
        for (String language : List.of("en", "zh")) {
            List<Row> rows = new ArrayList<>(lifecycle(Texts.of(language)));
            rows.addAll(compute(people, 9, "x".repeat(5000), Texts.of(language)));

            assertThat(rows).hasSize(8);
            assertThat(RowSentences.faults(rows, List.of(), "missing", "recruitment_reason", "next_action"))
                    .isEmpty();
        }
    }

    @Test
    void theAdvanceRateIsTheFractionBeyondALevel() {
        // A recruit and two at silver; the revoked person does not count.
        assertThat(lifecycle())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("advance_rate"))
                .containsExactly("atThreshold 0.0", "neverBought 0.666667", "retaining 0.0", "stillRevoked null");
    }

    @Test
    void aRecruitedPersonIsNotAssessedForRecruitmentAgain() {
        Row atThreshold = lifecycle().get(0);

        assertThat(atThreshold.<Boolean>getAs("recruitment_passed")).isTrue();
        assertThat(atThreshold.<String>getAs("recruitment_reason")).isEqualTo("recruited, now silver");
    }

    @Test
    void somebodyWhoIsNoKocIsAdmittedOnlyOnceTheirPostsAreProvenToMovePeople() {
        String people = """
                koc_id | koc_type | pool_size | own_orders_365d | active_days_90d | tenure_days | influence_lift | influence_low
                lift   | user     | 5         | 1               | 3               | 400         | 4.7            | 3.2
                lacks  | user     | 5         | 0               | 0               | 0           | 4.7            | 3.2
                maybe  | user     | 8         | 1               | 3               | 400         | 2.5            | .5
                new    | user     | 8         | 1               | 3               | 400         |                |
                """;

        assertThat(compute(people, 9))
                .extracting(row -> row.<String>getAs("next_action"))
                .containsExactly(
                        "Help Li get 3 more active days, 5 more pool members and more, then admit them: members buy"
                                + " 4.7 times as often (at least 3.20).",
                        "Help Li get 5 more pool members, then admit them: members buy 4.7 times as often (at least"
                                + " 3.20).",
                        "Ask Li to share products first: not proven yet (lift 2.5, at least 0.50). They need 2 more"
                                + " pool members.",
                        "Ask Li to share a product first: their effect is not measured yet. They need 2 more pool"
                                + " members.");
    }

    @Test
    void peopleWhoseEffectIsProvenAndThenTheNearestToRecruitmentAreListed() {
        String people = """
                koc_id   | koc_type | pool_size | own_orders_365d | active_days_90d | influence_lift | influence_low
                koc      | user     | 10        | 1               | 0               |                |
                lift     | user     | 5         | 0               | 0               | 4.5            | 3.1
                fraud    | user     | 5         | 0               | 0               | 4.5            | 3.1
                nearest  | user     | 9         | 1               | 3               | 1              | .5
                slow     | user     | 2         | 0               | 0               | 1.4            | 1.1
                near     | user     | 8         | 1               | 3               |                |
                no       | user     | 9         | 1               | 3               | .9             | .5
                suspect  | user     | 9         | 1               | 3               | 1              | .5
                one      | user     | 5         | 0               | 0               | 1.3            | 1
                far      | user     | 1         | 0               | 3               |                |
                stranger | user     | 0         | 1               | 3               |                |
                """;
        List<Row> listed = compute(people, 9);

        assertThat(listed)
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("listed_as") + " " + row.getAs("recruit_rank"))
                .containsExactly(
                        "koc koc null", "lift proven 1", "near unproven 4", "nearest unproven 3", "slow proven 2");
        assertThat(compute(people, 1))
                .as("the first of all, and the first of the county of those who are near")
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("recruit_rank"))
                .containsExactly("koc null", "lift 1", "nearest 3");
        assertThat(compute(people, 0)).extracting(row -> row.getAs("koc_id")).containsExactly("koc");
    }

    private static List<Row> compute(String people, int maxRecruits) {
        return compute(people, maxRecruits, "Li", TEXTS);
    }

    private static List<Row> compute(String people, int maxRecruits, String nickname, Texts texts) {
        Dataset<Row> rows = move(people(people).na().fill(0))
                .selectExpr(
                        "* EXCEPT (nickname, region, influence_lift, influence_low)",
                        "IF(koc_id LIKE 'near%', 'Zhejiang / Hangzhou / Xihu', NULL) AS region",
                        "nullif(influence_lift, 0D) AS influence_lift",
                        "nullif(influence_low, 0D) AS influence_low",
                        "'" + nickname + "' AS nickname",
                        "koc_id = 'koc' AS is_ranked",
                        "IF(koc_id IN ('fraud', 'suspect'), array(1), array()) AS flags",
                        "true AS is_history_known",
                        "DATE'2024-01-01' AS records_from",
                        "CAST(NULL AS DATE) AS first_purchase_on",
                        "CAST(NULL AS DATE) AS first_share_on",
                        "CAST(NULL AS DATE) AS first_credit_on");
        return new KocLifecycle(new KocSettings.Lifecycle(maxRecruits, .5), CRITERIA, texts, DAY)
                .compute(rows, rows(KocTables.KOC_LIFECYCLE, "koc_id\n"))
                .orderBy("koc_id")
                .collectAsList();
    }

    private static List<Row> lifecycle() {
        return lifecycle(TEXTS);
    }

    private static List<Row> lifecycle(Texts texts) {
        return lifecycle("true AS is_history_known", "IF(koc_id = 'atThreshold', DATE'2024-06-15', NULL)", texts);
    }

    private static List<Row> lifecycle(String isHistoryKnown, String firstCreditOn) {
        return lifecycle(isHistoryKnown, firstCreditOn, TEXTS);
    }

    private static List<Row> lifecycle(String isHistoryKnown, String firstCreditOn, Texts texts) {
        Dataset<Row> people = move(people(PEOPLE)
                        .where("koc_id IN ('atThreshold', 'retaining', 'neverBought', 'stillRevoked')"))
                .selectExpr(
                        "*",
                        "true AS is_ranked",
                        "array() AS flags",
                        isHistoryKnown,
                        "DATE'2024-01-01' AS records_from",
                        "IF(koc_id = 'neverBought', NULL, DATE'2024-02-01') AS first_purchase_on",
                        "DATE'2024-02-11' AS first_share_on",
                        firstCreditOn + " AS first_credit_on");
        return new KocLifecycle(new KocSettings.Lifecycle(2, .5), CRITERIA, texts, DAY)
                .compute(people, rows(KocTables.KOC_LIFECYCLE, EARLIER))
                .orderBy("koc_id")
                .collectAsList();
    }
}
