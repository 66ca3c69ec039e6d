package koc.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class IncrementalRatioTest extends SparkTest {
    private static final String SURE_LIFT = "4.0, 3.9, 4.1";
    private static final String UNSURE_LIFT = "1.6, 0.8, 2.6";

    @Test
    void aLiftOfFourCausedThreeQuartersOfTheValue() {
        Row row = addTo("healthy", "6.0, 4.0, 8.0", "4.0, 2.0, 5.0");

        assertThat(row.<Double>getAs("incremental_ratio")).isEqualTo(4.5);
        assertThat(row.<Double>getAs("incremental_ratio_low")).isCloseTo(2.3787, within(5e-5));
        assertThat(row.<Double>getAs("incremental_ratio_high")).isCloseTo(6.0297, within(5e-5));
        assertThat(row.<String>getAs("overall_verdict")).isEqualTo("pays");
    }

    @Test
    void theVerdictIsAboutWhatIsSurelyCaused() {
        assertThat(verdict("healthy", "6.0, 5.0, 7.0", SURE_LIFT)).isEqualTo("healthy");
        assertThat(verdict("pays", "2.5, 2.0, 3.0", SURE_LIFT)).isEqualTo("pays");
        assertThat(verdict("healthy", "6.0, 5.0, 7.0", UNSURE_LIFT)).isEqualTo("not_proven");
        assertThat(verdict("pays", "1.2, 1.1, 1.3", SURE_LIFT)).isEqualTo("not_caused");
        assertThat(verdict("healthy", "6.0, 5.0, 7.0", "0.9, 0.5, 1.4")).isEqualTo("not_caused");
    }

    @Test
    void withoutAMeasuredLiftNothingIsProven() {
        Row row = addTo("healthy", "6.0, 5.0, 7.0", "NULL, NULL, NULL");

        assertThat(row.<Double>getAs("incremental_ratio")).isNull();
        assertThat(row.<String>getAs("overall_verdict")).isEqualTo("not_proven");
    }

    @Test
    void whoDoesNotPayByCreditKeepsThatVerdict() {
        assertThat(verdict("loses_money", "0.5, 0.3, 0.8", SURE_LIFT)).isEqualTo("loses_money");
        assertThat(verdict("too_few_to_tell", "1.5, 0.5, 2.5", SURE_LIFT)).isEqualTo("too_few_to_tell");
    }

    @Test
    void whoSurelyCausedLessThanTheCostLosesMoney() {
        assertThat(verdict("too_few_to_tell", "0.9, 0.5, 1.6", "1.2, 1.1, 1.3")).isEqualTo("loses_money");
    }

    @Test
    void aLossIsALossAtBothEnds() {
        Row row = addTo("loses_money", "-2.0, -3.0, -1.0", "2.0, 1.5, 2.5");

        assertThat(row.<Double>getAs("incremental_ratio")).isEqualTo(-1);
        assertThat(row.<Double>getAs("incremental_ratio_low")).isLessThan(-1);
        assertThat(row.<Double>getAs("incremental_ratio_high")).isBetween(-1.0, 0.0);
    }

    @Test
    void aKocWhoBroughtNobodyIsNotJudgedAsTooFew() {
        Row row = addTo("too_few_to_tell", "NULL, NULL, NULL", SURE_LIFT, 0);

        assertThat(row.<String>getAs("overall_verdict")).isEqualTo("no_customer");
    }

    private static String verdict(String byCredit, String ratio, String lift) {
        return addTo(byCredit, ratio, lift).getAs("overall_verdict");
    }

    private static Row addTo(String byCredit, String ratio, String lift) {
        return addTo(byCredit, ratio, lift, 3);
    }

    /** A KOC with a cost of 100; the ratio and the lift with the ends of their intervals. */
    private static Row addTo(String byCredit, String ratio, String lift, int customers) {
        return IncrementalRatio.addTo(SPARK.sql("""
                                SELECT '%s' AS verdict, 100.00BD AS cost, ltv_to_cac, ltv_to_cac_low, ltv_to_cac_high,
                                    CAST(100 * coalesce(ltv_to_cac, 0) AS DECIMAL(18,2)) AS customer_value, %dL AS new_customers, 0L AS left_censored,
                                    influence_lift, influence_low, influence_high
                                FROM VALUES (%s, %s)
                                    AS (ltv_to_cac, ltv_to_cac_low, ltv_to_cac_high, influence_lift, influence_low, influence_high)""".formatted(byCredit, customers, doubles(ratio), doubles(lift))), 3)
                .head();
    }

    private static String doubles(String values) {
        return "CAST(" + values.replace(", ", " AS DOUBLE), CAST(") + " AS DOUBLE)";
    }
}
