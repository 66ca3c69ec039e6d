package koc.features;

import static org.assertj.core.api.Assertions.assertThat;

import koc.SparkTest;
import koc.tables.CleanTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ProductPeriodsTest extends SparkTest {
    private static final Dataset<Row> PERIODS = ProductPeriods.compute(rows(CleanTables.PRODUCTS, """
            arrived    | product_id | category             | price
            2024-01-02 | soap       | home > bath > soap   | 10
            2024-01-05 | soap       | beauty > bath > soap | 12
            """), 2);

    @Test
    void theFrameHasItsDeclaredColumns() {
        assertThat(PERIODS.columns()).containsExactlyElementsOf(ProductPeriods.PRODUCT_PERIODS.columnNames());
    }

    @Test
    void everyArrivalGetsTheDescriptionOfItsTime() {
        Dataset<Row> events = rows(CleanTables.EVENTS, """
                arrived    | event_id | product_id
                2024-01-01 | early    | soap
                2024-01-04 | middle   | soap
                2024-01-05 | late     | soap
                2024-01-05 | unknown  | cake
                """);

        assertThat(ProductPeriods.withProducts(events, PERIODS)
                        .orderBy("event_id")
                        .select("event_id", "category", "list_price")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[early,home > bath,10.0000], [late,beauty > bath,12.0000], [middle,home > bath,10.0000],"
                        + " [unknown,null,null]]");
    }
}
