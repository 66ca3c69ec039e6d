package koc.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.table.FeatureTables;
import koc.table.FitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class HoldingsTest extends SparkTest {
    @Test
    void whatWasGivenBackIsNotHeld() {
        Dataset<Row> holdings = Holdings.of(rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units
                2024-01-01 | 2024-01-01 | kept    | p          | 1     | 0
                2024-01-01 | 2024-01-01 | back    | p          | 1     | 0
                2024-01-05 | 2024-01-01 | back    | p          | 0     | 1
                2024-01-01 | 2024-01-01 | part    | p          | 3     | 1
                2024-01-01 | 2024-01-01 | looked  | p          | 0     | 0
                """));

        assertThat(text(holdings)).containsExactly("[kept,p,2024-01-01]", "[part,p,2024-01-01]");
    }

    @Test
    void theLastPurchaseIsTheLastOneThatWasKept() {
        Dataset<Row> holdings = Holdings.of(rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | units | refunded_units
                2024-01-01 | 2024-01-01 | u       | p          | 1     | 0
                2024-01-09 | 2024-01-09 | u       | p          | 1     | 0
                2024-01-12 | 2024-01-09 | u       | p          | 0     | 1
                """));

        assertThat(text(holdings)).containsExactly("[u,p,2024-01-01]");
    }

    @Test
    void aConsumableIsDueAgainNearTheEndOfItsCycleAndADurableNever() {
        Dataset<Row> holdings = rows(FeatureTables.USER_PRODUCT_DAYS, """
                user_id | product_id | day
                due     | diapers    | 2024-01-07
                not_yet | diapers    | 2024-01-08
                owner   | stroller   | 2020-01-01
                unsure  | wipes      | 2020-01-01
                """)
                .withColumnRenamed("day", "last_bought_on")
                .select("user_id", "product_id", "last_bought_on");
        Dataset<Row> offers = rows(FitTables.PRODUCT_PROFILE, """
                product_id | is_consumable | use_cycle_days
                diapers    | true          | 30
                stroller   | false         |
                wipes      | true          |
                """).withColumn("product_number", functions.lit(1));

        Dataset<Row> held = Holdings.ofOffers(holdings, offers, day("2024-01-31"), 0.8);

        assertThat(text(held))
                .containsExactly("[due,1,true]", "[not_yet,1,false]", "[owner,1,false]", "[unsure,1,false]");
    }

    private static List<String> text(Dataset<Row> rows) {
        return rows.orderBy("user_id").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
