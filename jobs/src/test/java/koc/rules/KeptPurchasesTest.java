package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class KeptPurchasesTest extends SparkTest {
    @Test
    void aLineIsKeptUnlessAllItsUnitsWereRefunded() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                event_id | event_type | quantity | amount
                whole    | purchase   | 3        | 30.00
                part     | purchase   | 3        | 30.00
                twice    | purchase   | 2        | 30.00
                none     | purchase   | 1        | 10.00
                dear     | purchase   | 2        | 10.00
                gift     | purchase   | 1        | 0.00
                look     | view       |          |
                """);
        Dataset<Row> refunds = rows(CleanTables.REFUNDS, """
                purchase_event_id | quantity | amount
                part              | 1        | 10.00
                twice             | 1        | 15.00
                twice             | 1        | 15.00
                none              | 1        | 10.00
                dear              | 1        | 12.00
                                  | 9        | 90.00
                """);

        Dataset<Row> kept = KeptPurchases.keepLines(events, refunds);

        assertThat(kept.orderBy("event_id")
                        .selectExpr("event_id", "kept_amount", "round(kept_fraction, 3)")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[dear,0.00,0.0]", "[gift,0.00,1.0]", "[part,20.00,0.667]", "[whole,30.00,1.0]");
        assertThat(kept.columns()).doesNotContain("refunded_quantity", "refunded_amount");
    }

    @Test
    void aDayHasAKeptPurchaseIfALineOrPartOfALineWasKept() {
        Dataset<Row> days = rows(FeatureTables.USER_DAYS, """
                user_id  | arrived    | day        | purchase_lines | refunded_lines | gross_spend | refunded
                kept     | 2024-01-01 | 2024-01-01 | 2              | 0              | 20          | 0
                kept     | 2024-01-09 | 2024-01-01 | 0              | 1              | 0           | 10
                part     | 2024-01-01 | 2024-01-01 | 1              | 0              | 20          | 0
                part     | 2024-01-09 | 2024-01-01 | 0              | 1              | 0           | 10
                returned | 2024-01-01 | 2024-01-01 | 1              | 0              | 20          | 0
                returned | 2024-01-09 | 2024-01-01 | 0              | 1              | 0           | 20
                gift     | 2024-01-01 | 2024-01-01 | 1              | 0              | 0           | 0
                none     | 2024-01-01 | 2024-01-01 | 0              | 0              | 0           | 0
                """);

        Dataset<Row> kept =
                days.groupBy("user_id", "day").agg(KeptPurchases.isAnyKept().as("is_kept"));

        assertThat(kept.orderBy("user_id").select("user_id", "is_kept").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[gift,true]", "[kept,true]", "[none,false]", "[part,true]", "[returned,false]");
    }

    @Test
    void refundsAreSubtractedFromUnitsLinesAndSpend() {
        Row kept = rows(FeatureTables.USER_PRODUCT_DAYS, """
                units | refunded_units | purchase_lines | refunded_lines | gross_spend | refunded
                5     | 2              | 3              | 1              | 50.00       | 20.00
                """)
                .select(KeptPurchases.units(), KeptPurchases.lines(), KeptPurchases.netSpend())
                .head();

        assertThat(kept).hasToString("[3.000,2,30.00]");
    }

    @Test
    void aRefundReducesUnitsFromTheDayOfTheRefund() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                event_id | user_id | event_type | product_id | day        | quantity
                bought   | a       | purchase   | tea        | 2024-01-05 | 3
                other    | a       | view       | tea        | 2024-01-05 | 1
                """);
        Dataset<Row> refunds = rows(CleanTables.REFUNDS, """
                user_id | product_id | purchase_event_id | day        | refunded_on | quantity
                a       | tea        | bought            | 2024-01-05 | 2024-01-20  | 2
                a       | tea        |                   | 2024-01-21 | 2024-01-21  | 9
                """);

        assertThat(KeptPurchases.computeUnitChanges(events, refunds)
                        .orderBy("known_on")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,tea,2024-01-05,2024-01-05,3.000]", "[a,tea,2024-01-05,2024-01-20,-2.000]");
    }
}
