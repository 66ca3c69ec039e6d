package koc.portraits.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.portraits.groups.ProductGroups.Member;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductGroupRowsTest extends SparkTest {
    private static final LocalDate DAY = day("2024-06-30");
    private static final ProductGroups GROUPS = new ProductGroups(
            List.of(new Member("green", "g1", 0.9, 5), new Member("cake", "g2", 0.8, 4)),
            Map.of("g1", "Green tea", "g2", "Cake"));

    /** Ann, bob and cay, who prefer green, buy the new pot; two users buy the plate, too few to tell. */
    private static final Dataset<Row> ATTENTION = rows(ProductAttention.PRODUCTS, """
            user_id | product_id | weight
            ann     | green      | 3
            ann     | cake       | 1
            ann     | pot        | 1
            bob     | green      | 1
            bob     | cake       | 1
            bob     | pot        | 1
            cay     | green      | 1
            cay     | pot        | 1
            dan     | cake       | 1
            dan     | plate      | 1
            eve     | cake       | 1
            eve     | plate      | 1
            """);

    @Test
    void aProductThatWasNotFittedJoinsTheGroupThatItsUsersPrefer() {
        // Users of the pot give (.75 + .5 + 1) / 3 = .75 of their attention to green; all give 2.25 / 5 = .45.
        assertThat(ProductGroupRows.compute(GROUPS, ATTENTION, DAY)
                        .orderBy("product_id")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[2024-06-30,cake,g2,Cake,0.8,4,true], [2024-06-30,green,g1,Green tea,0.9,5,true], "
                        + "[2024-06-30,pot,g1,Green tea,1.666667,3,false]]");
    }

    @Test
    void withoutGroupsThereAreNoRows() {
        assertThat(ProductGroupRows.compute(ProductGroups.NONE, ATTENTION, DAY).isEmpty())
                .isTrue();
    }

    @Test
    void attentionIsKeptPurchasesAndAFractionOfInterestOfTheLastYear() {
        Dataset<Row> days = rows(FeatureTables.USER_PRODUCT_DAYS, """
                day        | user_id | product_id | purchase_lines | refunded_lines | interest
                2024-06-30 | ann     | green      | 3              | 1              | 5
                2024-06-01 | ann     | green      | 1              | 0              | 0
                2023-06-30 | ann     | cake       | 9              | 0              | 0
                2024-07-01 | ann     | cake       | 9              | 0              | 0
                2024-06-30 | bob     | cake       | 1              | 1              | 0
                """);

        Dataset<Row> attention = ProductAttention.compute(days, DAY, 0.2);

        assertThat(attention.collectAsList().toString()).isEqualTo("[[ann,green,4.0]]");
        assertThat(ProductAttention.byGroup(attention, GROUPS.mapping(SPARK))
                        .collectAsList()
                        .toString())
                .isEqualTo("[[ann,group:g1,4.0]]");
    }
}
