package koc.influence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.influence.exposure.ExposureInputs;
import koc.influence.exposure.PurchaseExposure;
import koc.influence.fraud.FraudDetection;
import koc.rules.OpenTies;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AttributionTest extends SparkTest {
    private static final InfluenceSettings SETTINGS = InfluenceSettings.from(DEFAULTS);
    private static final InfluencePeriod JANUARY =
            new InfluencePeriod(LocalDate.parse("2024-01-01"), LocalDate.parse("2024-01-31"));
    private static final String NO_REFUND = "refund_event_id | day\nnone | 2024-01-01";

    @Test
    void touchesDivideAPurchaseByTypeAndAge() {
        List<Row> credits = credits("""
                event_id | occurred_at         | day        | user_id | event_type | product_id | sharer_id | amount | quantity
                open     | 2024-01-07 10:00:00 | 2024-01-07 | u       | share_open | p          | k         |        | 1
                ask      | 2024-01-10 10:00:00 | 2024-01-10 | u       | inquiry    | p          | l         |        | 1
                buy      | 2024-01-10 10:00:00 | 2024-01-10 | u       | purchase   | p          |           | 50     | 1
                """, NO_REFUND);

        assertThat(credits).extracting(row -> row.getAs("koc_id")).containsExactly("k", "l");
        assertThat(credits.get(0).<Double>getAs("credited_fraction")).isCloseTo(.2, within(1e-6));
        assertThat(credits.get(1).<BigDecimal>getAs("credited_amount")).isEqualByComparingTo("40");
    }

    @Test
    void onlySharesOfTheProductToPoolMembersWithinTheWindowAreTouches() {
        List<Row> credits = credits("""
                event_id | occurred_at         | day        | user_id | event_type | product_id | sharer_id | amount | quantity
                early    | 2024-01-02 10:00:00 | 2024-01-02 | k       | share      | p          |           |        | 1
                late     | 2024-01-09 10:00:00 | 2024-01-09 | k       | share      | p          |           |        | 1
                other    | 2024-01-09 10:00:00 | 2024-01-09 | k       | share      | q          |           |        | 1
                self     | 2024-01-09 10:00:00 | 2024-01-09 | u       | share_open | p          | u         |        | 1
                old      | 2024-01-01 10:00:00 | 2024-01-01 | u       | share_open | p          | k         |        | 1
                buy      | 2024-01-10 10:00:00 | 2024-01-10 | u       | purchase   | p          |           | 50     | 1
                stranger | 2024-01-10 10:00:00 | 2024-01-10 | x       | purchase   | p          |           | 50     | 1
                """, NO_REFUND);

        assertThat(credits).extracting(row -> row.getAs("touch_event_id")).containsExactly("late");
    }

    @Test
    void refundsReduceCredit() {
        String events = """
                event_id | occurred_at         | day        | user_id | event_type | product_id | sharer_id | amount | quantity
                open     | 2024-01-10 09:00:00 | 2024-01-10 | u       | share_open | p          | k         |        | 1
                buy      | 2024-01-10 10:00:00 | 2024-01-10 | u       | purchase   | p          |           | 60     | 2
                """;

        assertThat(credits(events, """
                refund_event_id | part | purchase_event_id | quantity | amount
                r               | 1    | buy               | 1        | 30
                """)).singleElement().satisfies(row -> {
            assertThat(row.<Double>getAs("credited_fraction")).isEqualTo(.5);
            assertThat(row.<BigDecimal>getAs("credited_amount")).isEqualByComparingTo("30");
        });
        assertThat(credits(events, """
                refund_event_id | part | purchase_event_id | quantity | amount
                r               | 1    | buy               | 2        | 60
                """)).isEmpty();
    }

    @Test
    void referralsAreCreditedForThirtyDays() {
        List<Row> credits = credits("""
                event_id | occurred_at         | day        | user_id | event_type | product_id | amount | quantity
                soon     | 2024-01-31 10:00:00 | 2024-01-31 | new     | purchase   | p          | 50     | 1
                late     | 2024-01-31 10:00:01 | 2024-01-31 | new     | purchase   | p          | 50     | 1
                """, NO_REFUND);

        assertThat(credits).singleElement().satisfies(row -> {
            assertThat(row.<String>getAs("touch_event_id")).isEqualTo("referral:new");
            assertThat(row.<String>getAs("koc_id")).isEqualTo("k");
        });
    }

    private static List<Row> credits(String eventText, String refunds) {
        Dataset<Row> events = rows(CleanTables.EVENTS, eventText);
        Dataset<Row> products = rows(CleanTables.PRODUCTS, "product_id | category\np | c\nq | c")
                .select("product_id", "category");
        Dataset<Row> ties = OpenTies.computeSpans(
                rows(CleanTables.TIES, "koc_id | user_id | tie_type | since\nk | u | friend | 2024-01-05"));
        Dataset<Row> users =
                rows(CleanTables.USERS, "user_id | registered_at | acquired_via\nnew | 2024-01-01 10:00:00 | koc:k");
        PurchaseExposure exposure = new PurchaseExposure(JANUARY, SETTINGS.windowDays());
        Dataset<Row> purchases = exposure.selectPurchases(events, products, rows(CleanTables.REFUNDS, refunds));
        Dataset<Row> shares = exposure.selectShares(events, products, ties);
        ExposureInputs inputs = new ExposureInputs(
                purchases, shares, ties, PurchaseExposure.selectExposedPurchases(purchases, shares, ties));

        Dataset<Row> touches = new Attribution(SETTINGS).selectTouches(inputs, events, users);

        assertThat(touches.columns()).containsExactlyElementsOf(Attribution.TOUCHES.columnNames());
        return Attribution.computeCredits(
                        touches, rows(FraudDetection.FRAUDULENT_CREDITS, "koc_id | user_id"), JANUARY.day())
                .orderBy("koc_id")
                .collectAsList();
    }
}
