package koc.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DailySumsTest extends SparkTest {
    private static final Dataset<Row> PRODUCTS = ProductPeriods.compute(rows(CleanTables.PRODUCTS, """
            arrived    | product_id | category             | price
            2024-01-01 | soap       | home > bath > soap   | 10
            2024-01-03 | soap       | beauty > bath > soap | 12
            2024-01-01 | gift       |                      |
            """), 2);
    private static final Dataset<Row> REFUNDS = rows(CleanTables.REFUNDS, """
            arrived    | refund_event_id | part | purchase_event_id | match | user_id | product_id | day        | refunded_on | quantity | amount
            2024-01-03 | r1              | 1    | e1                | order | ann     | soap       | 2024-01-01 | 2024-01-03  | 1        | 9.00
            """);
    private static final Dataset<Row> EVENTS = rows(CleanTables.EVENTS, """
            arrived    | event_id | occurred_at         | day        | user_id | event_type | product_id | order_id | quantity | unit_price | amount | sharer_id
            2024-01-01 | e1       | 2024-01-01 06:00:00 | 2024-01-01 | ann     | purchase   | soap       | o1       | 2        | 9          | 18.00  |
            2024-01-01 | e2       | 2024-01-01 23:00:00 | 2024-01-01 | ann     | purchase   | gift       | o1       | 1        | 5          | 5.00   |
            2024-01-01 | e3       | 2024-01-01 12:00:00 | 2024-01-01 | ann     | purchase   | gift       |          | 1        | 5          | 5.00   |
            2024-01-01 | e4       | 2024-01-01 18:00:00 | 2024-01-01 | bob     | share_open | soap       |          | 1        |            |        | ann
            2024-01-03 | e5       | 2024-01-03 18:00:00 | 2024-01-03 | bob     | view       | soap       |          | 1        |            |        |
            """);

    @Test
    void anOrderCountsOnceAndAPurchaseWithoutAnOrderIsOne() {
        Row ann = userDay("ann", "2024-01-01");

        assertThat(ann.<Long>getAs("orders")).isEqualTo(2);
        assertThat(ann.<Long>getAs("purchase_lines")).isEqualTo(3);
        assertThat(ann.getAs("gross_spend").toString()).isEqualTo("28.00");
    }

    @Test
    void discountCountsOnlyPurchasesWithAListPrice() {
        Row ann = userDay("ann", "2024-01-01");

        assertThat(ann.getAs("discount").toString()).isEqualTo("2.00");
        assertThat(ann.getAs("list_spend").toString()).isEqualTo("20.00");
    }

    @Test
    void actionsCountAtTheirTimeOfDay() {
        Row ann = userDay("ann", "2024-01-01");

        assertThat(List.of(ann.<Long>getAs("morning"), ann.<Long>getAs("daytime"), ann.<Long>getAs("night")))
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void anOpenedShareCountsForTheSharer() {
        assertThat(userDay("ann", "2024-01-01").<Long>getAs("opens_caused")).isEqualTo(1);
        assertThat(userDay("bob", "2024-01-01").<Long>getAs("opens_caused")).isZero();
    }

    @Test
    void aRefundCountsInItsArrivalOnTheDayOfThePurchase() {
        Row refund = days().where("user_id = 'ann' AND arrived = '2024-01-03'").head();

        assertThat(refund.getAs("day").toString()).isEqualTo("2024-01-01");
        assertThat(refund.getAs("refunded").toString()).isEqualTo("9.00");
        assertThat(refund.<Long>getAs("refunded_lines")).isEqualTo(1);
        assertThat(refund.<Long>getAs("actions")).isZero();
    }

    @Test
    void everyKindOfInterestHasItsOwnCount() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                arrived    | event_id | day        | user_id | event_type | product_id | quantity
                2024-01-01 | e1       | 2024-01-01 | ann     | cart       | soap       | 1
                2024-01-01 | e2       | 2024-01-01 | ann     | favorite   | soap       | 1
                2024-01-01 | e3       | 2024-01-01 | ann     | favorite   | soap       | 1
                2024-01-01 | e4       | 2024-01-01 | ann     | inquiry    | soap       | 1
                2024-01-01 | e5       | 2024-01-01 | ann     | share_open | soap       | 1
                2024-01-01 | e6       | 2024-01-01 | ann     | click      | soap       | 1
                2024-01-01 | e7       | 2024-01-01 | ann     | view       | soap       | 1
                2024-01-01 | e8       | 2024-01-01 | ann     | view       | gift       | 1
                2024-01-01 | e9       | 2024-01-01 | ann     | share      | gift       | 1
                """);

        assertThat(DailySums.userProductDays(events, REFUNDS.limit(0))
                        .orderBy("product_id")
                        .select("product_id", "carts", "favorites", "inquiries", "opens", "clicks", "views", "interest")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[gift,0,0,0,0,0,1,1], [soap,1,2,1,1,1,1,6]]");
    }

    @Test
    void anArrivalKeepsTheCategoryOfItsTime() {
        Dataset<Row> categories = DailySums.userCategoryDays(DailySums.userProductDays(EVENTS, REFUNDS), PRODUCTS);

        assertThat(categories
                        .orderBy("arrived", "user_id", "category")
                        .select("user_id", "category", "interest", "purchase_lines", "refunded_lines", "net_spend")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[ann,(none),0,2,0,10.00], [ann,home > bath,0,1,0,18.00], [bob,home > bath,1,0,0,0.00],"
                        + " [ann,beauty > bath,0,0,1,-9.00], [bob,beauty > bath,1,0,0,0.00]]");
    }

    private static Dataset<Row> days() {
        return DailySums.userDays(EVENTS, REFUNDS, PRODUCTS);
    }

    private static Row userDay(String user, String arrived) {
        return days().where("user_id = '" + user + "' AND arrived = '" + arrived + "'")
                .head();
    }
}
