package koc.growth.leads;

import static org.assertj.core.api.Assertions.assertThat;

import koc.growth.GrowthReportTest;
import koc.growth.GrowthSettings;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class LeadReasonsTest extends GrowthReportTest {
    private static final StructType LEADS = AcquisitionLeads.CANDIDATES.add("found_by", "string");

    @Test
    void theReasonGivesTheOccasionTheSourceAndTheSpend() {
        assertThat(reason("""
                scene    | found_by   | inquiries_90d | net_spend_365d
                pre_sale | engagement | 2             | 10
                """))
                .isEqualTo("asked 2 times in 90 days and bought nothing; engaged with this KOC's shares;"
                        + " spent 10.00 CNY in 365 days");
    }

    @Test
    void withoutSpendTheReasonDoesNotMentionIt() {
        assertThat(reason("""
                scene  | found_by | store_id | discount_rate | net_spend_365d
                coupon | store    | s1       | .25           | 0
                """)).isEqualTo("saves 25% of the list price: offer a coupon; customer of store s1");
    }

    private static String reason(String lead) {
        return frame(LEADS, lead)
                .select(LeadReasons.explain(GrowthSettings.from(config())))
                .head()
                .getString(0);
    }
}
