package koc.recommend.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koc.SparkTest;
import koc.recommend.PortraitIndex;
import koc.recommend.PortraitIndex.Portrait;
import koc.recommend.model.ActivityFactors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UserActivityTest extends SparkTest {
    private static final PortraitIndex PORTRAITS = new PortraitIndex(List.of(new Portrait("m", "Mothers", 3)));
    private static final Dataset<Row> USER_PORTRAITS =
            SPARK.sql("SELECT * FROM VALUES ('a', 'm'), ('b', 'm'), ('c', 'm') AS t(user_id, portrait_id)");
    private static final Dataset<Row> OWNED = SPARK.sql("SELECT * FROM VALUES ('a', 1, DATE'2024-01-25'),"
            + " ('a', 2, DATE'2024-01-01'), ('b', 1, DATE'2024-01-24'), ('x', 1, CAST(NULL AS DATE))"
            + " AS t(user_id, product_number, last_bought_on)");

    @Test
    void everyUserHasAPortraitARecencyAndABreadth() {
        Dataset<Row> users = UserActivity.classify(USER_PORTRAITS, OWNED, PORTRAITS, day("2024-01-31"));

        // Owners have 4 / 3 products on average: a has 1.5 times as many, b and x .75 times.
        assertThat(users.orderBy("user_id").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[a,0,2,0,3]", "[b,0,1,1,2]", "[c,0,0,3,0]", "[x,1,1,3,2]");
    }

    @Test
    void breadthCountsForFirstPurchasesAndNotForRepurchases() {
        ActivityFactors activity =
                new ActivityFactors(new double[] {1.5, 0.5, 1, 0.25}, new double[] {9, 1, 1, 2, 1, 1});

        Dataset<Row> weighted = UserActivity.withActivity(
                UserActivity.classify(USER_PORTRAITS, OWNED, PORTRAITS, day("2024-01-31")), activity);

        assertThat(weighted.orderBy("user_id")
                        .select("first_purchase_activity", "repurchase_activity")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[3.0,1.5]", "[0.5,0.5]", "[0.25,0.25]", "[0.25,0.25]");
    }

    @Test
    void averageBreadthBelongsToTheClassThatStartsThere() {
        Dataset<Row> all = SPARK.sql("SELECT 'a' AS user_id, 1 AS product_number, DATE'2024-01-25' AS last_bought_on");

        assertThat(UserActivity.classify(USER_PORTRAITS, all, PORTRAITS, day("2024-01-31"))
                        .orderBy("user_id")
                        .select("breadth_class")
                        .collectAsList())
                .extracting(row -> row.getInt(0))
                .containsExactly(3, 0, 0);
        assertThat(UserActivity.classify(USER_PORTRAITS, all.where("false"), PORTRAITS, day("2024-01-31"))
                        .select("owned_products", "breadth_class")
                        .collectAsList())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.toString()).isEqualTo("[0,0]"));
    }

    @Test
    void activityIsAMultipleOfOneOver1024() {
        ActivityFactors thirds = new ActivityFactors(
                new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0},
                ActivityFactors.neutral().breadth());

        assertThat(UserActivity.withActivity(
                                UserActivity.classify(USER_PORTRAITS, OWNED, PORTRAITS, day("2024-01-31")), thirds)
                        .selectExpr("first_purchase_activity * 1024 AS steps")
                        .collectAsList())
                .allSatisfy(row -> assertThat(row.getDouble(0)).isEqualTo(341));
    }
}
