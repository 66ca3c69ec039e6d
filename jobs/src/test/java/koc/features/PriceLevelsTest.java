package koc.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PriceLevelsTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");

    @Test
    void theLevelIsTheGeometricMeanOverThePriceOfTheCategory() {
        Dataset<Row> products = ProductPeriods.compute(rows(CleanTables.PRODUCTS, """
                arrived    | product_id | category
                2024-06-30 | premium    | soap
                2024-06-30 | cheap      | soap
                """), 2);
        Dataset<Row> purchases = rows(FeatureTables.USER_PRODUCT_DAYS, """
                arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend
                2024-06-30 | 2024-03-01 | ann     | premium    | 1              | 1     | 40
                2024-06-30 | 2024-03-01 | bob     | premium    | 1              | 2     | 80
                2024-06-30 | 2024-03-01 | bob     | cheap      | 3              | 3     | 30
                2024-06-30 | 2023-03-01 | old     | cheap      | 1              | 1     | 10
                2024-06-30 | 2024-03-01 | gift    | cheap      | 1              | 1     | 0
                """);

        Map<String, Double> levels = PriceLevels.compute(purchases, products, List.of(DAY)).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getAs("user_id"), row -> row.getAs("price_level")));

        // The products cost 40 and 10, so the price of the category is 25.
        assertThat(levels).containsOnlyKeys("ann", "bob");
        assertThat(levels.get("ann")).isCloseTo(40 / 25.0, within(1e-9));
        assertThat(levels.get("bob"))
                .isCloseTo(Math.exp((Math.log(40 / 25.0) + 3 * Math.log(10 / 25.0)) / 4), within(1e-9));
    }
}
