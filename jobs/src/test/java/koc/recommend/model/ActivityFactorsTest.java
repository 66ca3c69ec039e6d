package koc.recommend.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import koc.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ActivityFactorsTest extends SparkTest {
    @Test
    void recentBuyersGetAHigherFactorShrunkTowardsOne() {
        Dataset<Row> users =
                SPARK.sql("SELECT * FROM VALUES ('a', 2L, 0, 2), ('b', 2L, 1, 2), ('x', 2L, 3, 2), ('c', 0L, 3, 0)"
                        + " AS t(user_id, owned_products, recency_class, breadth_class)");
        Dataset<Row> bought =
                SPARK.sql("SELECT * FROM VALUES ('a', 7), ('a', 8), ('a', 9), ('c', 7) AS t(user_id, product_number)");

        ActivityFactors factors = ActivityFactors.estimate(users, bought, 2);

        // Three owners bought three products, all of them by a: (3 + 2) / (1 + 2), the others (0 + 2) / (1 + 2).
        assertThat(factors.recency()).containsExactly(new double[] {5 / 3.0, 2 / 3.0, 1, 2 / 3.0}, within(0.001));
        assertThat(factors.breadth()).containsExactly(ActivityFactors.neutral().breadth(), within(0.001));
    }

    @Test
    void breadthIsNeutralWhenRecencyExplainsThePurchases() {
        // Recent buyers buy four times as often at any breadth; more of the users of high breadth are recent buyers.
        Dataset<Row> users =
                users(0, 4, 300).union(users(0, 1, 100)).union(users(3, 4, 100)).union(users(3, 1, 300));
        Dataset<Row> bought = users.where("recency_class = 0 OR number % 4 = 0").select("user_id");

        ActivityFactors factors = ActivityFactors.estimate(users.drop("number"), bought, 1e-6);

        assertThat(factors.recency()[0] / factors.recency()[3]).isCloseTo(4, within(0.01));
        assertThat(factors.breadth()[4]).isCloseTo(factors.breadth()[1], within(0.01));
    }

    @Test
    void recencyIsNeutralAndHasMeanOneWhenBreadthExplainsThePurchases() {
        Dataset<Row> users =
                users(0, 4, 300).union(users(0, 1, 100)).union(users(3, 4, 100)).union(users(3, 1, 300));
        Dataset<Row> bought = users.where("breadth_class = 4 OR number % 4 = 0").select("user_id");

        ActivityFactors factors = ActivityFactors.estimate(users.drop("number"), bought, 1e-6);

        assertThat(factors.breadth()[4] / factors.breadth()[1]).isCloseTo(4, within(0.01));
        assertThat(factors.recency()[0]).isCloseTo(1, within(0.01));
        assertThat(factors.recency()[3]).isCloseTo(1, within(0.01));
    }

    @Test
    void withoutPurchasesAllFactorsAreOne() {
        Dataset<Row> users = users(0, 4, 3).drop("number");

        ActivityFactors factors =
                ActivityFactors.estimate(users, users.select("user_id").where("false"), 20);

        assertThat(factors.recency()).containsExactly(ActivityFactors.neutral().recency());
        assertThat(factors.breadth()).containsExactly(ActivityFactors.neutral().breadth());
    }

    private static Dataset<Row> users(int recency, int breadth, int count) {
        return SPARK.range(count)
                .selectExpr(
                        "CONCAT('r" + recency + "b" + breadth + "n', id) AS user_id",
                        "1L AS owned_products",
                        recency + " AS recency_class",
                        breadth + " AS breadth_class",
                        "id AS number");
    }
}
