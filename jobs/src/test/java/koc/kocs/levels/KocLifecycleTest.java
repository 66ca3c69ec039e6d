package koc.kocs.levels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.kocs.LevelRows;
import koc.tables.KocTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocLifecycleTest extends LevelRows {
    private static final KocLifecycle LIFECYCLE = new KocLifecycle(CRITERIA, TEXTS, DAY);
    private static final String EARLIER = """
            day        | koc_id      | koc_type | state   | since      | days_in_state | first_sale_on
            2024-06-01 | atThreshold | user     | trainee | 2024-05-01 | 31            | 2024-03-03
            2024-06-01 | retaining   | user     | silver  | 2024-01-01 | 152           |
            """;

    @Test
    void eachRowSaysWhatTheNextStateNeedsAndHowLongThePreviousLasted() {
        assertThat(lifecycle())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("state") + " " + row.getAs("since") + " "
                        + row.getAs("days_in_state") + " after " + row.getAs("days_in_previous_state") + " as "
                        + row.getAs("previous_state") + " next " + row.getAs("next_state") + ": "
                        + row.getAs("missing"))
                .containsExactly(
                        "atThreshold silver 2024-06-30 0 after 60 as trainee next gold: net sales 2,000.00 of 8,000.00, new"
                                + " customers 2 of 5, active days 15 of 25, trainings 1 of 2",
                        "neverBought recruit 2024-02-11 140 after null as null next trainee: own orders 0 of 1",
                        "retaining silver 2024-01-01 181 after null as null next gold: net sales 1,600.00 of 8,000.00, new"
                                + " customers 2 of 5, active days 12 of 25, trainings 1 of 2",
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
    void progressIsTheSmallestQuotientOfWhatTheNextStateNeeds() {
        assertThat(lifecycle())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("progress"))
                .containsExactly("atThreshold 0.25", "neverBought 0.0", "retaining 0.2", "stillRevoked 1.0");
    }

    @Test
    void theRecruitmentIsExplained() {
        Row neverBought = lifecycle().get(1);

        assertThat(neverBought.<Boolean>getAs("recruitment_passed")).isFalse();
        assertThat(neverBought.<String>getAs("recruitment_reason"))
                .isEqualTo(
                        "does not pass recruitment; members of the pool 10 of 10, own orders 0 of 1, active days 80 of 3");
    }

    @Test
    void theAdvanceRateIsTheFractionBeyondAState() {
        // A recruit and two at silver; the revoked person does not count.
        assertThat(lifecycle())
                .extracting(row -> row.getAs("koc_id") + " " + row.getAs("advance_rate"))
                .containsExactly("atThreshold 0.0", "neverBought 0.666667", "retaining 0.0", "stillRevoked null");
    }

    private static List<Row> lifecycle() {
        Dataset<Row> people = move(people(PEOPLE)
                        .where("koc_id IN ('atThreshold', 'retaining', 'neverBought', 'stillRevoked')"))
                .selectExpr(
                        "*",
                        "IF(koc_id = 'neverBought', NULL, DATE'2024-02-01') AS first_purchase_on",
                        "DATE'2024-02-11' AS first_share_on",
                        "IF(koc_id = 'atThreshold', DATE'2024-06-15', NULL) AS first_credit_on");
        return LIFECYCLE
                .compute(people, rows(KocTables.KOC_LIFECYCLE, EARLIER))
                .orderBy("koc_id")
                .collectAsList();
    }
}
