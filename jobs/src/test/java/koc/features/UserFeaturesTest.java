package koc.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import koc.SparkTest;
import koc.rules.KnownHistory;
import koc.tables.CleanTables;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UserFeaturesTest extends SparkTest {
    private static final LocalDate DAY = LocalDate.parse("2024-06-30");
    private static final KnownHistory HISTORY = new KnownHistory(LocalDate.parse("2022-01-01"), DAY);
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
            2024-06-30 | 2024-06-30 | stray   | 1       | 1               | 1      | 1              | 0           | 0        | 0      | 1       | 0
            2024-06-30 | 2024-06-30 | nobody  | 5       | 5               | 0      | 0              | 0           | 0        | 5      | 5       | 0
            """));
    private static final Dataset<Row> REJECTS = rows(CleanTables.REJECTS, """
            arrived    | source | file | reason | raw
            2024-06-30 | events | a    | robot  | {"user_id":"crawler","event_type":"view"}
            2024-06-30 | events | a    | future | {"user_id":"stray","event_type":"view"}
            """);
    private static final Dataset<Row> PRODUCT_DAYS = filled(rows(FeatureTables.USER_PRODUCT_DAYS, """
            arrived    | day        | user_id | product_id | purchase_lines | units | gross_spend
            2024-06-30 | 2024-03-01 | ann     | dear       | 1              | 1     | 40
            2024-06-30 | 2024-03-01 | other   | dear       | 1              | 1     | 40
            2024-06-30 | 2024-03-01 | other   | cheap      | 1              | 1     | 10
            """));
    private static final Dataset<Row> PRODUCTS = ProductPeriods.compute(rows(CleanTables.PRODUCTS, """
            arrived    | product_id | category
            2024-06-30 | dear       | soap
            2024-06-30 | cheap      | soap
            """), 2);

    @Test
    void aWindowCoversTheAsOfDateAndTheDaysBefore() {
        Row ann = user("ann", DAY);

        assertThat(ann.<Long>getAs("orders_30d")).isEqualTo(2);
        assertThat(ann.<Long>getAs("orders_90d")).isEqualTo(2);
        assertThat(ann.<Long>getAs("orders_365d")).isEqualTo(3);
        assertThat(ann.getAs("net_spend_365d").toString()).isEqualTo("70.00");
        assertThat(ann.<Integer>getAs("recency_days")).isEqualTo(1);
    }

    @Test
    void eventsAfterTheAsOfDateDoNotCount() {
        Row ann = user("ann", LocalDate.parse("2024-06-28"));

        assertThat(ann.<Long>getAs("orders_30d")).isZero();
        assertThat(ann.<Long>getAs("shares_90d")).isZero();
        assertThat(ids(features(LocalDate.parse("2024-06-19")))).containsExactly("ann", "idle");
    }

    @Test
    void usersWithoutEventsAndBuyersWithoutAUsersRowAreKept() {
        assertThat(ids(features(DAY)))
                .as("nobody acted, but is no user and no buyer")
                .containsExactly("ann", "idle", "late", "stray");
        assertThat(user("idle", DAY).<Boolean>getAs("is_newcomer")).isTrue();
    }

    @Test
    void aBuyerOfAnyDayIsAPersonUnlessTheyAreARobot() {
        Dataset<Row> days = filled(rows(FeatureTables.USER_DAYS, """
                arrived    | day        | user_id | actions | orders | purchase_lines
                2022-01-01 | 2022-01-01 | former  | 1       | 1      | 1
                2024-06-30 | 2024-06-01 | former  | 1       | 0      | 0
                2024-06-30 | 2024-06-01 | crawler | 1       | 1      | 1
                2024-06-30 | 2024-06-20 | future  | 1       | 0      | 0
                2024-06-30 | 2024-06-30 | future  | 1       | 1      | 1
                """));

        assertThat(ids(features(days, DAY))).containsExactly("ann", "former", "future", "idle", "late");
        assertThat(ids(features(days, LocalDate.parse("2024-06-25"))))
                .as("before the first purchase of future")
                .containsExactly("ann", "former", "idle", "late");
        assertThat(features(days, DAY).where("user_id = 'former'").head().<Integer>getAs("history_days"))
                .isEqualTo(365);
    }

    @Test
    void withoutRecordedUsersEverybodyWhoActsIsAUser() {
        Dataset<Row> features = features(rows(CleanTables.USERS, "user_id"), USER_DAYS, DAY);

        assertThat(ids(features)).containsExactly("ann", "nobody", "stray");
        assertThat(features.where("user_id = 'stray'").head().<String>getAs("role"))
                .isEqualTo("consumer");
    }

    @Test
    void anAccountWithMostOrdersLooksShared() {
        Dataset<Row> days = filled(rows(FeatureTables.USER_DAYS, """
                arrived    | day        | user_id | actions | orders | purchase_lines
                2024-06-30 | 2024-06-01 | ann     | 30      | 30     | 30
                2024-06-30 | 2024-06-02 | ann     | 30      | 30     | 30
                2024-06-30 | 2024-06-01 | late    | 1       | 1      | 1
                2024-06-30 | 2024-06-01 | idle    | 1       | 1      | 1
                """));

        Dataset<Row> features = features(days, DAY);

        assertThat(ids(features.where("is_likely_joint_account"))).containsExactly("ann");
        Row ann = features.where("user_id = 'ann'").head();
        assertThat(ann.<Long>getAs("order_days_365d")).isEqualTo(2);
        assertThat(ann.<Double>getAs("order_fraction")).isEqualTo(60 / 62.0);
    }

    @Test
    void habitsOfUsersWithFewActionsAreCloseToThePopulations() {
        Dataset<Row> days = USER_DAYS.na().replace("user_id", Map.of("stray", "late"));

        // 1 of 9 actions of the population is in the morning; late's single action is mixed with ten at that fraction.
        assertThat(features(days, DAY).where("user_id = 'late'").head().<Double>getAs("morning_fraction"))
                .isCloseTo((1 + 10 / 9.0) / 11, within(1e-9));
    }

    @Test
    void manySharesAndFewOtherActionsLookAutomated() {
        Dataset<Row> days = filled(rows(FeatureTables.USER_DAYS, """
                arrived    | day        | user_id | actions | shares | purchase_lines
                2024-06-30 | 2024-06-01 | robot   | 500     | 500    | 1
                2024-06-30 | 2024-06-01 | poster  | 530     | 500    | 1
                2024-06-30 | 2024-06-01 | busy    | 499     | 499    | 1
                """));

        assertThat(ids(features(days, DAY).where("is_likely_automated"))).containsExactly("robot");
    }

    private static Dataset<Row> features(LocalDate asOf) {
        return features(USER_DAYS, asOf);
    }

    private static Dataset<Row> features(Dataset<Row> userDays, LocalDate asOf) {
        return features(USERS, userDays, asOf);
    }

    private static Dataset<Row> features(Dataset<Row> users, Dataset<Row> userDays, LocalDate asOf) {
        UserFeatures features = new UserFeatures(HISTORY, List.of(asOf), SETTINGS);
        return features.compute(users, features.sumWindows(users, userDays, REJECTS), PRODUCT_DAYS, PRODUCTS);
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
