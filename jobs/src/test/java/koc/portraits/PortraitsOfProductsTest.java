package koc.portraits;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.tables.PortraitTables;
import koc.warehouse.Table;
import koc.warehouse.Warehouse;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A brand without categories: a first fit, a day with a frozen model, and a scheduled refit. */
class PortraitsOfProductsTest extends SparkTest {
    private static final String FIRST = "2024-01-31";
    private static final String FROZEN = "2024-02-14";
    private static final String REFIT = "2024-02-28";
    private static final Config CONFIG = config(
            "koc.portraits.min-portraits=2",
            "koc.portraits.max-portraits=4",
            "koc.portraits.restarts=4",
            "koc.portraits.bootstraps=4",
            "koc.portraits.product-groups.groups=5");

    private static final List<String> NOTES = new ArrayList<>();

    @TempDir
    static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void threeRuns() {
        warehouse = openWarehouse(folder);
        for (String date : List.of(FIRST, FROZEN, REFIT)) {
            new PlantedUsers(180, 5, user -> List.of("a", "b", "c").get(user % 3))
                    .runWithoutCategories(warehouse, day(date), CONFIG, NOTES::add);
        }
    }

    @Test
    void portraitsAreThoseOfThePlantedProducts() {
        Row model = warehouse.read(PortraitTables.PORTRAIT_MODELS, day(FIRST)).head();
        assertThat(model.<String>getAs("representation")).isEqualTo("product groups");
        assertThat(model.<Integer>getAs("portraits")).isEqualTo(3);
        Map<String, String> portraits = portraitsByUser(FIRST);
        for (int user = 3; user < 180; user++) {
            assertThat(portraits.get("u" + user)).isEqualTo(portraits.get("u" + user % 3));
        }
        assertThat(portraits.get("u0")).isNotEqualTo(portraits.get("u1"));
    }

    @Test
    void namesSayWhatThePortraitBuys() {
        assertThat(names(FIRST, "portrait_id", "name", PortraitTables.PORTRAITS).values())
                .doesNotHaveDuplicates()
                .anyMatch(name -> name.matches("buys mostly a\\d, a\\d"))
                .anyMatch(name -> name.matches("buys mostly b\\d, b\\d"))
                .anyMatch(name -> name.matches("buys mostly c\\d, c\\d"));
        assertThat(warehouse
                        .read(PortraitTables.PORTRAITS, day(FIRST))
                        .where("top_products LIKE '%a_ (%' AND top_categories = ''")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void productsAreGroupedByWhoBuysThem() {
        Map<String, String> groups = names(FIRST, "product_id", "group_id", PortraitTables.PRODUCT_GROUPS);

        assertThat(groups).hasSize(25);
        for (String letter : List.of("a", "b", "c")) {
            for (int number = 1; number < 5; number++) {
                assertThat(groups.get(letter + number)).isEqualTo(groups.get(letter + 0));
            }
        }
    }

    @Test
    void idsAndNamesStayTheSameAtARefit() {
        assertThat(String.join("\n", NOTES)).contains("model m20240131 of 2024-01-31 stays valid");
        assertThat(warehouse.read(PortraitTables.PORTRAIT_MODELS, day(REFIT)).count())
                .isEqualTo(1);
        for (String date : List.of(FROZEN, REFIT)) {
            assertThat(portraitsByUser(date)).isEqualTo(portraitsByUser(FIRST));
            assertThat(names(date, "portrait_id", "name", PortraitTables.PORTRAITS))
                    .isEqualTo(names(FIRST, "portrait_id", "name", PortraitTables.PORTRAITS));
            for (String product : List.of("a0", "b0", "c0")) {
                assertThat(names(date, "product_id", "group_id", PortraitTables.PRODUCT_GROUPS))
                        .containsEntry(
                                product,
                                names(FIRST, "product_id", "group_id", PortraitTables.PRODUCT_GROUPS)
                                        .getOrDefault(product, ""));
            }
        }
    }

    private static Map<String, String> portraitsByUser(String date) {
        return names(date, "user_id", "portrait_id", PortraitTables.USER_PORTRAITS);
    }

    private static Map<String, String> names(String date, String key, String value, Table table) {
        Map<String, String> names = new HashMap<>();
        warehouse
                .read(table, day(date))
                .select(key, value)
                .collectAsList()
                .forEach(row -> names.put(row.getString(0), row.getString(1)));
        return names;
    }
}
