package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.warehouse.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class RepurchaseCycleTest extends SparkTest {
    private static final Table OWNED = Table.named("owned")
            .columns("owner STRING, is_consumable BOOLEAN, use_cycle_days INT, last_bought_on DATE");

    private static final Dataset<Row> OWNERS = rows(OWNED, """
            owner        | is_consumable | use_cycle_days | last_bought_on
            23-days-ago  | true          | 30             | 2024-05-09
            24-days-ago  | true          | 30             | 2024-05-08
            39-days-ago  | true          | 30             | 2024-04-23
            durable      | false         | 30             | 2020-01-01
            no-cycle     | true          |                | 2020-01-01
            never-bought | true          | 30             |
            unknown      |               | 30             | 2020-01-01
            """);

    @Test
    void aConsumableIsDueAfterTheSetFractionOfItsCycle() {
        assertThat(OWNERS.where(RepurchaseCycle.isDue(day("2024-06-01"), .8))
                        .select("owner")
                        .orderBy("owner")
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("24-days-ago", "39-days-ago");
    }

    @Test
    void anUnknownCycleIsNeverNull() {
        assertThat(OWNERS.where(RepurchaseCycle.isDue(day("2024-06-01"), .8).isNull())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theWeightFallsTheLongerARepurchaseIsOverdue() {
        assertThat(OWNERS.orderBy("owner")
                        .select(RepurchaseCycle.overdueFactor(day("2024-06-01"), .8, .25))
                        .collectAsList())
                .extracting(row -> row.getDouble(0))
                .containsExactly(0.0, 1.0, .25, 0.0, 0.0, 0.0, 0.0);
    }

    @Test
    void weightsAreMultiplesOfOneStep() {
        double weight = rows(OWNED, """
                owner | is_consumable | use_cycle_days | last_bought_on
                a     | true          | 31             | 2024-05-01
                """)
                .select(RepurchaseCycle.overdueFactor(day("2024-06-01"), .8, .3))
                .head()
                .getDouble(0);

        assertThat(weight * 1024).isEqualTo(Math.rint(weight * 1024)).isBetween(1.0, 1023.0);
    }
}
