package koc.economics.commission;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.CommissionTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The rate of a line, and the division of its commission. */
class CommissionRatesTest extends SparkTest {
    private static final String TWO_VERSIONS = """
            koc.economics.commission.rules=[
              { version = old, from = "2024-01-01", min-margin-left = 0.1,
                margin-bands = [{ min-margin = 0, rate = 0.05 }, { min-margin = 0.3, rate = 0.08 }],
                best-sellers = [{ top-fraction = 0.05, factor = 1.3 }, { top-fraction = 0.2, factor = 1.15 }] }
              { version = new, from = "2024-06-15", min-margin-left = 0.25,
                margin-bands = [{ min-margin = 0, rate = 0.2 }], best-sellers = [] }]""";

    @Test
    void theRateDependsOnVersionMarginSalesPositionAndFloor() {
        Dataset<Row> lines = rows(CommissionTables.COMMISSION_LEDGER, """
                purchase_event_id | purchased_on | margin_rate | sales_position
                01 band           | 2024-06-14   | .29         |
                02 better band    | 2024-06-14   | .3          | .21
                03 best seller    | 2024-06-14   | .3          | .05
                04 good seller    | 2024-06-14   | .3          | .2
                05 floor          | 2024-06-14   | .12         | .5
                06 below floor    | 2024-06-14   | .09         | .5
                07 loss           | 2024-06-14   | -.5         | .01
                08 new version    | 2024-06-15   | .6          | .01
                09 new floor      | 2024-06-15   | .34         | .01
                10 before all     | 2023-12-31   | .6          | .01
                """);

        assertThat(lines(
                        CommissionSettings.from(config(TWO_VERSIONS)).rates().add(lines),
                        "purchase_event_id",
                        "rule_version",
                        "rate",
                        "is_capped"))
                .containsExactly(
                        "01 band old 0.050000 false",
                        "02 better band old 0.080000 false",
                        "03 best seller old 0.104000 false",
                        "04 good seller old 0.092000 false",
                        "05 floor old 0.020000 true",
                        "06 below floor old 0.000000 true",
                        "07 loss old 0.000000 false",
                        "08 new version new 0.200000 false",
                        "09 new floor new 0.090000 true",
                        "10 before all (none) 0.000000 false");
    }

    @Test
    void theBrandKeepsItsMarginAlsoAfterTheInvitersPart() {
        Dataset<Row> lines = rows(CommissionTables.COMMISSION_LEDGER, """
                purchase_event_id | purchased_on | margin_rate | sales_position
                1                 | 2024-06-14   | .12         |
                """);
        CommissionSettings settings = CommissionSettings.from(
                config("koc.economics.commission.upline.pays=true", "koc.economics.commission.upline.rate=0.25"));

        assertThat(lines(settings.rates().add(lines), "rate"))
                .as("(.12 - .1) / 1.25")
                .containsExactly("0.016000");
    }

    @Test
    void theKocsOfALineGetPartsThatAddUpToTheCent() {
        Dataset<Row> entries = rows(CommissionTables.COMMISSION_LEDGER, """
                purchase_event_id | seller_id | credit_fraction | line_amount | rate
                1                 | a         | .333333333      | 100.00      | .01
                1                 | b         | .333333333      | 100.00      | .01
                1                 | c         | .333333334      | 100.00      | .01
                2                 | a         | .2              | .01         | 1
                2                 | b         | .8              | .01         | 1
                3                 | a         | 1               | 33.33       | .08
                """);

        assertThat(lines(Entries.divide(entries), "purchase_event_id", "seller_id", "amount", "sales"))
                .containsExactly(
                        "1 a 0.33 33.33",
                        "1 b 0.33 33.33",
                        "1 c 0.34 33.34",
                        "2 a 0.00 0.00",
                        "2 b 0.01 0.01",
                        "3 a 2.67 33.33");
    }

    @Test
    void refundsTakeBackInProportionAndAFullRefundLeavesNothing() {
        Dataset<Row> earned = rows(CommissionTables.COMMISSION_LEDGER, """
                kind   | purchase_event_id | koc_id | seller_id | line_amount | sales | amount
                earned | 1                 | a      | a         | 90.00       | 90.00 | 1.00
                earned | 2                 | a      | a         | 10.00       | 5.00  | .50
                earned | 3                 | a      | a         | 10.00       | 5.00  | .50
                """);
        Dataset<Row> refunds = rows(TakeBacks.REFUNDS, """
                purchase_event_id | cause_event_id | part | happened_on | refunded_amount | month      | day
                1                 | r3             | 1    | 2024-06-03  | 30.00           | 2024-06-01 | 2024-06-10
                1                 | r1             | 1    | 2024-06-01  | 30.00           | 2024-06-01 | 2024-06-10
                1                 | r2             | 1    | 2024-06-02  | 30.00           | 2024-06-01 | 2024-06-10
                2                 | r4             | 1    | 2024-06-02  | 8.00            | 2024-06-01 | 2024-06-10
                3                 | r5             | 1    | 2024-06-02  | 10.00           | 2024-06-01 | 2024-06-10
                """);
        Dataset<Row> taken = TakeBacks.sumUp(rows(CommissionTables.COMMISSION_LEDGER, """
                purchase_event_id | koc_id | seller_id | cause_event_id | reason        | refunded_amount | sales | amount
                2                 | a      | a         | r0             | refund        | 4.00            | 2.00  | .20
                3                 | a      | a         | 3              | self_referral | 0               | 5.00  | .50
                """));

        assertThat(lines(
                        TakeBacks.ofRefunds(TakeBacks.join(earned, refunds, "purchase_event_id"), taken),
                        "purchase_event_id",
                        "cause_event_id",
                        "reason",
                        "sales",
                        "amount"))
                .containsExactly(
                        "1 r1 refund 30.00 0.33",
                        "1 r2 refund 30.00 0.34",
                        "1 r3 refund 30.00 0.33",
                        // 4 and 8 of 10: not more than all.
                        "2 r4 refund 3.00 0.30");
    }

    @Test
    void anInviterGetsAPartOnTopOneLevelDeepAndNeverOnOwnPurchases() {
        Dataset<Row> entries = rows(CommissionTables.COMMISSION_LEDGER, """
                kind   | purchase_event_id | koc_id | seller_id | user_id | sales | amount
                earned | 1                 | low    | low       | u       | 10.00 | 1.05
                earned | 2                 | low    | low       | top     | 10.00 | 1.00
                """);
        Dataset<Row> inviters =
                entries.limit(1).select(lit("low").as("seller_id"), lit("top").as("inviter_id"));

        assertThat(lines(
                        Entries.withInviters(entries, inviters, .1),
                        "purchase_event_id",
                        "koc_id",
                        "seller_id",
                        "sales",
                        "amount"))
                .containsExactly("1 low low 10.00 1.05", "1 top low 0.00 0.11", "2 low low 10.00 1.00");
    }

    private static List<String> lines(Dataset<Row> rows, String... columns) {
        return rows.selectExpr(columns).orderBy(col(columns[0])).collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }
}
