package koc.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import koc.SparkTest;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import koc.text.Texts;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UserFeaturesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final FeatureSettings SETTINGS = FeatureSettings.from(DEFAULTS);

    private static final Dataset<Row> USERS = rows(CleanTables.USERS, """
            arrived    | user_id | role     | registered_at       | birth_year | life_stage | tags | marketing_opt_out
            2024-01-01 | ann     | guide    | 2024-01-01 00:00:00 | 1990       | parent     | a; b | false
            2024-01-01 | idle    | consumer |                     |            |            |      | false
            2024-01-01 | late    | consumer | 2024-06-20 00:00:00 |            |            |      | false
            """);
    private static final Dataset<Row> USER_DAYS = filled(rows(FeatureTables.USER_DAYS, """
            arrived    | day        | user_id | actions | product_actions | orders | purchase_lines | gross_spend | refunded | shares | morning | night
            2024-06-30 | 2023-06-30 | ann     | 9       | 9               | 9      | 9              | 900         | 0        | 0      | 9       | 0
            2024-06-30 | 2024-03-01 | ann     | 4       | 4               | 1      | 2              | 50          | 10       | 1      | 0       | 4
            2024-06-30 | 2024-06-29 | ann     | 4       | 4               | 2      | 2              | 30          | 0        | 3      | 0       | 4
            2024-06-30 | 2024-06-30 | stray   | 1       | 1               | 0      | 0              | 0           | 0        | 0      | 1       | 0
            """));
    private static final Dataset<Row> PRODUCT_DAYS = filled(rows(FeatureTables.USER_PRODUCT_DAYS, """
            arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend
            2024-06-30 | 2024-03-01 | ann     | dear       | 1              | 1     | 40
            2024-06-30 | 2024-03-01 | other   | dear       | 1              | 1     | 40
            2024-06-30 | 2024-03-01 | other   | cheap      | 1              | 1     | 10
            """));
    private static final Dataset<Row> PRODUCTS = DailySums.productPeriods(rows(CleanTables.PRODUCTS, """
            arrived    | product_id | category
            2024-06-30 | dear       | soap
            2024-06-30 | cheap      | soap
            """), 2);

    @Test
    void windowsEndAtTheDateAndStartAfterTheirLength() {
        Row ann = user("ann", DAY);

        assertThat(ann.<Long>getAs("orders_30d")).isEqualTo(2);
        assertThat(ann.<Long>getAs("orders_90d")).isEqualTo(2);
        assertThat(ann.<Long>getAs("orders_365d")).isEqualTo(3);
        assertThat(ann.getAs("net_spend_365d").toString()).isEqualTo("70.00");
        assertThat(ann.<Integer>getAs("recency_days")).isEqualTo(1);
    }

    @Test
    void nothingAfterTheAsOfDateLeaksIn() {
        Row ann = user("ann", LocalDate.parse("2024-06-28"));

        assertThat(ann.<Long>getAs("orders_30d")).isZero();
        assertThat(ann.<Long>getAs("shares_90d")).isZero();
        assertThat(ids(features(LocalDate.parse("2024-06-19")))).containsExactly("ann", "idle");
    }

    @Test
    void usersWithoutEventsAndEventsWithoutUsersAreKept() {
        assertThat(ids(features(DAY))).containsExactly("ann", "idle", "late", "stray");
        assertThat(user("idle", DAY).<Boolean>getAs("is_newcomer")).isTrue();
        assertThat(user("stray", DAY).<String>getAs("role")).isEqualTo("consumer");
    }

    @Test
    void habitsOfLightUsersLeanOnEverybodys() {
        // Everybody: 1 of 9 actions in the morning; stray's single one is mixed with ten of everybody's.
        assertThat(user("stray", DAY).<Double>getAs("morning_fraction")).isCloseTo((1 + 10 / 9.0) / 11, within(1e-6));
    }

    @Test
    void priceLevelIsRelativeToTheUsualPriceOfTheCategory() {
        // Products cost 40 and 10: the median is 25.
        assertThat(user("ann", DAY).<Double>getAs("price_level")).isCloseTo(40 / 25.0, within(1e-6));
        assertThat(user("idle", DAY).<Double>getAs("price_level")).isNull();
    }

    @Test
    void categorySharesCountInterestForLessThanPurchases() {
        Dataset<Row> days = filled(rows(FeatureTables.USER_CATEGORY_DAYS, """
                arrived    | day        | user_id | category | interest | purchase_lines | refunded_lines
                2024-06-30 | 2024-06-01 | ann     | soap     | 0        | 3              | 1
                2024-06-30 | 2024-06-01 | ann     | toys     | 10       | 0              | 0
                2024-06-30 | 2024-06-01 | ann     | gone     | 0        | 1              | 1
                """));

        Dataset<Row> categories = UserFeatures.categories(days, DAY, List.of(DAY), SETTINGS);

        assertThat(categories
                        .orderBy("category")
                        .select("category", "weight", "share")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[soap,2.0,0.5], [toys,2.0,0.5]]");
    }

    @Test
    void tagsCarryTheirNumbers() {
        Dataset<Row> tags = UserTags.tags(
                features(DAY),
                UserFeatures.categories(
                        SPARK.createDataFrame(List.of(), FeatureTables.USER_CATEGORY_DAYS.schema()),
                        DAY,
                        List.of(DAY),
                        SETTINGS),
                SETTINGS,
                Texts.of("en"));

        assertThat(tags.where("user_id = 'ann'")
                        .orderBy("tag")
                        .select("tag")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[label:a], [label:b], [life stage:parent], [price:premium], [social:sharer], [time:night],"
                        + " [value:low]]");
        assertThat(tags.where("user_id = 'ann' AND tag = 'price:premium'")
                        .select("evidence")
                        .head()
                        .getString(0))
                .isEqualTo("pays 1.60 times the usual price of the category");
    }

    private static Dataset<Row> features(LocalDate asOf) {
        return UserFeatures.asOf(USERS, USER_DAYS, PRODUCT_DAYS, PRODUCTS, DAY, List.of(asOf), SETTINGS);
    }

    private static Row user(String id, LocalDate asOf) {
        return features(asOf).where("user_id = '" + id + "'").head();
    }

    private static List<String> ids(Dataset<Row> rows) {
        return rows.select("user_id").orderBy("user_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** Zeros for the counts that a fixture does not name. */
    private static Dataset<Row> filled(Dataset<Row> rows) {
        return rows.na().fill(0);
    }
}
