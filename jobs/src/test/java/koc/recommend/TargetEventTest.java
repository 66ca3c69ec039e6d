package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.FeatureTables;
import koc.tables.FitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class TargetEventTest extends SparkTest {
    private static final Dataset<Row> DAYS = rows(FeatureTables.USER_PRODUCT_DAYS, """
            user_id | product_id | units | refunded_units | carts | favorites | inquiries | opens | clicks | views
            a       | p          | 1     | 0              | 0     | 0         | 0         | 0     | 0      | 1
            b       | p          | 0     | 0              | 1     | 0         | 0         | 0     | 0      | 1
            b       | q          | 0     | 0              | 1     | 0         | 0         | 0     | 0      | 1
            """);

    @Test
    void theStrongestEventWithEnoughRecordsIsSelected() {
        assertThat(TargetEvent.select(DAYS, 1)).isEqualTo(TargetEvent.PURCHASE);
        assertThat(TargetEvent.select(DAYS, 2)).isEqualTo(TargetEvent.CART);
        assertThat(TargetEvent.select(DAYS, 3)).isEqualTo(TargetEvent.VIEW);
    }

    @Test
    void withoutEnoughOfAnyTheStrongestThatOccursIsSelected() {
        assertThat(TargetEvent.select(DAYS, 9)).isEqualTo(TargetEvent.PURCHASE);
        assertThat(TargetEvent.select(DAYS.where("units = 0"), 9)).isEqualTo(TargetEvent.CART);
        assertThat(TargetEvent.select(DAYS.where("false"), 9)).isEqualTo(TargetEvent.PURCHASE);
    }

    @Test
    void buyersAreTheUsersWhoHadTheEvent() {
        Dataset<Row> profiles = rows(FitTables.PRODUCT_PROFILE, """
                product_id | buyers
                p          | 7
                r          | 7
                """);

        assertThat(TargetEvent.CART
                        .withBuyers(profiles, DAYS)
                        .orderBy("product_id")
                        .select("product_id", "buyers")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[p,1]", "[r,0]");
    }
}
