package koc.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanedSourcesTest extends SparkTest {
    @TempDir
    Path folder;

    @Test
    void eventsIncludeTheDayAndAllDaysBefore() {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.write(CleanTables.EVENTS, day("2024-01-10"), rows(CleanTables.EVENTS, """
                arrived    | event_id  | occurred_at         | day        | user_id | event_type | quantity
                2024-01-10 | yesterday | 2024-01-09 10:00:00 | 2024-01-09 | a       | view       | 1
                2024-01-10 | today     | 2024-01-10 10:00:00 | 2024-01-10 | a       | view       | 1
                2024-01-10 | tomorrow  | 2024-01-11 10:00:00 | 2024-01-11 | a       | view       | 1
                """));
        warehouse.write(CleanTables.EVENTS, day("2024-01-11"), rows(CleanTables.EVENTS, """
                arrived    | event_id | occurred_at         | day        | user_id | event_type | quantity
                2024-01-11 | late     | 2024-01-08 10:00:00 | 2024-01-08 | a       | view       | 1
                """));

        Dataset<Row> events = CleanedSources.events(warehouse, day("2024-01-10"));

        assertThat(events.orderBy("event_id").select("event_id").collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("today", "yesterday");
    }

    @Test
    void eachProductHasTheFirstLevelsOfItsLatestCategory() {
        Warehouse warehouse = openWarehouse(folder);
        warehouse.write(CleanTables.PRODUCTS, day("2024-01-09"), rows(CleanTables.PRODUCTS, """
                arrived    | product_id | category
                2024-01-09 | tea        | food > drinks > tea
                2024-01-09 | soap       |
                """));
        warehouse.write(CleanTables.PRODUCTS, day("2024-01-10"), rows(CleanTables.PRODUCTS, """
                arrived    | product_id | category
                2024-01-10 | tea        | drinks > tea > green
                """));

        Dataset<Row> products = CleanedSources.productCategories(warehouse, day("2024-01-10"), 2);

        assertThat(products.columns())
                .isEqualTo(CleanedSources.PRODUCT_CATEGORIES.schema().fieldNames());
        assertThat(products.orderBy("product_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[soap,(none)]", "[tea,drinks > tea]");
    }
}
