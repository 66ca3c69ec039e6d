package koc.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import koc.SparkTest;
import koc.tables.FeatureTables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class JointAccountsTest extends SparkTest {
    private static final JointAccounts JOINT =
            new JointAccounts(FeatureSettings.from(DEFAULTS).likelyJointAccount());

    /** Most users have one to four orders; the median is 2 and the spread of ln(orders) 1.03. */
    private static final Dataset<Row> USERS = windows("""
            none    | 0   | 0
            a       | 1   | 1
            b       | 2   | 2
            c       | 2   | 2
            d       | 4   | 4
            counter | 300 | 120
            """);

    @Test
    void ordersAreComparedWithTheMedianBuyer() {
        Row counter = JointAccounts.withOrderStatistics(USERS)
                .where("user_id = 'counter'")
                .head();

        assertThat(counter.<Double>getAs("order_spreads"))
                .isCloseTo(Math.log(300 / 2.0) / (1.4826 * Math.log(2)), within(1e-12));
        assertThat(counter.<Double>getAs("order_fraction")).isCloseTo(300 / 309.0, within(1e-12));
        Row none = JointAccounts.withOrderStatistics(USERS)
                .where("user_id = 'none'")
                .head();
        assertThat(none.<Double>getAs("order_fraction")).isZero();
    }

    @Test
    void aCounterWithATenthOfAllOrdersLooksShared() {
        assertThat(sharedAmong("counter | 330 | 290")).containsExactly("counter");
    }

    @Test
    void manyOrdersADayLookSharedAlthoughTheyAreFewOfAllOrders() {
        assertThat(sharedAmong("busy | 140 | 70")).containsExactly("busy");
    }

    @Test
    void aFanWhoOrdersOncePerDayDoesNotLookShared() {
        assertThat(sharedAmong("fan | 140 | 139")).isEmpty();
    }

    @Test
    void fewOrdersDoNotLookShared() {
        assertThat(sharedAmong("eager | 29 | 10")).isEmpty();
    }

    @Test
    void manyOrdersAreNormalWhereEverybodyHasMany() {
        Dataset<Row> users = SPARK.range(100)
                .selectExpr(
                        "DATE'2024-06-30' AS as_of",
                        "'u' || id AS user_id",
                        "100 + id AS orders_365d",
                        "40L AS order_days_365d");

        assertThat(shared(users)).isEmpty();
    }

    /** The joint accounts among 1,000 buyers with one to five orders, and one more: user | orders | days with orders. */
    private static List<String> sharedAmong(String user) {
        Dataset<Row> buyers = SPARK.range(1_000)
                .selectExpr(
                        "DATE'2024-06-30' AS as_of",
                        "'u' || id AS user_id",
                        "id % 5 + 1 AS orders_365d",
                        "id % 5 + 1 AS order_days_365d");
        return shared(buyers.unionByName(windows(user)));
    }

    /** Lines of user | orders | days with orders. */
    private static Dataset<Row> windows(String lines) {
        String cells = lines.strip().replaceAll("(?m)^ *", "2024-06-30 | ");
        return rows(FeatureTables.USER_FEATURES, "as_of | user_id | orders_365d | order_days_365d\n" + cells)
                .select("as_of", "user_id", "orders_365d", "order_days_365d");
    }

    private static List<String> shared(Dataset<Row> users) {
        return JointAccounts.withOrderStatistics(users)
                .where(JOINT.isLikelyJointAccount())
                .select("user_id")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
