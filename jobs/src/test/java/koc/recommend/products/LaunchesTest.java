package koc.recommend.products;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.recommend.RecommendSettings;
import koc.recommend.RecommendSettings.NewProductSettings;
import koc.tables.FitTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LaunchesTest extends SparkTest {
    private static final NewProductSettings SETTINGS = RecommendSettings.from(config(
                    "koc.recommend.new-products.days=60",
                    "koc.recommend.new-products.seeding-days=14",
                    "koc.recommend.new-products.seeding-uses=2"))
            .newProducts();

    @Test
    void aProductIsNewForSixtyDaysFromItsLaunch() {
        Dataset<Row> products = rows(FitTables.PRODUCT_PROFILE, """
                product_id | launched_on
                old        | 2024-04-01
                recent     | 2024-04-02
                today      | 2024-05-31
                to_come    | 2024-06-01
                unknown    |
                """);

        assertThat(ages(products, "2024-01-01", "2024-05-31"))
                .containsExactly(
                        "[old,true,false,61,152]",
                        "[recent,true,true,60,152]",
                        "[to_come,false,false,1,152]",
                        "[today,true,true,1,152]",
                        "[unknown,true,false,152,152]");
        // As of an earlier day, with a history that starts after the first launches.
        assertThat(ages(products, "2024-04-02", "2024-05-01"))
                .containsExactly(
                        "[old,true,true,30,30]",
                        "[recent,true,true,30,30]",
                        "[to_come,false,false,1,30]",
                        "[today,false,false,1,30]",
                        "[unknown,true,false,30,30]");
        assertThat(Launches.findLatest(products, day("2024-05-01"))).contains(day("2024-04-02"));
        assertThat(Launches.findLatest(products, day("2024-01-01"))).isEmpty();
    }

    @Test
    void aLaunchGoesToLoyalKocsFirstAndLaterToAll() {
        Dataset<Row> products = SPARK.sql("SELECT * FROM VALUES (1, 'toys', false, NULL), (2, 'toys', false, NULL),"
                + " (3, 'toys', true, DATE'2024-05-18'), (4, 'toys', true, DATE'2024-05-17'),"
                + " (5, '(none)', true, DATE'2024-05-18')"
                + " AS t(product_number, path, is_new, launched_on)");
        Dataset<Row> candidates =
                SPARK.sql("SELECT koc_number, product_number FROM VALUES (1), (2), (3) AS k(koc_number)"
                        + " CROSS JOIN VALUES (1), (3), (4), (5) AS p(product_number)");
        Dataset<Row> ownUse = SPARK.sql(
                "SELECT * FROM VALUES (1, 1, 1L), (1, 2, 1L), (2, 1, 1L) AS t(koc_number, product_number, uses)");

        Dataset<Row> kept =
                Launches.keepForLoyalKocs(candidates, products, products, ownUse, day("2024-05-31"), SETTINGS);

        assertThat(kept.where("product_number = 3").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[1,3]");
        assertThat(kept.where("product_number <> 3").count()).isEqualTo(9);
    }

    private static List<String> ages(Dataset<Row> products, String since, String day) {
        return Launches.withAge(products, day(since), day(day), SETTINGS)
                .orderBy("product_id")
                .select("product_id", "is_launched", "is_new", "offered_days", "history_days")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
