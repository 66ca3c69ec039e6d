package koc.kocs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import koc.kocs.KocFeatureRows;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KocStatusTest extends KocFeatureRows {
    @Test
    void aLargePoolMakesAKolOnlyIfEnoughMembersBuy() {
        Map<String, Row> kocs = status("""
                koc_id   | pool_size | attributed_buyers_90d
                small    | 199       | 100
                rising   | 200       | 4
                kol      | 1000      | 20
                audience | 1000      | 19
                """);

        assertThat(get(kocs, "small").<String>getAs("kol_stage")).isEqualTo("koc");
        assertThat(get(kocs, "rising").<String>getAs("kol_stage")).isEqualTo("rising");
        assertThat(get(kocs, "kol").<String>getAs("kol_stage")).isEqualTo("kol");
        assertThat(get(kocs, "audience").<String>getAs("kol_stage")).isEqualTo("audience_only");
        assertThat(get(kocs, "kol").<Double>getAs("pool_buyer_rate")).isCloseTo(.02, within(1e-9));
        assertThat(get(kocs, "kol").<Double>getAs("type_pool_buyer_rate")).isCloseTo(143.0 / 2399, within(1e-9));
    }

    @Test
    void readinessNeedsATieToTheBrandOwnUseAndApproval() {
        // Together 19 of 25 products are approved: .76.
        Map<String, Row> kocs = status("""
                koc_id      | koc_type | purchase_days_365d | products_approved | products_blocked
                ready       | user     | 2                  | 1                 | 0
                newcomer    | user     | 1                  | 1                 | 0
                oneOfMany   | user     | 20                 | 17                | 1
                complaining | user     | 5                  | 0                 | 1
                critic      | user     | 20                 | 0                 | 4
                staff       | guide    | 0                  | 0                 | 0
                """);

        assertThat(kocs.values())
                .extracting(koc -> koc.getAs("koc_id") + " " + koc.getAs("is_tied_to_brand") + " "
                        + koc.getAs("uses_products") + " " + koc.getAs("approves_products") + " "
                        + koc.getAs("is_ready"))
                .containsExactlyInAnyOrder(
                        "ready true true true true",
                        "newcomer false true true false",
                        "oneOfMany true true true true",
                        "complaining true false true false",
                        "critic true false false false",
                        "staff true false true false");
        assertThat(get(kocs, "critic").<Double>getAs("approval_rate")).isCloseTo(3 * .76 / 7, within(1e-9));
        assertThat(isNull(get(kocs, "staff"), "approval_rate")).isTrue();
    }

    @Test
    void mainCategoryAndOriginalContentAreFractionsOfTheShares() {
        Map<String, Row> kocs = status("""
                koc_id | product_shares_90d | topics | top_topic | top_topic_shares | content_shares_90d | original_shares_90d
                koc    | 20                 | 2      | beauty    | 15               | 8                  | 2
                silent | 0                  | 1      | beauty    | 0                | 0                  | 0
                """);

        assertThat(get(kocs, "koc").<String>getAs("main_category")).isEqualTo("beauty");
        assertThat(get(kocs, "koc").<Double>getAs("on_category_rate")).isEqualTo(.75);
        assertThat(get(kocs, "koc").<Double>getAs("original_rate")).isEqualTo(.25);
        for (String column : List.of("main_category", "on_category_rate", "original_rate")) {
            assertThat(isNull(get(kocs, "silent"), column)).as(column).isTrue();
        }
    }

    @Test
    void onlyExternalKocsHaveAFlightRisk() {
        Map<String, Row> kocs = status("""
                koc_id    | koc_type | active_days_30d | active_days_90d
                declining | external | 2               | 20
                growing   | external | 15              | 20
                inactive  | external | 0               | 0
                user      | user     | 2               | 20
                """);

        assertThat(get(kocs, "declining").<Double>getAs("flight_risk")).isCloseTo(.7, within(1e-9));
        assertThat(get(kocs, "growing").<Double>getAs("flight_risk")).isZero();
        assertThat(isNull(get(kocs, "inactive"), "flight_risk")).isTrue();
        assertThat(isNull(get(kocs, "user"), "flight_risk")).isTrue();
    }

    @Test
    void profileCompletenessIsMissingIfNoProfileIsRecorded() {
        Row koc = get(status("koc_id\nkoc"), "koc");

        assertThat(isNull(koc, "profile_completeness")).isTrue();
        assertThat(isNull(koc, "pool_buyer_rate")).isTrue();
    }

    private static Map<String, Row> status(String text) {
        return byKoc(new KocStatus(SETTINGS).withStatus(candidates(text)));
    }
}
