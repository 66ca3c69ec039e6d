package koc.growth.leads;

import static org.assertj.core.api.Assertions.assertThat;

import koc.growth.GrowthReportTest;
import koc.growth.GrowthSettings;
import koc.tables.Frame;
import org.junit.jupiter.api.Test;

class LeadReasonsTest extends GrowthReportTest {
    private static final Frame LEADS =
            Frame.named("leads").columns(AcquisitionLeads.CANDIDATES.schema().toDDL() + ", found_by STRING");

    @Test
    void theReasonGivesTheOccasionTheSourceAndTheSpend() {
        assertThat(reason("""
                scene    | found_by   | kocs | history_days | inquiries_90d | net_spend_365d
                pre_sale | engagement | 0    | 120          | 2             | 10
                """))
                .isEqualTo(
                        "has no KOC yet; asked 2 times in 90 days and bought nothing; asked this KOC or opened what it"
                                + " shared; spent 10.00 CNY in 120 days");
    }

    @Test
    void withoutSpendTheReasonDoesNotMentionIt() {
        assertThat(reason("""
                scene  | found_by | kocs | store_id | discount_rate | net_spend_365d
                coupon | store    | 2    | s1       | .25           | 0
                """))
                .isEqualTo(
                        "is already in the pools of 2 KOCs; saves 25% of the list price: offer a coupon; customer of store s1");
    }

    @Test
    void aWindowLongerThanTheRecordsIsGivenInTheDaysOfTheRecords() {
        assertThat(reason("""
                scene      | found_by        | kocs | history_days | recency_days | orders_90d | county | portrait_name
                after_sale | county_portrait | 0    | 60           | 3            | 2          | J      | Sporty
                """))
                .isEqualTo(
                        "has no KOC yet; bought 3 days ago (2 orders in 60 days); lives in J; Sporty, like most of the pool");
    }

    private static String reason(String lead) {
        return rows(LEADS, lead)
                .select(LeadReasons.explain(GrowthSettings.from(config())))
                .head()
                .getString(0);
    }
}
